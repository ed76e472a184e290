#pragma once
// Batches of a terminal that another one of its store hands in, because the first could not
// (sync/mirror/MIRROR.md).

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "sync/central/ingest.hpp"
#include "sync/wire/mirror.hpp"

namespace keepsake::sync::central {

/// What is in a sealed batch, or why it is nothing.
using OpenedBatch = std::variant<Batch, Refusal>;
/// Of all that are handed in, in order. Touches no database.
std::vector<OpenedBatch> open_all(const HandIn& hand_in, const Vault& vault);

/// What came of a terminal by another one, on one day.
struct HandedInCount {
  Epoch epoch;
  TerminalNumber by;
  std::int64_t batches = 0;  ///< those too that were here already
  std::int64_t facts = 0;    ///< that had not been here
  Instant last;
};
/// Newest first.
std::vector<HandedInCount> handed_in_of(Database& database, TerminalNumber terminal,
                                        std::size_t limit);

/// One caller at a time, the one that owns the writing connection.
class HandIns {
 public:
  HandIns(Database& writer, Ingest& ingest, const Clock& clock)
      : database_(writer), ingest_(ingest), clock_(clock) {}

  /// Takes them in order until one is refused; that one's code is in the answer. Refusals of the whole:
  /// 403 and 410 as check_standing() of who hands in, 403 "hand-in.other-store", 404
  /// "hand-in.unknown" (no such terminal or epoch here), 500 and 503 "busy" (nothing can be stored at the
  /// moment).
  ///
  /// Codes: "terminal.revoked": kept only after the terminal had been shut out, so whoever has its key
  /// may have made it. "batch.signature", "batch.chain", "wire.syntax", "batch.too-large": damaged or
  /// not of this terminal; it would be refused again. "internal": this centre cannot cope with this one;
  /// those behind it are to be handed in.
  std::variant<HandInAnswer, Refusal> take(const TerminalIdentity& by, const HandIn& hand_in,
                                           const std::vector<OpenedBatch>& batches);

 private:
  std::variant<Ingest::HandedInTaken, Refusal> take_one(const TerminalIdentity& whose,
                                                        const HandedIn& handed_in,
                                                        const OpenedBatch& batch);
  std::variant<std::string, Refusal> store_of(const TerminalIdentity& by,
                                              const TerminalIdentity& whose);
  bool kept_too_late(const TerminalIdentity& whose, Instant kept);
  void note(const std::string& store, const TerminalIdentity& by, const TerminalIdentity& whose,
            std::int64_t batches, std::int64_t facts);

  Database& database_;
  Ingest& ingest_;
  const Clock& clock_;
};

}  // namespace keepsake::sync::central
