#pragma once
// A snapshot of the store's records from head office, part by part (sync/wire/WIRE.md, Snapshot). A
// line that breaks, or a program that ends, goes on where it was.

#include <chrono>
#include <memory>
#include <optional>

#include "storage/domain/feed_base.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/vault/file_key.hpp"
#include "sync/wire/snapshot.hpp"

namespace keepsake {
class Book;
class Reader;
class SnapshotIntake;
struct Enrolment;
}  // namespace keepsake

namespace keepsake::sync {

struct OfficeLine;

class SnapshotFetch {
 public:
  /// What head office says when it is asked.
  struct Asked {
    std::unique_ptr<SnapshotFetch> fetch;       ///< there is one for this terminal
    std::optional<std::chrono::seconds> again;  ///< it is being made: ask again then
  };
  /// With neither, the terminal is to pull. `lost`: what the records began with is. Failure as
  /// Puller::pull.
  static Result<Asked> ask(Book& book, Reader& reader, OfficeLine& line, const FeedCursor& cursor,
                           bool lost);

  /// The next part; true: all of them are here. Failure::not_found "snapshot.gone",
  /// "snapshot.dropped": ask anew; ::unavailable "answer.untrusted"; else as Puller::pull.
  Result<bool> step();
  /// When all are here, the records become what it has. Failure as SnapshotIntake::take.
  Result<Done> take();
  SnapshotArriving progress() const;

 private:
  SnapshotFetch(Book& book, OfficeLine& line, SnapshotOffer offer, const FileKey& key)
      : book_(book), line_(line), offer_(std::move(offer)), key_(key) {}
  Result<Done> keep_rows(const std::string& sealed);

  Book& book_;
  OfficeLine& line_;
  SnapshotOffer offer_;
  FileKey key_;
  std::uint32_t next_ = 0;
};

}  // namespace keepsake::sync
