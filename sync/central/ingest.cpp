#include "sync/central/ingest.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <map>
#include <utility>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/values/may_pass.hpp"
#include "storage/engine/database.hpp"
#include "storage/engine/version.hpp"
#include "storage/facts/codec.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/ingest_checks.hpp"
#include "sync/central/posting.hpp"
#include "sync/central/standing.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/signing.hpp"

namespace keepsake::sync::central {

namespace {

constexpr std::size_t judged_at_once = 500;
constexpr std::int64_t much = 5000;

/// Whether this is the first contact under the present epoch: then another history than is held is
/// not a fork but what the terminal was enrolled with, a folder put back from a backup.
bool nothing_taken(Database& database, const Terminal& terminal) {
  return terminal.cursor > 0 &&
         epoch_at(database, {terminal.number, terminal.lineage}, terminal.cursor) != terminal.epoch;
}

}  // namespace

Ingest::Answer Ingest::take(TerminalNumber number, Epoch epoch, const Batch& batch) {
  if (!well_formed(batch)) return gaps_refusal();
  try {
    return take_in_transaction(number, epoch, batch);
  } catch (const DatabaseError& error) {
    return as_refusal(error.error());
  }
}

Ingest::Answer Ingest::take_in_transaction(TerminalNumber number, Epoch epoch, const Batch& batch) {
  Transaction transaction(database_);
  auto terminal = find_terminal(database_, number);
  if (auto refusal = check_standing(terminal, epoch)) return *refusal;
  if (batch.first > terminal->cursor + 1) return gap_after(*terminal);
  if (auto refusal = signed_by(*terminal, batch)) return *refusal;
  // A batch whose answer was lost on the way comes again, and gets that answer, byte for byte: the
  // terminal sees one acknowledgement however often it asks.
  if (batch.last <= terminal->cursor && !batch.records.empty()) {
    const auto answered = stored_answer(database_, number);
    if (answered && answered->first == batch.first && answered->head == batch.head_hash) {
      return answered->answer;
    }
  }
  if (auto refusal = unbroken(batch)) return *refusal;
  if (!same_history(database_, *terminal, batch)) {
    if (!nothing_taken(database_, *terminal)) {
      mark_forked(database_, number);
      transaction.commit();
      return fork_refusal();
    }
    begin_chain(database_, *terminal);
    transaction.commit();
    return gap_after(*terminal);
  }
  if (auto refusal = accept_keys(*terminal, batch)) return *refusal;
  keep_new(*terminal, batch);
  assert(terminal->cursor >= batch.last);
  const StoredAnswer answer{batch.first, batch.head_hash, acknowledge(*terminal, batch.first)};
  move_cursor(database_, number, terminal->cursor, terminal->cursor_hash, clock_.now(), answer);
  transaction.commit();
  return answer.answer;
}

// The keys are durable in the vault before the commit that acknowledges the facts which need them;
// taken twice they change nothing. A key that does not open costs its customer's profile, not the
// batch.
std::optional<Refusal> Ingest::accept_keys(const Terminal& terminal, const Batch& batch) {
  if (batch.last <= terminal.cursor || batch.keys.empty()) return std::nullopt;
  const auto all = vault_.accept_keys(batch.keys);
  if (all) return std::nullopt;
  std::int64_t unreadable = 0;
  for (const auto& key : batch.keys) {
    const auto one = vault_.accept_keys({&key, 1});
    if (one) continue;
    if (may_pass(one.error())) return as_refusal(one.error());
    ++unreadable;
  }
  if (unreadable == 0) return std::nullopt;
  add_outcome(database_, {terminal.number, terminal.lineage}, clock_.now(),
              {batch.last, "customer.key-unreadable",
               std::to_string(unreadable) + " of the customers' keys sent with this batch do not "
                                            "open; their profiles stay sealed"});
  return std::nullopt;
}

std::optional<ErasedPeople> Ingest::erasure_in(const Record& record) {
  if (record.type != static_cast<std::uint16_t>(FactType::customer_erased)) return std::nullopt;
  const auto fact = decode(FactType::customer_erased, record.body);
  if (!fact) return std::nullopt;
  return erased_by(database_, *fact);
}

/// Only an erasure that was applied destroys keys: one that is set aside may name anybody.
void Ingest::keep_erasure(ErasedPeople erasure) {
  std::ranges::copy(erasure.customers, std::back_inserter(erased_));
  forgetting_.add(database_, erasure.customers, std::move(erasure.values));
}

FactState Ingest::noted(const Posted& posted) {
  for (const std::string& store : posted.news) add_store(news_, store);
  return posted.state;
}

void Ingest::keep_new(Terminal& terminal, const Batch& batch) {
  const Instant now = clock_.now();
  for (const auto& sent : batch.records) {
    if (sent.seq <= terminal.cursor) continue;
    assert(sent.seq == terminal.cursor + 1);
    keep(database_, terminal, sent, now);
    terminal.cursor = sent.seq;
    terminal.cursor_hash = sent.hash;
  }
}

Result<Applied> Ingest::apply_some(std::size_t most) {
  try {
    return apply_at_once(most);
  } catch (const DatabaseError& error) {
    if (may_pass(error.error())) return error.error();
  } catch (const std::exception&) {
    // As damage that one of them meets, a defect that it brings to light.
  }
  // Which one it is shows when fewer come at once, and at last when it comes alone.
  return most > 1 ? apply_some(most / 2) : put_aside_first();
}

/// A fact that breaks a rule of the tables is rare, and to be ready for one costs every fact.
Result<Applied> Ingest::apply_at_once(std::size_t most) {
  try {
    return apply_in_transaction(most, Undo::none);
  } catch (const MustUndo&) {
    return apply_in_transaction(most, Undo::each);
  }
}

Result<Applied> Ingest::apply_in_transaction(std::size_t most, Undo undo) {
  erased_.clear();
  Transaction transaction(database_);
  const auto facts = waiting_facts(database_, most);
  Posting posting(database_, vault_, clock_.now(), undo);
  Applied applied;
  applied.more = facts.size() == most;
  std::map<std::string, std::int64_t> counted;
  for (const SetAside& fact : facts) {
    auto erasure = erasure_in(fact.record);
    const auto state = noted(posting.post(fact));
    if (erasure && state == FactState::applied) keep_erasure(std::move(*erasure));
    if (state != FactState::repeated) ++counted[fact.store];
    add_store(applied.stores, fact.store);
  }
  if (!facts.empty()) decide_applied(database_, facts.back());
  for (const auto& [store, facts_more] : counted) count_facts(database_, store, facts_more);
  // Before the commit: if that fails, the erasure is applied again.
  if (auto destroyed = vault_.destroy_keys(erased_); !destroyed) return destroyed.error();
  transaction.commit();
  return applied;
}

Result<Applied> Ingest::put_aside_first() {
  try {
    Transaction transaction(database_);
    Applied applied;
    applied.more = true;
    for (const SetAside& fact : waiting_facts(database_, 1)) {
      put_aside(database_, fact, clock_.now());
      count_facts(database_, fact.store, 1);
      add_store(applied.stores, fact.store);
    }
    transaction.commit();
    return applied;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<Applied> Ingest::apply_all() {
  Applied all;
  for (all.more = true; all.more;) {
    const auto some = apply_some();
    if (!some) return some.error();
    for (const std::string& store : some->stores) add_store(all.stores, store);
    all.more = some->more;
  }
  return all;
}

bool Ingest::much_waits() {
  try {
    return count_waiting(database_) > much;
  } catch (const DatabaseError&) {
    return false;  // whoever applies it is told
  }
}

FactState Ingest::judge_one_again(const SetAside& fact) {
  auto erasure = erasure_in(fact.record);
  const auto state = noted(central::judge_again(database_, vault_, fact, clock_.now()));
  if (erasure && state == FactState::applied) keep_erasure(std::move(*erasure));
  return state;
}

Result<Done> Ingest::judge_clear_ones(Rejudged& all) {
  for (std::int64_t after = 0;;) {
    Transaction transaction(database_);
    const auto facts = set_aside(database_, Came::clear, after, judged_at_once);
    for (const SetAside& fact : facts) {
      ++all.looked_at;
      if (judge_one_again(fact) == FactState::applied) ++all.applied;
      after = fact.row;
    }
    if (auto destroyed = vault_.destroy_keys(erased_); !destroyed) return destroyed;
    if (facts.empty()) put_judged_by(database_, version());
    transaction.commit();
    if (facts.empty()) return Done{};
  }
}

Result<Rejudged> Ingest::judge_again() {
  Rejudged all;
  try {
    erased_.clear();
    if (auto done = judge_clear_ones(all); !done) return done.error();
    if (auto done = judge_sealed_ones(all); !done) return done.error();
  } catch (const DatabaseError& error) {
    return error.error();
  }
  return all;
}

Result<Done> Ingest::judge_after_upgrade() {
  try {
    if (judged_by(database_) == version()) return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
  const auto judged = judge_again();
  if (!judged) return judged.error();
  return Done{};
}

SignedAcknowledgement Ingest::acknowledge(const Terminal& terminal, Seq first) {
  Acknowledgement acknowledgement;
  acknowledgement.terminal = terminal.number;
  acknowledgement.epoch = terminal.epoch;
  acknowledgement.acked = terminal.cursor;
  acknowledgement.acked_hash = terminal.cursor_hash;
  acknowledgement.outcomes =
      outcomes(database_, terminal, first, terminal.cursor, outcomes_per_answer);
  SignedAcknowledgement signed_answer;
  signed_answer.acknowledgement = encode(acknowledgement);
  signed_answer.signature = bytes64(vault_.sign(ack_signing_bytes(signed_answer.acknowledgement)));
  return signed_answer;
}

}  // namespace keepsake::sync::central
