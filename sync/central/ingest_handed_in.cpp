// Batches that a terminal's neighbours hand in. What goes on with the terminal's chain is taken as if
// it had sent it. What does not (its chain goes on otherwise, because it was put back from a backup;
// it was enrolled again or shut out since; earlier records are missing) is another branch of its
// journal: its facts are kept beside the chain and applied like all others, each once, by their ids,
// and nothing that the terminal is to be answered changes.

#include <algorithm>
#include <limits>

#include "storage/engine/database.hpp"
#include "sync/central/fact_log.hpp"
#include "sync/central/ingest.hpp"
#include "sync/central/ingest_checks.hpp"
#include "sync/central/register.hpp"
#include "sync/central/standing.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql least_lineage{"central.fact.least-lineage",
                            "SELECT min(lineage) FROM central_fact WHERE terminal = $1"};

/// Chains of terminals have their epochs for lineages; what came beside them has numbers below zero, one
/// for each batch.
std::int64_t next_branch(Database& database, TerminalNumber terminal) {
  const auto row = database.query(least_lineage);
  row->bind(1, terminal.value);
  const std::int64_t least = row->step() && !row->is_null(0) ? row->integer(0) : 0;
  return std::min<std::int64_t>(least, 0) - 1;
}

/// Whether the very same fact is held, whichever way it came.
bool is_here(Database& database, const Record& record) {
  const auto known = find_other(database, record.id, std::numeric_limits<std::int64_t>::max());
  return known && known->type == record.type && known->body == record.body;
}

}  // namespace

std::variant<Ingest::HandedInTaken, Refusal> Ingest::take_handed_in(const TerminalIdentity& whose,
                                                                    const Batch& batch) {
  if (!well_formed(batch)) return gaps_refusal();
  bool goes_on = false;
  std::int64_t held = 0;
  {
    Transaction moment(database_);
    auto terminal = find_terminal(database_, whose.terminal);
    if (!terminal || whose.epoch > terminal->epoch) return no_such_terminal();
    const bool in_force = whose.epoch == terminal->epoch && !terminal->is_revoked();
    held = terminal->cursor;
    terminal->epoch = whose.epoch;
    if (auto refusal = signed_by(*terminal, batch)) return *refusal;
    if (auto refusal = unbroken(batch)) return *refusal;
    goes_on = in_force && batch.first <= terminal->cursor + 1 &&
              same_history(database_, *terminal, batch);
  }
  if (!goes_on) return take_beside(whose, batch);
  auto answer = take(whose.terminal, whose.epoch, batch);
  if (auto* refusal = std::get_if<Refusal>(&answer)) return std::move(*refusal);
  return HandedInTaken{std::get<SignedAcknowledgement>(answer),
                       std::max<std::int64_t>(0, std::int64_t{batch.last} - held)};
}

std::variant<Ingest::HandedInTaken, Refusal> Ingest::take_beside(const TerminalIdentity& whose,
                                                                 const Batch& batch) {
  Transaction transaction(database_);
  auto terminal = find_terminal(database_, whose.terminal);
  terminal->epoch = whose.epoch;
  terminal->lineage = next_branch(database_, whose.terminal);
  terminal->cursor = batch.first - 1;
  if (auto refusal = accept_keys(*terminal, batch)) return *refusal;
  HandedInTaken taken;
  for (const Record& record : batch.records) {
    if (is_here(database_, record)) continue;
    keep(database_, *terminal, record, clock_.now());
    ++taken.facts;
  }
  transaction.commit();
  return taken;
}

}  // namespace keepsake::sync::central
