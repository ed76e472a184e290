#pragma once
// What the records of a terminal began with, where it did not pull everything from the beginning
// (storage/feed/FEED.md, Snapshots).

#include <array>
#include <cstdint>
#include <string>

#include "storage/domain/feed.hpp"
#include "storage/domain/values/hash.hpp"

namespace keepsake {

/// Names one snapshot among all; random.
struct SnapshotId {
  Bytes16 bytes{};
  bool operator==(const SnapshotId&) const = default;
};
std::string to_hex(const SnapshotId& id);

/// A snapshot: the rows that everything up to `at` came to.
struct FeedBase {
  SnapshotId id;
  FeedCursor at;
  Hash hash{};     ///< of the feed's chain at `at`
  Seq placed = 0;  ///< the terminal's own facts up to here are in it
  bool operator==(const FeedBase&) const = default;
};

/// How much of a snapshot is here.
struct SnapshotArriving {
  std::int64_t bytes = 0;
  std::int64_t of = 0;  ///< more than none
  bool operator==(const SnapshotArriving&) const = default;
  int percent() const { return static_cast<int>(bytes >= of ? 100 : bytes * 100 / of); }
};

}  // namespace keepsake
