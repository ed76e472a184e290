#include "sync/central/hand_in.hpp"

#include <cassert>
#include <exception>
#include <utility>

#include "storage/engine/database.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/ingest_checks.hpp"
#include "sync/central/register.hpp"
#include "sync/central/standing.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/compression.hpp"

namespace keepsake::sync::central {

namespace {

constexpr unsigned busy_status = 503;
constexpr std::int64_t day_ms = std::int64_t{24} * 3600 * 1000;

// The revocation that shut this epoch out is the first that was of it or a later one.
constexpr Sql revoked_at{"central.hand-in.revoked",
                         "SELECT min(made_ms) FROM central_terminal_trail "
                         "WHERE terminal = $1 AND what = 'revoked' AND epoch >= $2"};
constexpr Sql count_up{"central.hand-in.count",
                       "INSERT INTO central_handed_in (terminal, epoch, by_terminal, day, batches, "
                       "facts, last_ms, store) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
                       "ON CONFLICT (store, terminal, epoch, by_terminal, day) DO UPDATE SET "
                       "batches = batches + excluded.batches, facts = facts + excluded.facts, "
                       "last_ms = excluded.last_ms"};
constexpr Sql read_counts{"central.hand-in.list",
                          "SELECT epoch, by_terminal, batches, facts, last_ms "
                          "FROM central_handed_in WHERE terminal = $1 AND "
                          "store = (SELECT store FROM central_terminal WHERE number = $1) "
                          "ORDER BY last_ms DESC LIMIT $2"};

OpenedBatch open_one(const HandedIn& handed_in, const Vault& vault) {
  const auto body = vault.open_sealed(handed_in.sealed);
  if (!body) return refusal_of_body(body.error());
  const auto plain = decompress(*body);
  if (!plain) return refusal_of_body(plain.error());
  auto batch = read_batch(*plain);
  if (!batch) return refusal_of_body(batch.error());
  return std::move(*batch);
}

}  // namespace

std::vector<OpenedBatch> open_all(const HandIn& hand_in, const Vault& vault) {
  std::vector<OpenedBatch> opened;
  for (const HandedIn& each : hand_in.batches) opened.push_back(open_one(each, vault));
  return opened;
}

std::vector<HandedInCount> handed_in_of(Database& database, TerminalNumber terminal,
                                        std::size_t limit) {
  std::vector<HandedInCount> found;
  const auto row = database.query(read_counts);
  row->bind(1, terminal.value);
  row->bind(2, static_cast<std::int64_t>(limit));
  while (row->step())
    found.push_back({{static_cast<std::uint8_t>(row->integer(0))},
                     {static_cast<std::uint32_t>(row->integer(1))},
                     row->integer(2),
                     row->integer(3),
                     {row->integer(4)}});
  return found;
}

/// The store that both are of.
std::variant<std::string, Refusal> HandIns::store_of(const TerminalIdentity& by,
                                                     const TerminalIdentity& whose) {
  Transaction moment(database_);
  const auto bearer = find_terminal(database_, by.terminal);
  if (auto refusal = check_standing(bearer, by.epoch)) return *refusal;
  const auto terminal = find_terminal(database_, whose.terminal);
  if (!terminal || whose.epoch > terminal->epoch) return no_such_terminal();
  if (terminal->store != bearer->store)
    return Refusal{403, {"hand-in.other-store", "The terminal belongs to another store", 0}, {}};
  return terminal->store;
}

bool HandIns::kept_too_late(const TerminalIdentity& whose, Instant kept) {
  const auto row = database_.query(revoked_at);
  row->bind(1, whose.terminal.value);
  row->bind(2, whose.epoch.value);
  return row->step() && !row->is_null(0) && kept.ms >= row->integer(0);
}

void HandIns::note(const std::string& store, const TerminalIdentity& by,
                   const TerminalIdentity& whose, std::int64_t batches, std::int64_t facts) {
  const Instant now = clock_.now();
  Transaction transaction(database_);
  const auto put = database_.query(count_up);
  put->bind(1, whose.terminal.value);
  put->bind(2, whose.epoch.value);
  put->bind(3, by.terminal.value);
  put->bind(4, now.ms / day_ms);
  put->bind(5, batches);
  put->bind(6, facts);
  put->bind(7, now.ms);
  put->bind_text(8, store);
  put->step();
  transaction.commit();
}

std::variant<Ingest::HandedInTaken, Refusal> HandIns::take_one(const TerminalIdentity& whose,
                                                               const HandedIn& handed_in,
                                                               const OpenedBatch& batch) {
  if (const auto* damaged = std::get_if<Refusal>(&batch)) return *damaged;
  // What fails for this one is no reason not to take the next.
  try {
    if (kept_too_late(whose, handed_in.kept)) return revoked_refusal();
    return ingest_.take_handed_in(whose, std::get<Batch>(batch));
  } catch (const DatabaseError& error) {
    return as_refusal(error.error());
  } catch (const std::exception&) {
    return as_refusal({Failure::internal, "exception", {}, "hand-in", {}});
  }
}

std::variant<HandInAnswer, Refusal> HandIns::take(const TerminalIdentity& by, const HandIn& hand_in,
                                                  const std::vector<OpenedBatch>& batches) {
  assert(batches.size() == hand_in.batches.size());
  try {
    const auto store = store_of(by, hand_in.whose);
    if (const auto* refusal = std::get_if<Refusal>(&store)) return *refusal;
    HandInAnswer answer;
    std::int64_t facts = 0;
    std::optional<Refusal> refused;
    for (std::size_t i = 0; i < batches.size() && !refused; ++i) {
      auto taken = take_one(hand_in.whose, hand_in.batches[i], batches[i]);
      if (auto* refusal = std::get_if<Refusal>(&taken)) {
        refused = std::move(*refusal);
        continue;
      }
      const auto& done = std::get<Ingest::HandedInTaken>(taken);
      if (done.answer) answer.acknowledgement = encode(*done.answer);
      facts += done.facts;
      ++answer.taken;
    }
    if (answer.taken > 0)
      note(std::get<std::string>(store), by, hand_in.whose, answer.taken, facts);
    // What cannot be stored at the moment comes again as a whole; what was taken is known then.
    if (refused && refused->status == busy_status) return std::move(*refused);
    if (refused) {
      answer.code = refused->problem.code;
      answer.message = refused->problem.message;
    }
    return answer;
  } catch (const DatabaseError& error) {
    return as_refusal(error.error());
  }
}

}  // namespace keepsake::sync::central
