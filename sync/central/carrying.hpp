#pragma once
// Batches that came in a file (sync/carry/CARRY.md), taken by whoever writes the database.

#include <string>

#include "storage/domain/feed.hpp"
#include "sync/central/ingest.hpp"

namespace keepsake::sync::central {

/// Which of the two ways of a push it goes.
enum class CarriedAs { batch, opaque };

/// A batch of a carry file, or a sealed record, as it would have been pushed.
struct CarriedBatch {
  TerminalNumber terminal;
  Epoch epoch;
  std::string body;  ///< as posted: a batch is zstd
  CarriedAs as = CarriedAs::batch;
  std::string by;      ///< who brought the file
  bool first = false;  ///< of its file
  FeedCursor feed;     ///< where the terminal wants the feed to go on
};

using CarriedBody = std::variant<Batch, OpaqueRecord>;
/// What is in a carried body, or why it is nothing.
std::variant<CarriedBody, Refusal> body_in(const CarriedBatch& carried);

class Carrying {
 public:
  Carrying(Database& writer, Ingest& ingest, const Clock& clock)
      : database_(writer), ingest_(ingest), clock_(clock) {}

  /// As Ingest::take() and take_opaque(), which it goes through; a defect is a 500 here as well. The
  /// first part of a file puts who brought it into the terminal's trail, and where the terminal has
  /// places of the feed that were never given here, begins another order, as a pull would.
  Ingest::Answer take(const CarriedBatch& carried, const CarriedBody& body);

 private:
  void note(const CarriedBatch& carried);

  Database& database_;
  Ingest& ingest_;
  const Clock& clock_;
};

}  // namespace keepsake::sync::central
