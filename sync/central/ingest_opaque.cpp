// Records that came sealed because they could not be taken: kept unseen, opened when they are judged
// again. Whatever made the centre fail may be in them, so nothing here lets one of them stop the rest.

#include <exception>

#include "storage/domain/values/may_pass.hpp"
#include "storage/engine/database.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/fact_log.hpp"
#include "sync/central/feed.hpp"
#include "sync/central/ingest.hpp"
#include "sync/central/ingest_checks.hpp"
#include "sync/central/standing.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/compression.hpp"
#include "sync/wire/signing.hpp"

namespace keepsake::sync::central {

namespace {

bool is_signed(const Terminal& terminal, const OpaqueRecord& record) {
  return verify_signature(opaque_signing_bytes(terminal.number, terminal.epoch, record),
                          view(record.signature), terminal.sign_public);
}

/// The batch of one record that is sealed in `fact`, if it is the record that was announced.
Result<Batch> opened(Database& database, const Vault& vault, const SetAside& fact) {
  const auto plain = vault.open_sealed(fact.sealed);
  if (!plain) return plain.error();
  const auto bytes = decompress(*plain);
  if (!bytes) return bytes.error();
  auto batch = read_batch(*bytes);
  if (!batch) return batch.error();
  const auto base = hash_at(database, fact.chain, fact.record.seq - 1);
  const bool announced =
      base && batch->records.size() == 1 && batch->records.front().seq == fact.record.seq &&
      batch->records.front().id == fact.record.id &&
      batch->records.front().type == fact.record.type &&
      equal_constant_time(view(chain(*base, batch->records.front())), view(fact.record.hash));
  if (!announced)
    return Error{Failure::bad_input, "opaque.other", "another record is in it", {}, {}};
  return batch;
}

}  // namespace

Ingest::Answer Ingest::take_opaque(TerminalNumber number, Epoch epoch, const OpaqueRecord& record) {
  try {
    return take_opaque_in_transaction(number, epoch, record);
  } catch (const DatabaseError& error) {
    return as_refusal(error.error());
  }
}

Ingest::Answer Ingest::take_opaque_in_transaction(TerminalNumber number, Epoch epoch,
                                                  const OpaqueRecord& record) {
  Transaction transaction(database_);
  auto terminal = find_terminal(database_, number);
  if (auto refusal = check_standing(terminal, epoch)) return *refusal;
  if (record.seq > terminal->cursor + 1) return gap_after(*terminal);
  if (!is_signed(*terminal, record))
    return Refusal{400, {"batch.signature", "The record is not signed by this terminal", 0}, {}};
  // As with a batch: both must agree where both hold something.
  const bool known = record.seq <= terminal->cursor;
  const Chain chain{terminal->number, terminal->lineage};
  const auto held = known ? hash_at(database_, chain, record.seq) : terminal->cursor_hash;
  if (!held || !equal_constant_time(view(*held), view(known ? record.hash : record.base_hash))) {
    mark_forked(database_, number);
    transaction.commit();
    return fork_refusal();
  }
  if (!known) {
    keep_sealed(database_, *terminal, record, clock_.now());
    terminal->cursor = record.seq;
    terminal->cursor_hash = record.hash;
  }
  const StoredAnswer answer{record.seq, record.hash, acknowledge(*terminal, record.seq)};
  move_cursor(database_, number, terminal->cursor, terminal->cursor_hash, clock_.now(), answer);
  transaction.commit();
  return answer.answer;
}

Result<Done> Ingest::judge_sealed_ones(Rejudged& all) {
  for (std::int64_t after = 0;;) {
    auto facts = set_aside(database_, Came::sealed, after, 1);
    if (facts.empty()) return Done{};
    after = facts.front().row;
    ++all.looked_at;
    if (judge_sealed(std::move(facts.front())) == FactState::applied) ++all.applied;
  }
}

// What made the centre fail once may do so again: then all that it did is undone, the record stays
// as it is and the others are judged; hence each has a transaction of its own. Only what may pass
// (disk, memory, a lock) is told to the caller.
FactState Ingest::judge_sealed(SetAside fact) {
  const std::size_t erased = erased_.size();
  try {
    Transaction transaction(database_);
    auto batch = opened(database_, vault_, fact);
    if (!batch) return FactState::quarantined;
    for (const SealedKey& key : batch->keys) {
      const auto taken = vault_.accept_keys({&key, 1});
      if (!taken && may_pass(taken.error())) throw DatabaseError(taken.error());
    }
    fact.record.body = std::move(batch->records.front().body);
    put_opened(database_, fact);
    fact.sealed.clear();
    const FactState state = judge_one_again(fact);
    // It was counted when it came; the same fact has come in clear since.
    if (state == FactState::repeated) count_facts(database_, fact.store, -1);
    if (auto destroyed = vault_.destroy_keys(erased_); !destroyed)
      throw DatabaseError(destroyed.error());
    transaction.commit();
    return state;
  } catch (const DatabaseError& error) {
    if (may_pass(error.error())) throw;
  } catch (const std::exception&) {
    // A defect that this record brings to light, told by its staying sealed.
  }
  erased_.resize(erased);  // what was undone erases nobody
  return FactState::quarantined;
}

}  // namespace keepsake::sync::central
