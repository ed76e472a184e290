#pragma once
// After an erasure has committed: destroying keys and whatever old copies of personal values the
// files still hold. What is pending is kept in the table `cleaning`, so that a crash or a reader in
// the way only delays it.

#include <filesystem>
#include <span>
#include <string>

#include "storage/domain/ids.hpp"
#include "storage/engine/database.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

/// Inside the transaction of the erasure.
void put_pending(Database& database, std::span<const CustomerRef> customers);

/// Destroys the keys of those pending, empties the log, and writes the database anew if it still
/// holds one of `values` (or if they are not known any more, after a crash). Failure::busy
/// "erase.readers": keys are destroyed, the rest waits for the next call.
Result<Done> forget_pending(Database& database, Vault& vault, const std::filesystem::path& folder,
                            std::span<const std::string> values);

}  // namespace keepsake
