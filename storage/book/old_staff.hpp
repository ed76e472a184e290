#pragma once

#include <functional>
#include <span>
#include <vector>

#include "storage/domain/fact.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

class Vault;

/// Folders from before staff were facts kept them in the vault: `record`s them as facts, all together,
/// and forgets them there. A crash between the two records them again, which changes nothing.
Result<Done> take_in_old_staff(
    Vault& vault, LocalTime at,
    const std::function<Result<std::vector<FactId>>(std::span<const Fact>)>& record);

}  // namespace keepsake
