#pragma once
// Batches that came in a file (sync/carry/CARRY.md), taken by whoever writes the database.

#include <string>

#include "storage/domain/feed.hpp"
#include "sync/central/ingest.hpp"

namespace keepsake::sync::central {

/// A batch of a carry file, as it would have been pushed.
struct CarriedBatch {
  TerminalNumber terminal;
  Epoch epoch;
  std::string body;    ///< as posted: zstd
  std::string by;      ///< who brought the file
  bool first = false;  ///< of its file
  FeedCursor feed;     ///< where the terminal wants the feed to go on
};

class Carrying {
 public:
  Carrying(Database& writer, Ingest& ingest, const Clock& clock)
      : database_(writer), ingest_(ingest), clock_(clock) {}

  /// As Ingest::take(), which it goes through. The first batch of a file puts who brought it into the
  /// terminal's trail, and where the terminal has places of the feed that were never given here,
  /// begins another order, as a pull would.
  Ingest::Answer take(const CarriedBatch& carried, const Batch& batch);

 private:
  void note(const CarriedBatch& carried);

  Database& database_;
  Ingest& ingest_;
  const Clock& clock_;
};

/// The batch in a carried body, or why there is none.
std::variant<Batch, Refusal> batch_in(const CarriedBatch& carried);

}  // namespace keepsake::sync::central
