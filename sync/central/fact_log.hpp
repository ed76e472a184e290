#pragma once
// Every fact that reached the centre, byte for byte, and what was unusual about it. Functions run
// inside the caller's transaction and throw DatabaseError.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/journal/journal.hpp"
#include "sync/central/register.hpp"

namespace keepsake::sync::central {

enum class FactState {
  applied = 0,
  quarantined = 1,  ///< kept, not counted, for a person to settle
  repeated = 2,     ///< the very same fact came before, under an earlier chain of the terminal
  unknown = 3,      ///< of a type that this version does not know; a later one applies it
  waiting = 4,      ///< held, and not judged yet (Ingest::apply_some)
};

/// Keeps it waiting; its place is taken.
void keep(Database& database, const Terminal& terminal, const Record& record, Instant received);
/// The same of a record of which only the place is known.
void keep_sealed(Database& database, const Terminal& terminal, const OpaqueRecord& record,
                 Instant received);
/// Type and body of a fact; of a sealed one they are not known.
struct KnownFact {
  std::uint16_t type = 0;
  std::string body;
};

/// The chain of facts that one terminal has sent since its lineage began.
struct Chain {
  TerminalNumber terminal;
  std::int64_t lineage = 0;
};

/// A fact that is kept and not counted: not yet, or set aside.
struct SetAside {
  std::int64_t row = 0;
  Chain chain;
  std::string store;
  Record record;
  std::string sealed{};  ///< the record's body is in here; empty: it is not sealed
  Instant received{};
};
/// Of what is set aside: what came in clear, or what came sealed.
enum class Came { clear, sealed };
/// Quarantined facts and those of unknown types after `row`, in the order in which they came, at
/// most `limit`.
std::vector<SetAside> set_aside(Database& database, Came came, std::int64_t after_row,
                                std::size_t limit);
/// Those that wait, in the order in which they came.
std::vector<SetAside> waiting_facts(Database& database, std::size_t limit);
/// How many wait.
std::int64_t count_waiting(Database& database);
/// Whether the newest fact of this chain that is held waits; those before it were applied first.
bool waits(Database& database, const Terminal& terminal);
/// What a fact that waited is from here on; what is known of it stays.
void decide(Database& database, const SetAside& fact, FactState state);
/// This one and all before it that wait still are applied.
void decide_applied(Database& database, const SetAside& last);
/// Another fact with this id that is counted, or that came before.
std::optional<KnownFact> find_other(Database& database, const FactId& id, std::int64_t row);
/// It has been opened: its body is known from here on.
void put_opened(Database& database, const SetAside& fact);
/// Its new state; what was unusual about it before is forgotten.
void settle(Database& database, const SetAside& fact, FactState state);
/// The version of the program that last judged what is set aside; empty: none.
std::string judged_by(Database& database);
void put_judged_by(Database& database, std::string_view version);
/// The chain value after `seq` (zero bytes for 0); nullopt: not held.
std::optional<Hash> hash_at(Database& database, const Chain& chain, Seq seq);

/// Under which epoch this place came; nullopt: not held.
std::optional<Epoch> epoch_at(Database& database, const Chain& chain, Seq seq);

void add_outcome(Database& database, const Chain& chain, Instant now, const FactOutcome& outcome);
/// Of the facts from..to, by seq, at most `limit`.
std::vector<FactOutcome> outcomes(Database& database, const Terminal& terminal, Seq from, Seq to,
                                  std::size_t limit);

}  // namespace keepsake::sync::central
