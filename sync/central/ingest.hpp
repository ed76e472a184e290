#pragma once

#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "storage/book/forget.hpp"
#include "sync/central/erasing.hpp"
#include "sync/central/known_customers.hpp"
#include "sync/serving/refusal.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake {
class Clock;
class Database;
class Vault;
}  // namespace keepsake

namespace keepsake::sync::central {

struct Posted;
struct SetAside;
struct Terminal;
enum class FactState;
enum class Undo;

/// What came of applying facts that waited.
struct Applied {
  Stores stores;      ///< whose order has new places
  bool more = false;  ///< some wait still
};

/// What came of judging again what had been set aside.
struct Rejudged {
  std::int64_t looked_at = 0;
  std::int64_t applied = 0;
};

/// Takes batches as sync/wire/WIRE.md tells, in two steps. One transaction checks, keeps and moves the
/// cursor, and only after its commit is there an answer; sending the same batch again changes
/// nothing and gets the same signed answer (I2). Another one applies what waits, in the order in
/// which it came, once, whenever it is called. No sockets, no threads: one caller at a time, the
/// one that owns the writing connection.
class Ingest {
 public:
  /// `forgetting`: what is left of erased customers, to be run by whoever owns it.
  Ingest(Database& writer, Vault& vault, const Clock& clock, Forgetting& forgetting)
      : database_(writer), vault_(vault), clock_(clock), forgetting_(forgetting) {}

  using Answer = std::variant<SignedAcknowledgement, Refusal>;
  /// 200, or 400, 403, 409, 410; 500 and 503 when the centre itself cannot. Never throws for what a
  /// terminal sent. The caller has checked that the terminal is who it says.
  Answer take(TerminalNumber number, Epoch epoch, const Batch& batch);

  /// A record that take() cannot take, sealed: kept without a look into it, its seq used, so that what
  /// is behind it can come. Answers and refusals as take()'s.
  Answer take_opaque(TerminalNumber number, Epoch epoch, const OpaqueRecord& record);

  struct HandedInTaken {
    std::optional<SignedAcknowledgement>
        answer;              ///< nothing: it is no part of the terminal's chain
    std::int64_t facts = 0;  ///< that had not been here
  };
  /// A batch of a terminal that another one of its store hands in, also under an epoch that is no more
  /// (the caller has checked that it was kept while it was). Each fact counts once, whichever way it
  /// comes first, and whether or not it goes on with the chain that is held. Refusals: 400 as take(),
  /// 404 "hand-in.unknown", 500, 503. Throws DatabaseError.
  std::variant<HandedInTaken, Refusal> take_handed_in(const TerminalIdentity& whose,
                                                      const Batch& batch);

  /// Applies some of what waits, at most so many facts; nothing of it when it fails. One with which this
  /// program cannot cope at all is set aside, so that it holds up no other (I7). Failure as the
  /// database's and the vault's: everything waits until they are well again.
  Result<Applied> apply_some(std::size_t most = 500);
  /// All of it.
  Result<Applied> apply_all();
  /// Whether more waits than is applied within a second or so.
  bool much_waits();

  /// Other stores that what was applied since the last call concerns.
  Stores take_news() { return std::exchange(news_, {}); }

  /// Judges everything that is set aside again: what this version understands, or what was right
  /// after all, is applied and counted, once; the rest stays. Failure as the database's.
  Result<Rejudged> judge_again();
  /// The same, when this version of the program has not done so.
  Result<Done> judge_after_upgrade();

 private:
  Answer take_in_transaction(TerminalNumber number, Epoch epoch, const Batch& batch);
  Answer take_opaque_in_transaction(TerminalNumber number, Epoch epoch, const OpaqueRecord& record);
  std::variant<HandedInTaken, Refusal> take_beside(const TerminalIdentity& whose,
                                                   const Batch& batch);
  std::optional<Refusal> accept_keys(const Terminal& terminal, const Batch& batch);
  std::optional<ErasedPeople> erasure_in(const Record& record);
  void keep_erasure(ErasedPeople erasure);
  FactState judge_one_again(const SetAside& fact);
  Result<Done> judge_clear_ones(Rejudged& all);
  Result<Done> judge_sealed_ones(Rejudged& all);
  FactState judge_sealed(SetAside fact);
  FactState noted(const Posted& posted);
  Result<Applied> apply_at_once(std::size_t most);
  Result<Applied> apply_in_transaction(std::size_t most, Undo undo);
  Result<Applied> put_aside_first();
  void keep_new(Terminal& terminal, const Batch& batch);
  SignedAcknowledgement acknowledge(const Terminal& terminal, Seq first);

  Database& database_;
  Vault& vault_;
  const Clock& clock_;
  Forgetting& forgetting_;
  std::vector<CustomerRef> erased_;  ///< in the transaction at hand
  Stores news_;
};

}  // namespace keepsake::sync::central
