// Messages to bytes.

#include "storage/domain/customer/contact_key.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/columns.hpp"
#include "sync/wire/outcomes.hpp"
#include "sync/wire/push.pb.h"
#include "sync/wire/writing.hpp"

namespace keepsake::sync {

namespace {

namespace pb = ::keepsake::wire;

using namespace writing;

/// What columns save of fewer is less than what they cost.
constexpr std::size_t records_worth_columns = 16;

void put(const SealedKey& from, pb::CustomerKey& into) {
  into.set_customer(text(from.customer.bytes));
  into.set_sealed(from.bytes);
}

pb::StoreStatus to_proto(const StoreStatus& from) {
  pb::StoreStatus into;
  into.set_store(from.store);
  into.set_currency(from.currency);
  into.set_purchases(from.purchases);
  into.set_purchase_minor(from.purchase_minor);
  into.set_returns(from.returns);
  into.set_return_minor(from.return_minor);
  into.set_customers(from.customers);
  into.set_warranties(from.warranties);
  into.set_articles(from.articles);
  into.set_points_outstanding_hundredths(from.points_outstanding_hundredths);
  into.set_facts(from.facts);
  into.set_sales(from.sales);
  into.set_sales_minor(from.sales_minor);
  into.set_loads(from.loads);
  into.set_loads_minor(from.loads_minor);
  into.set_loads_returned_minor(from.loads_returned_minor);
  for (const TerminalStatus& terminal : from.terminals) {
    pb::TerminalStatus& t = *into.add_terminals();
    t.set_terminal(terminal.terminal.value);
    t.set_epoch(terminal.epoch.value);
    t.set_acked(terminal.acked);
    t.set_last_seen_ms(terminal.last_seen_ms);
    t.set_exceptions(terminal.exceptions);
  }
  return into;
}

}  // namespace

Format format_of(std::string_view header) {
  return header.find(json_type) == std::string_view::npos ? Format::binary : Format::json;
}

std::string_view content_type(Format format) {
  return format == Format::json ? json_type : binary_type;
}

std::string encode(const Batch& batch, Format format) {
  pb::Batch out;
  out.set_first(batch.first);
  out.set_last(batch.last);
  out.set_base_hash(text(batch.base_hash));
  out.set_head_hash(text(batch.head_hash));
  out.set_signature(text(batch.signature));
  for (const Record& record : batch.records) {
    pb::Record& r = *out.add_records();
    r.set_seq(record.seq);
    r.set_id(text(to_bytes(record.id)));
    r.set_type(record.type);
    r.set_body(record.body);
    r.set_hash(text(record.hash));
  }
  for (const SealedKey& key : batch.keys) put(key, *out.add_keys());
  return write(out, format);
}

std::vector<std::string> encode_in_pieces(const Batch& batch) {
  auto columns =
      batch.records.size() < records_worth_columns ? std::nullopt : to_columns(batch.records);
  if (!columns) return {encode(batch)};
  Batch head = batch;
  head.records.clear();
  std::vector<std::string> pieces{encode(head)};
  for (std::string& column : *columns) {
    pb::Batch one;
    one.add_columns(std::move(column));
    pieces.push_back(one.SerializeAsString());
  }
  return pieces;
}

std::string encode(const OpaqueRecord& record, Format format) {
  pb::OpaqueRecord out;
  out.set_seq(record.seq);
  out.set_id(text(to_bytes(record.id)));
  out.set_type(record.type);
  out.set_base_hash(text(record.base_hash));
  out.set_hash(text(record.hash));
  out.set_sealed(record.sealed);
  out.set_signature(text(record.signature));
  return write(out, format);
}

std::string encode(const Acknowledgement& acknowledgement, Format format) {
  pb::Acknowledgement out;
  out.set_terminal(acknowledgement.terminal.value);
  out.set_epoch(acknowledgement.epoch.value);
  out.set_acked(acknowledgement.acked);
  out.set_acked_hash(text(acknowledgement.acked_hash));
  put(acknowledgement.outcomes, *out.mutable_outcomes());
  return write(out, format);
}

std::string encode(const SignedAcknowledgement& signed_ack, Format format) {
  pb::SignedAcknowledgement out;
  out.set_acknowledgement(signed_ack.acknowledgement);
  out.set_signature(text(signed_ack.signature));
  return write(out, format);
}

std::string encode(const FeedPage& page, Format format) {
  pb::FeedPage out;
  out.set_generation(page.generation);
  out.set_after(page.after);
  out.set_head(page.head);
  out.set_complete(page.complete);
  out.set_whole(page.whole);
  out.set_reservation_change(page.reservation_change);
  for (const FeedEntry& entry : page.entries) {
    pb::FeedEntry& e = *out.add_entries();
    e.set_position(entry.position);
    e.set_id(text(to_bytes(entry.id)));
    e.set_type(entry.type);
    e.set_own(entry.own);
    e.set_body(entry.body);
    e.set_store(entry.store);
  }
  for (const SealedKey& key : page.keys) put(key, *out.add_keys());
  put(page.outcomes, *out.mutable_outcomes());
  return write(out, format);
}

std::string encode(const SignedFeedPage& signed_page, Format format) {
  pb::SignedFeedPage out;
  out.set_page(signed_page.page);
  out.set_signature(text(signed_page.signature));
  return write(out, format);
}

std::string encode(const Problem& problem, Format format) {
  pb::Problem out;
  out.set_code(problem.code);
  out.set_message(problem.message);
  out.set_expected(problem.expected);
  return write(out, format);
}

std::string encode(const EnrolRequest& request, Format format) {
  pb::EnrolRequest out;
  out.set_code(request.code);
  out.set_csr_pem(request.csr_pem);
  out.set_sign_public(text(request.sign_public));
  out.set_box_public(text(request.box_public));
  out.set_device(request.device);
  for (const TerminalIdentity& each : request.identities) {
    pb::Identity& identity = *out.add_identities();
    identity.set_terminal(each.terminal.value);
    identity.set_epoch(each.epoch.value);
  }
  out.set_head(request.head);
  out.set_head_hash(text(request.head_hash));
  out.set_former_sign_public(request.former_sign_public);
  out.set_signature(text(request.signature));
  out.set_former_signature(text(request.former_signature));
  return write(out, format);
}

std::string encode(const EnrolAnswer& answer, Format format) {
  pb::EnrolAnswer out;
  out.set_terminal(answer.terminal.value);
  out.set_epoch(answer.epoch.value);
  out.set_store(answer.store);
  out.set_certificate_pem(answer.certificate_pem);
  out.set_ca_pem(answer.ca_pem);
  out.set_central_sign_public(text(answer.central_sign_public));
  out.set_central_box_public(text(answer.central_box_public));
  out.set_till(answer.till);
  return write(out, format);
}

std::string encode(const ContactKey& look_up, Format format) {
  pb::LookUpRequest out;
  out.set_kind(static_cast<pb::LookUpRequest::Kind>(look_up.kind));
  out.set_value(look_up.value);
  return write(out, format);
}

std::string encode(const LookUpAnswer& answer, Format format) {
  pb::LookUpAnswer out;
  out.set_found(answer.found);
  return write(out, format);
}

std::string encode(const RenewRequest& request, Format format) {
  pb::RenewRequest out;
  out.set_csr_pem(request.csr_pem);
  return write(out, format);
}

std::string encode(const RenewAnswer& answer, Format format) {
  pb::RenewAnswer out;
  out.set_certificate_pem(answer.certificate_pem);
  return write(out, format);
}

std::string encode(const Status& status, Format format) {
  pb::Status out;
  out.set_version(status.version);
  for (const StoreStatus& store : status.stores) *out.add_stores() = to_proto(store);
  return write(out, format);
}

}  // namespace keepsake::sync
