#pragma once
// Which snapshot is being fetched (table `snapshot_arriving`), and how much of it is here. All of these
// throw DatabaseError.

#include <filesystem>
#include <optional>

#include "storage/domain/feed_base.hpp"

namespace keepsake {

class Database;

namespace arriving_snapshot {

struct Wanted {
  SnapshotId id;
  std::int64_t bytes = 0;  ///< of all its rows
};
std::optional<Wanted> wanted(Database& database);
/// Inside the caller's transaction; it takes the place of another one.
void put(Database& writer, const Wanted& wanted);
/// Inside the caller's transaction, after which SnapshotIntake::sweep takes the file away.
void forget(Database& writer);

/// Where it arrives, a part at a time.
std::filesystem::path part_file(const std::filesystem::path& folder, const SnapshotId& id);
/// How much of it is here; nullopt: none is fetched.
std::optional<SnapshotArriving> progress(Database& database, const std::filesystem::path& folder);

}  // namespace arriving_snapshot

}  // namespace keepsake
