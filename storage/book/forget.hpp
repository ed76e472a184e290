#pragma once
// After an erasure has committed, at a terminal or at the centre: destroying keys and whatever old
// copies of personal values the database still holds. What is pending is kept in the table
// `cleaning`, so that a crash or a reader in the way only delays it.

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/engine/database.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

/// Inside the transaction of the erasure.
void put_pending(Database& database, std::span<const CustomerRef> customers);

/// The personal values of everybody who is pending; nullopt: not known, as after a crash.
using Traces = std::optional<std::vector<std::string>>;

bool has_pending(Database& database);

/// Destroys the keys of those pending, empties the log, and writes the database in `file` anew if
/// it still holds one of `traces` or they are not known. Failure::busy "erase.readers": keys are
/// destroyed, the rest waits for the next call.
Result<Done> forget_pending(Database& database, Vault& vault, const std::filesystem::path& file,
                            const Traces& traces);

}  // namespace keepsake
