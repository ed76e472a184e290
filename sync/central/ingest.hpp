#pragma once

#include <optional>
#include <variant>

#include "storage/engine/database.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/refusal.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake::sync::central {

struct Terminal;

/// Takes batches as sync/wire/WIRE.md tells: one transaction checks, keeps, applies and moves the
/// cursor, and only after its commit is there an answer. Sending the same batch again changes
/// nothing and gets the same signed answer (I2). No sockets, no threads: one caller at a time, the
/// one that owns the writing connection.
class Ingest {
 public:
  Ingest(Database& writer, Vault& vault, const Clock& clock)
      : database_(writer), vault_(vault), clock_(clock) {}

  using Answer = std::variant<SignedAcknowledgement, Refusal>;
  /// 200, or 400, 403, 409, 410; 500 and 503 when the centre itself cannot. Never throws for what a
  /// terminal sent. The caller has checked that the terminal is who it says.
  Answer take(TerminalNumber number, Epoch epoch, const Batch& batch);

 private:
  Answer take_in_transaction(TerminalNumber number, Epoch epoch, const Batch& batch);
  std::optional<Refusal> accept_keys(const Terminal& terminal, const Batch& batch);
  std::optional<Refusal> destroy_keys(Seq before, const Batch& batch);
  void post_new(Terminal& terminal, const Batch& batch);
  SignedAcknowledgement acknowledge(const Terminal& terminal, Seq first);

  Database& database_;
  Vault& vault_;
  const Clock& clock_;
};

}  // namespace keepsake::sync::central
