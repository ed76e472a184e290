#pragma once
// A snapshot of the store's records on its way into a book (storage/feed/FEED.md, Snapshots). It
// arrives in DIR/snapshot-<id>.part, a part at a time, over any number of starts; then the records
// become what it has, in one transaction, and its file is what they began with. Whatever a crash leaves
// is either all of it or none.
//
// Fetching is for one thread; strip() and sweep() may be called from any.

#include <atomic>
#include <filesystem>
#include <span>
#include <string_view>

#include "storage/book/forget.hpp"
#include "storage/domain/feed_base.hpp"
#include "storage/domain/record.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

class Database;
class Vault;

class SnapshotIntake {
 public:
  SnapshotIntake(std::filesystem::path folder, Vault& vault, Exclusively exclusively);

  /// This one is fetched from now on; another that was under way is dropped. Gives how many of its
  /// `bytes` are here. Failure::unavailable.
  Result<std::int64_t> begin(const SnapshotId& id, std::int64_t bytes);
  /// What comes at this place of it. Failure::not_found "snapshot.dropped" when it was dropped
  /// meanwhile, because somebody was erased; ::unavailable.
  Result<Done> put(const SnapshotId& id, std::int64_t at, std::string_view bytes);
  /// All of it is here. `content`: snapshot_hash of its parts of `part_bytes`. The records become what
  /// it has, and what is ours and not in it comes on top; `outcomes` of ours in it are kept with it.
  /// Sales wait for the last step only, in which the rows are copied. Failure::corrupt
  /// "snapshot.damaged": it was dropped, and is to be fetched again; ::not_found "snapshot.dropped" as
  /// put(); as feed::begin_with and feed::make_own.
  Result<Done> take(const FeedBase& base, const Hash& content, std::size_t part_bytes,
                    std::span<const FactOutcome> outcomes);
  /// None is fetched any more.
  Result<Done> drop();

  /// Nothing personal is left of those whose erasure is pending in what the records began with; a
  /// snapshot under way is dropped. Outside of `exclusively`.
  Result<Done> strip();
  /// Removes files of bases and snapshots that the book does not name (any more).
  void sweep(Database& database);
  /// What the records began with is not there: only head office has it.
  Result<bool> lacks_base();

 private:
  Result<Done> take_prepared(const FeedBase& base, std::span<const FactOutcome> outcomes,
                             int erasures);

  const std::filesystem::path folder_;
  Vault& vault_;
  const Exclusively exclusively_;
  std::atomic<int> erasures_{0};
};

/// The hash of a snapshot's rows: SHA-256 over "snapshot v1" and the SHA-256 of each part.
class SnapshotHash {
 public:
  void add(std::string_view part);
  Hash hash() const;

 private:
  std::string parts_ = "snapshot v1";
};

}  // namespace keepsake
