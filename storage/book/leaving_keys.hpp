#pragma once
// After customers became dormant at this store (storage/feed/FEED.md): their keys leave the vault, and
// what the records began with is closed like the records. Keys come before what they are for, with pages
// and snapshots that wait, so nothing is dropped until those are in the records. What is to be done is
// kept in the table `leaving_key`, so that a crash only delays it.

#include <filesystem>
#include <span>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

class Database;
class Vault;

namespace leaving_keys {

/// Inside the transaction by which the records have them dormant. Throws DatabaseError.
void add(Database& writer, std::span<const CustomerRef> customers);
/// Whoever the records have dormant; after they became others as a whole.
void add_all(Database& writer);

/// Drops the keys of those who are dormant still, some at a time; the others are let be. Nothing where
/// something waits to be placed. Outside of a transaction; what fails is done at the next call. Failure
/// as the vault's and the database's.
Result<Done> drop(Database& writer, Vault& vault, const std::filesystem::path& folder);

}  // namespace leaving_keys

}  // namespace keepsake
