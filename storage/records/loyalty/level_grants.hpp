#pragma once
// Levels that managers gave to persons.

#include <optional>

#include "storage/domain/loyalty/level_grant.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const LevelGranted& granted);

/// The newest that was given to this very reference, whatever its last day; none where it was ended.
std::optional<LevelGranted> level_granted(Database& database, const CustomerRef& customer);

}  // namespace keepsake::records
