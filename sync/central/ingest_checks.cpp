#include "sync/central/ingest_checks.hpp"

#include <algorithm>
#include <cassert>

#include "storage/engine/database.hpp"
#include "storage/vault/crypto.hpp"
#include "sync/central/fact_log.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/signing.hpp"

namespace keepsake::sync::central {

namespace {

/// The batch's own chain value at `seq`, which is first - 1 or one of its records.
const Hash& hash_in(const Batch& batch, Seq seq) {
  assert(seq + 1 >= batch.first && seq <= batch.last);
  return seq + 1 == batch.first ? batch.base_hash : batch.records[seq - batch.first].hash;
}

}  // namespace

Refusal gaps_refusal() { return {400, {"wire.syntax", "The batch's records have gaps", 0}, {}}; }

Result<Batch> read_batch(std::string_view bytes, Format format) {
  auto batch = decode_batch(bytes, format);
  if (!batch) return batch;
  Hash hash = batch->base_hash;
  for (std::size_t n = 0; n + 1 < batch->records.size(); ++n) {
    Record& record = batch->records[n];
    hash = chain(hash, record);
    if (record.hash == Hash{}) record.hash = hash;
  }
  return batch;
}

bool chain_holds(const Batch& batch) {
  Hash hash = batch.base_hash;
  for (const auto& record : batch.records) {
    hash = chain(hash, record);
    if (!equal_constant_time(view(hash), view(record.hash))) return false;
  }
  return equal_constant_time(view(hash), view(batch.head_hash));
}

bool well_formed(const Batch& batch) {
  if (batch.first == 0 || batch.records.size() != std::size_t{batch.last} + 1 - batch.first) {
    return false;
  }
  Seq expected = batch.first;
  return std::ranges::all_of(batch.records,
                             [&](const auto& record) { return record.seq == expected++; });
}

std::optional<Refusal> signed_by(const Terminal& terminal, const Batch& batch) {
  if (!verify_signature(batch_signing_bytes(terminal.number, terminal.epoch, batch),
                        view(batch.signature), terminal.sign_public)) {
    return Refusal{400, {"batch.signature", "The batch is not signed by this terminal", 0}, {}};
  }
  return std::nullopt;
}

std::optional<Refusal> unbroken(const Batch& batch) {
  if (!chain_holds(batch)) {
    return Refusal{400, {"batch.chain", "The batch was damaged: its chain is broken", 0}, {}};
  }
  return std::nullopt;
}

bool same_history(Database& database, const Terminal& terminal, const Batch& batch) {
  const Seq common = std::min(terminal.cursor, batch.last);
  assert(common + 1 >= batch.first);  // a gap was refused before
  const auto held = common == terminal.cursor
                        ? terminal.cursor_hash
                        : hash_at(database, {terminal.number, terminal.lineage}, common);
  return held && equal_constant_time(view(*held), view(hash_in(batch, common)));
}

}  // namespace keepsake::sync::central
