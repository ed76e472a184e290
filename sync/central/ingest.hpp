#pragma once

#include <filesystem>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "storage/book/forget.hpp"
#include "sync/central/refusal.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake {
class Clock;
class Database;
class Vault;
}  // namespace keepsake

namespace keepsake::sync::central {

struct Terminal;

/// Takes batches as sync/wire/WIRE.md tells: one transaction checks, keeps, applies and moves the
/// cursor, and only after its commit is there an answer. Sending the same batch again changes
/// nothing and gets the same signed answer (I2). No sockets, no threads: one caller at a time, the
/// one that owns the writing connection.
class Ingest {
 public:
  /// `file`: where `writer` keeps its data; empty: in memory.
  Ingest(Database& writer, Vault& vault, const Clock& clock, std::filesystem::path file)
      : database_(writer), vault_(vault), clock_(clock), file_(std::move(file)) {}

  using Answer = std::variant<SignedAcknowledgement, Refusal>;
  /// 200, or 400, 403, 409, 410; 500 and 503 when the centre itself cannot. Never throws for what a
  /// terminal sent. The caller has checked that the terminal is who it says.
  Answer take(TerminalNumber number, Epoch epoch, const Batch& batch);

  /// Removes what the files still hold of customers who were erased (storage/book/forget.hpp).
  /// take() does it after each erasure; at the start it finishes what a crash or a reader held up.
  Result<Done> clean();

 private:
  Answer take_in_transaction(TerminalNumber number, Epoch epoch, const Batch& batch);
  std::optional<Refusal> accept_keys(const Terminal& terminal, const Batch& batch);
  void note_erasure(const Record& sent);
  void post_new(Terminal& terminal, const Batch& batch);
  SignedAcknowledgement acknowledge(const Terminal& terminal, Seq first);

  Database& database_;
  Vault& vault_;
  const Clock& clock_;
  const std::filesystem::path file_;
  Traces traces_;  ///< of those erased in the batch at hand
  std::vector<CustomerRef> erased_;
};

}  // namespace keepsake::sync::central
