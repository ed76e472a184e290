#include "sync/agent/outgoing.hpp"

#include <algorithm>
#include <iterator>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/facts/keys_of_fact.hpp"
#include "storage/journal/journal.hpp"
#include "storage/vault/vault.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/compression.hpp"
#include "sync/wire/signing.hpp"

namespace keepsake::sync {

namespace {

// What is left of 4 MiB for bodies beside ids, hashes and keys of 500 records.
constexpr std::size_t bodies_bytes = limits::batch_bytes_inflated - 256 * 1024;

/// The customers whom these records enrol: whoever takes the records needs their keys.
std::vector<CustomerRef> enrolled_in(std::span<const Record> records) {
  std::vector<CustomerRef> customers;
  for (const Record& record : records) {
    // One that cannot be read is kept as it is; the centre says what it thinks of it.
    std::ranges::copy(keys_of_fact(record.type, record.body), std::back_inserter(customers));
  }
  return customers;
}

Error too_large(Seq seq) {
  return {Failure::limit, "batch.too-large", "A record does not fit into a batch",
          "record " + std::to_string(seq), "Call the technician"};
}

}  // namespace

Result<Hash> chain_at(Reader& reader, Seq seq) {
  if (seq == 0) return Hash{};
  const auto records = reader.read(seq, 1, limits::batch_bytes_inflated);
  if (!records) return records.error();
  if (records->size() == 1 && records->front().seq == seq) return records->front().hash;
  return Error{Failure::not_found,
               "journal.short",
               "This record is not in the journal",
               "record " + std::to_string(seq),
               {}};
}

Result<Waiting> waiting_in(Reader& reader) {
  const auto head = reader.head();
  if (!head) return head.error();
  const auto acknowledged = reader.acknowledged();
  if (!acknowledged) return acknowledged.error();
  if (acknowledged->seq > head->seq) {
    return Error{Failure::corrupt, "sync.beyond",
                 "Head office acknowledged more than the journal holds",
                 "record " + std::to_string(acknowledged->seq), "Run: keepsake verify"};
  }
  return Waiting{acknowledged->seq, head->seq};
}

Result<const Outgoing*> Packer::pack(Reader& reader, const engine::Range& wanted) {
  const bool again = !last_.body.empty() && (wanted == wanted_ || wanted == last_.range);
  if (!again) {
    auto made = make(reader, wanted);
    if (!made) return made.error();
    last_ = std::move(*made);
    wanted_ = wanted;
  }
  return &last_;
}

Result<std::string> Packer::seal(Reader& reader, Seq seq) {
  const auto packed = pack(reader, {seq, seq});
  if (!packed) return packed.error();
  const auto records = reader.read(seq, 1, bodies_bytes);
  if (!records) return records.error();
  const auto base = chain_at(reader, seq - 1);
  if (!base) return base.error();
  if (records->empty() || records->front().seq != seq)
    return Error{Failure::corrupt, "journal.gap", "A record is missing from the journal",
                 "record " + std::to_string(seq), "Run: keepsake verify"};
  const Record& record = records->front();
  OpaqueRecord opaque{record.seq, record.id, record.type, *base, record.hash, {}, {}};
  auto sealed = seal_for((*packed)->body, enrolment_.central_box_public);
  if (!sealed) return sealed.error();
  opaque.sealed = std::move(*sealed);
  opaque.signature = bytes64(
      book_.vault().sign(opaque_signing_bytes(enrolment_.terminal, enrolment_.epoch, opaque)));
  return encode(opaque);
}

Result<Outgoing> Packer::make(Reader& reader, const engine::Range& wanted) {
  const auto base = chain_at(reader, wanted.first - 1);
  if (!base) return base.error();
  std::vector<Record> records;
  if (!wanted.greeting()) {
    auto read = reader.read(wanted.first, wanted.count(), bodies_bytes);
    if (!read) return read.error();
    records = std::move(*read);
    if (records.empty() || records.front().seq != wanted.first) {
      return Error{Failure::corrupt, "journal.gap", "A record is missing from the journal",
                   "record " + std::to_string(wanted.first), "Run: keepsake verify"};
    }
  }
  std::span<const Record> part = records;
  for (;;) {
    auto body = body_of(part, wanted.first, *base);
    if (!body) return body.error();
    if (body->size() <= limits::batch_bytes) {
      const Seq last = wanted.first + static_cast<Seq>(part.size()) - 1;
      return Outgoing{{wanted.first, last}, std::move(*body)};
    }
    if (part.size() <= 1) return too_large(wanted.first);
    // In proportion, and a little less; at least one record fewer each time.
    const std::size_t fits = part.size() * limits::batch_bytes / body->size() * 9 / 10;
    part = part.first(std::clamp<std::size_t>(fits, 1, part.size() - 1));
  }
}

Result<std::string> Packer::body_of(std::span<const Record> records, Seq first, const Hash& base) {
  Batch batch;
  batch.first = first;
  batch.last = first + static_cast<Seq>(records.size()) - 1;
  batch.base_hash = base;
  batch.head_hash = records.empty() ? base : records.back().hash;
  batch.records.assign(records.begin(), records.end());
  const std::vector<CustomerRef> customers = enrolled_in(records);
  if (!customers.empty()) {
    auto keys = book_.vault().seal_keys_for(customers, enrolment_.central_box_public);
    if (!keys) return keys.error();
    batch.keys = std::move(*keys);
  }
  batch.signature = bytes64(
      book_.vault().sign(batch_signing_bytes(enrolment_.terminal, enrolment_.epoch, batch)));
  return compress(encode_in_pieces(batch));
}

}  // namespace keepsake::sync
