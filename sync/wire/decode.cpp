// Bytes to messages: everything that comes from the other side is checked here.

#include <algorithm>
#include <cassert>
#include <vector>

#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/values/limits.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/columns.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/outcomes.hpp"
#include "sync/wire/parsing.hpp"
#include "sync/wire/push.pb.h"

namespace keepsake::sync {

namespace {

namespace pb = ::keepsake::wire;

using namespace parsing;

constexpr std::size_t code_bytes = 200;  // an enrolment code with a person's spaces
constexpr std::size_t pem_bytes = 16 * 1024;
constexpr std::size_t sealed_bytes = 256;     // a 32-byte key in a sealed box is 80
constexpr std::size_t identities_most = 600;  // an epoch has 8 bits
constexpr std::size_t stores_per_status = 2000;
constexpr std::size_t terminals_per_store = 2000;

bool is_terminal(std::uint32_t terminal) { return terminal <= TerminalNumber::max; }
bool is_epoch(std::uint32_t epoch) { return epoch <= 255; }

Result<Record> record_from(const pb::Record& from, Seq seq) {
  const std::string where = "record " + std::to_string(seq);
  Record into;
  Bytes16 id{};
  if (from.seq() != seq) return wrong(where + ": seq");
  if (!fill(id, from.id())) return wrong(where + ": id");
  if (!fill(into.hash, from.hash())) return wrong(where + ": hash");
  if (from.type() > 0xFFFF) return wrong(where + ": type");
  if (from.body().size() > limits::fact_body_bytes) return beyond(where + ": body");
  into.seq = seq;
  into.id = fact_id_from(id);
  into.type = static_cast<std::uint16_t>(from.type());
  into.body = from.body();
  return into;
}

template <class Keys>
Result<std::vector<SealedKey>> keys_from(const Keys& from) {
  std::vector<SealedKey> into;
  for (const pb::CustomerKey& key : from) {
    SealedKey& k = into.emplace_back();
    if (!fill(k.customer.bytes, key.customer())) return wrong("keys: customer");
    if (key.sealed().size() > sealed_bytes) return beyond("keys: sealed");
    k.bytes = key.sealed();
  }
  return into;
}

Result<FeedEntry> entry_from(const pb::FeedEntry& from, FeedPosition after) {
  const std::string where = "entry " + std::to_string(from.position());
  FeedEntry into;
  Bytes16 id{};
  if (from.position() <= after) return wrong(where + ": position");
  if (!fill(id, from.id())) return wrong(where + ": id");
  if (from.type() > 0xFFFF) return wrong(where + ": type");
  if (from.body().size() > limits::fact_body_bytes) return beyond(where + ": body");
  if (from.own() && !from.body().empty()) return wrong(where + ": body");
  if (from.store().size() > limits::name_bytes) return beyond(where + ": store");
  if (from.own() && !from.store().empty()) return wrong(where + ": store");
  into.position = from.position();
  into.id = fact_id_from(id);
  into.type = static_cast<std::uint16_t>(from.type());
  into.own = from.own();
  into.body = from.body();
  into.store = from.store();
  return into;
}

Result<StoreStatus> store_from(const pb::StoreStatus& from) {
  StoreStatus into;
  into.store = from.store();
  into.currency = from.currency();
  into.purchases = from.purchases();
  into.purchase_minor = from.purchase_minor();
  into.returns = from.returns();
  into.return_minor = from.return_minor();
  into.customers = from.customers();
  into.warranties = from.warranties();
  into.articles = from.articles();
  into.points_outstanding_hundredths = from.points_outstanding_hundredths();
  into.facts = from.facts();
  into.sales = from.sales();
  into.sales_minor = from.sales_minor();
  into.loads = from.loads();
  into.loads_minor = from.loads_minor();
  into.loads_returned_minor = from.loads_returned_minor();
  if (static_cast<std::size_t>(from.terminals_size()) > terminals_per_store)
    return beyond("terminals");
  for (const pb::TerminalStatus& t : from.terminals()) {
    if (!is_terminal(t.terminal()) || !is_epoch(t.epoch())) return wrong("terminals");
    into.terminals.push_back({{t.terminal()},
                              {static_cast<std::uint8_t>(t.epoch())},
                              t.acked(),
                              t.last_seen_ms(),
                              t.exceptions()});
  }
  return into;
}

/// What proves who asks. A request of an earlier version has none of it: its signature stays zero and
/// is refused as a wrong one is.
bool fill_proof(const pb::EnrolRequest& from, EnrolRequest& into) {
  for (const pb::Identity& each : from.identities()) {
    if (!is_terminal(each.terminal()) || !is_epoch(each.epoch())) return false;
    into.identities.push_back({{each.terminal()}, {static_cast<std::uint8_t>(each.epoch())}});
  }
  const std::string& former = from.former_sign_public();
  if (!former.empty() && former.size() != into.sign_public.size()) return false;
  into.former_sign_public = former;
  into.head = from.head();
  return (from.head_hash().empty() || fill(into.head_hash, from.head_hash())) &&
         (from.signature().empty() || fill(into.signature, from.signature())) &&
         (from.former_signature().empty() || fill(into.former_signature, from.former_signature()));
}

}  // namespace

Bytes32 bytes32(std::string_view bytes) {
  Bytes32 out{};
  [[maybe_unused]] const bool filled = fill(out, bytes);
  assert(filled);
  return out;
}

Bytes64 bytes64(std::string_view bytes) {
  Bytes64 out{};
  [[maybe_unused]] const bool filled = fill(out, bytes);
  assert(filled);
  return out;
}

Result<Batch> decode_batch(std::string_view bytes, Format format) {
  constexpr FieldLimit counts[] = {{pb::Batch::kRecordsFieldNumber, limits::batch_facts},
                                   {pb::Batch::kKeysFieldNumber, limits::batch_facts},
                                   {pb::Batch::kColumnsFieldNumber, columns_most}};
  const auto parsed = parse<pb::Batch>(bytes, format, limits::batch_bytes_inflated, counts);
  if (!parsed) return parsed.error();
  Batch batch;
  batch.first = parsed->first();
  batch.last = parsed->last();
  if (batch.first == 0) return wrong("first");
  // In 64 bits: `last` may be first - 1, and neither may wrap.
  const auto count = static_cast<std::uint64_t>(batch.last) + 1 - batch.first;
  const bool in_columns = parsed->columns_size() > 0 && parsed->records_size() == 0;
  if (in_columns ? count == 0 || count > limits::batch_facts
                 : count != static_cast<std::uint64_t>(parsed->records_size()))
    return wrong("records: not gapless from first to last");
  if (!fill(batch.base_hash, parsed->base_hash())) return wrong("base_hash");
  if (!fill(batch.head_hash, parsed->head_hash())) return wrong("head_hash");
  if (!fill(batch.signature, parsed->signature())) return wrong("signature");
  Seq seq = batch.first;
  for (const pb::Record& record : parsed->records()) {
    auto read = record_from(record, seq++);
    if (!read) return read.error();
    batch.records.push_back(std::move(*read));
  }
  if (in_columns) {
    const std::vector<std::string> columns(parsed->columns().begin(), parsed->columns().end());
    auto records = from_columns(columns, batch.first, static_cast<std::size_t>(count));
    if (!records) return wrong("columns");
    batch.records = std::move(*records);
    batch.records.back().hash = batch.head_hash;
  }
  const Hash& end = batch.records.empty() ? batch.base_hash : batch.records.back().hash;
  if (end != batch.head_hash) return wrong("head_hash: not the last record's");
  auto keys = keys_from(parsed->keys());
  if (!keys) return keys.error();
  batch.keys = std::move(*keys);
  return batch;
}

Result<OpaqueRecord> decode_opaque_record(std::string_view bytes, Format format) {
  const auto parsed = parse<pb::OpaqueRecord>(bytes, format, request_bytes);
  if (!parsed) return parsed.error();
  OpaqueRecord record;
  Bytes16 id{};
  if (parsed->seq() == 0) return wrong("seq");
  if (!fill(id, parsed->id())) return wrong("id");
  if (parsed->type() > 0xFFFF) return wrong("type");
  if (!fill(record.base_hash, parsed->base_hash())) return wrong("base_hash");
  if (!fill(record.hash, parsed->hash())) return wrong("hash");
  if (parsed->sealed().empty()) return wrong("sealed");
  if (!fill(record.signature, parsed->signature())) return wrong("signature");
  record.seq = parsed->seq();
  record.id = fact_id_from(id);
  record.type = static_cast<std::uint16_t>(parsed->type());
  record.sealed = parsed->sealed();
  return record;
}

Result<Acknowledgement> decode_acknowledgement(std::string_view bytes, Format format) {
  constexpr FieldLimit counts[] = {
      {pb::Acknowledgement::kOutcomesFieldNumber, outcomes_per_answer}};
  const auto parsed = parse<pb::Acknowledgement>(bytes, format, answer_bytes, counts);
  if (!parsed) return parsed.error();
  Acknowledgement ack;
  if (!is_terminal(parsed->terminal())) return wrong("terminal");
  if (!is_epoch(parsed->epoch())) return wrong("epoch");
  if (!fill(ack.acked_hash, parsed->acked_hash())) return wrong("acked_hash");
  ack.terminal.value = parsed->terminal();
  ack.epoch.value = static_cast<std::uint8_t>(parsed->epoch());
  ack.acked = parsed->acked();
  auto outcomes = outcomes_from(parsed->outcomes());
  if (!outcomes) return outcomes.error();
  ack.outcomes = std::move(*outcomes);
  return ack;
}

Result<SignedAcknowledgement> decode_signed_acknowledgement(std::string_view bytes, Format format) {
  const auto parsed = parse<pb::SignedAcknowledgement>(bytes, format, answer_bytes);
  if (!parsed) return parsed.error();
  SignedAcknowledgement ack;
  if (!fill(ack.signature, parsed->signature())) return wrong("signature");
  ack.acknowledgement = parsed->acknowledgement();
  return ack;
}

Result<FeedPage> decode_feed_page(std::string_view bytes, Format format) {
  constexpr FieldLimit counts[] = {{pb::FeedPage::kEntriesFieldNumber, limits::feed_entries},
                                   {pb::FeedPage::kKeysFieldNumber, limits::feed_entries},
                                   {pb::FeedPage::kOutcomesFieldNumber, outcomes_per_answer}};
  const auto parsed = parse<pb::FeedPage>(bytes, format, answer_bytes, counts);
  if (!parsed) return parsed.error();
  FeedPage page;
  page.generation = parsed->generation();
  page.after = parsed->after();
  page.head = parsed->head();
  page.complete = parsed->complete();
  page.whole = parsed->whole();
  page.reservation_change = parsed->reservation_change();
  if (page.reservation_change < 0) return wrong("reservation_change");
  if (page.generation <= 0) return wrong("generation");
  if (page.after < 0 || page.head < page.after) return wrong("head");
  FeedPosition last = page.after;
  for (const pb::FeedEntry& entry : parsed->entries()) {
    auto read = entry_from(entry, last);
    if (!read) return read.error();
    last = read->position;
    page.entries.push_back(std::move(*read));
  }
  if (last > page.head) return wrong("head: before the last entry");
  auto keys = keys_from(parsed->keys());
  if (!keys) return keys.error();
  page.keys = std::move(*keys);
  auto outcomes = outcomes_from(parsed->outcomes());
  if (!outcomes) return outcomes.error();
  page.outcomes = std::move(*outcomes);
  return page;
}

Result<SignedFeedPage> decode_signed_feed_page(std::string_view bytes, Format format) {
  const auto parsed = parse<pb::SignedFeedPage>(bytes, format, answer_bytes);
  if (!parsed) return parsed.error();
  SignedFeedPage page;
  if (!fill(page.signature, parsed->signature())) return wrong("signature");
  page.page = parsed->page();
  return page;
}

Result<Problem> decode_problem(std::string_view bytes, Format format) {
  const auto parsed = parse<pb::Problem>(bytes, format, answer_bytes);
  if (!parsed) return parsed.error();
  if (parsed->code().size() > limits::code_bytes || parsed->message().size() > limits::text_bytes) {
    return beyond("problem");
  }
  return Problem{parsed->code(), parsed->message(), parsed->expected()};
}

Result<EnrolRequest> decode_enrol_request(std::string_view bytes, Format format) {
  constexpr FieldLimit counts[] = {{pb::EnrolRequest::kIdentitiesFieldNumber, identities_most}};
  const auto parsed = parse<pb::EnrolRequest>(bytes, format, enrol_bytes, counts);
  if (!parsed) return parsed.error();
  EnrolRequest request;
  if (!fill(request.sign_public, parsed->sign_public())) return wrong("sign_public");
  if (!fill(request.box_public, parsed->box_public())) return wrong("box_public");
  if (parsed->code().size() > code_bytes) return beyond("code");
  if (parsed->device().size() > limits::name_bytes) return beyond("device");
  request.code = parsed->code();
  request.csr_pem = parsed->csr_pem();
  request.device = parsed->device();
  if (!fill_proof(*parsed, request)) return wrong("signature");
  return request;
}

Result<EnrolAnswer> decode_enrol_answer(std::string_view bytes, Format format) {
  const auto parsed = parse<pb::EnrolAnswer>(bytes, format, answer_bytes);
  if (!parsed) return parsed.error();
  EnrolAnswer answer;
  if (!is_terminal(parsed->terminal())) return wrong("terminal");
  if (!is_epoch(parsed->epoch())) return wrong("epoch");
  if (!fill(answer.central_sign_public, parsed->central_sign_public())) return wrong("sign_public");
  if (!fill(answer.central_box_public, parsed->central_box_public())) return wrong("box_public");
  if (parsed->store().size() > limits::name_bytes) return beyond("store");
  if (parsed->certificate_pem().size() > pem_bytes || parsed->ca_pem().size() > pem_bytes) {
    return beyond("certificate");
  }
  answer.terminal.value = parsed->terminal();
  answer.epoch.value = static_cast<std::uint8_t>(parsed->epoch());
  answer.store = parsed->store();
  answer.till = parsed->till();
  answer.certificate_pem = parsed->certificate_pem();
  answer.ca_pem = parsed->ca_pem();
  return answer;
}

Result<ContactKey> decode_look_up(std::string_view bytes, Format format) {
  const auto parsed = parse<pb::LookUpRequest>(bytes, format, enrol_bytes);
  if (!parsed) return parsed.error();
  if (parsed->value().empty()) return wrong("value");
  if (parsed->value().size() > limits::text_bytes) return beyond("value");
  const auto kind = static_cast<ContactKind>(parsed->kind());
  if (kind != ContactKind::phone && kind != ContactKind::email && kind != ContactKind::card)
    return wrong("kind");
  return ContactKey{kind, parsed->value()};
}

Result<LookUpAnswer> decode_look_up_answer(std::string_view bytes, Format format) {
  const auto parsed = parse<pb::LookUpAnswer>(bytes, format, answer_bytes);
  if (!parsed) return parsed.error();
  return LookUpAnswer{parsed->found()};
}

Result<RenewRequest> decode_renew_request(std::string_view bytes, Format format) {
  const auto parsed = parse<pb::RenewRequest>(bytes, format, enrol_bytes);
  if (!parsed) return parsed.error();
  return RenewRequest{parsed->csr_pem()};
}

Result<RenewAnswer> decode_renew_answer(std::string_view bytes, Format format) {
  const auto parsed = parse<pb::RenewAnswer>(bytes, format, answer_bytes);
  if (!parsed) return parsed.error();
  if (parsed->certificate_pem().size() > pem_bytes) return beyond("certificate");
  return RenewAnswer{parsed->certificate_pem()};
}

Result<Status> decode_status(std::string_view bytes, Format format) {
  constexpr FieldLimit counts[] = {{pb::Status::kStoresFieldNumber, stores_per_status}};
  const auto parsed = parse<pb::Status>(bytes, format, answer_bytes, counts);
  if (!parsed) return parsed.error();
  Status status;
  status.version = parsed->version();
  for (const pb::StoreStatus& store : parsed->stores()) {
    auto read = store_from(store);
    if (!read) return read.error();
    status.stores.push_back(std::move(*read));
  }
  return status;
}

}  // namespace keepsake::sync
