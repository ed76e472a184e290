#include "sync/wire/reservations.hpp"

#include "storage/domain/values/limits.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/parsing.hpp"
#include "sync/wire/push.pb.h"
#include "sync/wire/writing.hpp"

namespace keepsake::sync {

namespace {

namespace pb = ::keepsake::wire;

using namespace parsing;
using namespace writing;

void put(const Resource& from, pb::Resource& into) {
  into.set_kind(from.kind);
  into.set_owner(from.owner);
  into.set_unit(from.unit);
}

Result<ReservationId> id_from(const std::string& from) {
  ReservationId id;
  if (!fill(id.bytes, from)) return wrong("id");
  return id;
}

Result<Resource> resource_from(const pb::Resource& from) {
  Resource into{from.kind(), from.owner(), from.unit()};
  if (into.kind.empty() || into.owner.empty()) return wrong("resource");
  if (into.kind.size() > limits::code_bytes || into.owner.size() > limits::code_bytes ||
      into.unit.size() > limits::code_bytes)
    return beyond("resource");
  return into;
}

Result<std::vector<ReservationId>> ids_from(
    const google::protobuf::RepeatedPtrField<std::string>& from) {
  std::vector<ReservationId> ids;
  for (const std::string& each : from) {
    const auto id = id_from(each);
    if (!id) return id.error();
    ids.push_back(*id);
  }
  return ids;
}

Result<Reservation> reservation_from(const pb::Reservation& from) {
  const auto id = id_from(from.id());
  if (!id) return id.error();
  auto resource = resource_from(from.resource());
  if (!resource) return resource.error();
  if (from.kind() != pb::Reservation::HOLD && from.kind() != pb::Reservation::LEASE)
    return wrong("kind");
  // All of a lease may have become a hold.
  const std::int64_t least = from.kind() == pb::Reservation::LEASE ? 0 : 1;
  if (from.quantity() < least) return wrong("quantity");
  return Reservation{
      *id,
      from.kind() == pb::Reservation::HOLD ? ReservationKind::hold : ReservationKind::lease,
      std::move(*resource),
      from.quantity(),
      {from.until_ms()}};
}

}  // namespace

std::string encode(const ReservationRequest& request, Format format) {
  pb::ReservationRequest out;
  out.set_known(request.known);
  for (const GivenBack& each : request.given_back) {
    pb::GivenBack& back = *out.add_given_back();
    back.set_id(text(each.id.bytes));
    back.set_used(each.used);
  }
  for (const WantedHold& each : request.wanted) {
    pb::WantedHold& wanted = *out.add_wanted();
    wanted.set_id(text(each.id.bytes));
    put(each.resource, *wanted.mutable_resource());
    wanted.set_quantity(each.quantity);
  }
  for (const LeaseUsed& each : request.leases) {
    pb::LeaseUsed& lease = *out.add_leases();
    lease.set_id(text(each.id.bytes));
    lease.set_used(each.used);
  }
  return write(out, format);
}

std::string encode(const ReservationAnswer& answer, Format format) {
  pb::ReservationAnswer out;
  out.set_change(answer.news.change.value_or(0));
  out.set_complete(answer.complete);
  out.set_afresh(answer.news.afresh);
  if (answer.news.leases_until) out.set_leases_until_ms(answer.news.leases_until->ms);
  for (const Reservation& each : answer.news.put) {
    pb::Reservation& into = *out.add_put();
    into.set_id(text(each.id.bytes));
    into.set_kind(each.kind == ReservationKind::hold ? pb::Reservation::HOLD
                                                     : pb::Reservation::LEASE);
    put(each.resource, *into.mutable_resource());
    into.set_quantity(each.quantity);
    into.set_until_ms(each.until.ms);
  }
  for (const ReservationId& each : answer.news.recalled) out.add_recalled(text(each.bytes));
  for (const ReservationId& each : answer.news.ended) out.add_ended(text(each.bytes));
  for (const HoldRefused& each : answer.refused) {
    pb::HoldRefused& refused = *out.add_refused();
    refused.set_id(text(each.id.bytes));
    refused.set_available(each.available);
    refused.set_reserved(each.reserved);
  }
  return write(out, format);
}

std::string encode(const SignedReservationAnswer& answer, Format format) {
  pb::SignedReservationAnswer out;
  out.set_answer(answer.answer);
  out.set_signature(text(answer.signature));
  return write(out, format);
}

Result<ReservationRequest> decode_reservation_request(std::string_view bytes, Format format) {
  constexpr FieldLimit counts[] = {
      {pb::ReservationRequest::kGivenBackFieldNumber, reservations_per_answer},
      {pb::ReservationRequest::kWantedFieldNumber, limits::reservations_per_fact},
      {pb::ReservationRequest::kLeasesFieldNumber, reservations_per_answer}};
  const auto parsed = parse<pb::ReservationRequest>(bytes, format, reservation_bytes, counts);
  if (!parsed) return parsed.error();
  ReservationRequest request;
  request.known = parsed->known();
  if (request.known < 0) return wrong("known");
  for (const pb::GivenBack& each : parsed->given_back()) {
    const auto id = id_from(each.id());
    if (!id) return id.error();
    if (each.used() < 0) return wrong("used");
    request.given_back.push_back({*id, each.used()});
  }
  for (const pb::WantedHold& each : parsed->wanted()) {
    const auto id = id_from(each.id());
    if (!id) return id.error();
    auto resource = resource_from(each.resource());
    if (!resource) return resource.error();
    if (each.quantity() <= 0) return wrong("quantity");
    request.wanted.push_back({*id, std::move(*resource), each.quantity()});
  }
  for (const pb::LeaseUsed& each : parsed->leases()) {
    const auto id = id_from(each.id());
    if (!id) return id.error();
    if (each.used() < 0) return wrong("used");
    request.leases.push_back({*id, each.used()});
  }
  return request;
}

Result<ReservationAnswer> decode_reservation_answer(std::string_view bytes, Format format) {
  constexpr FieldLimit counts[] = {
      {pb::ReservationAnswer::kPutFieldNumber, reservations_per_answer},
      {pb::ReservationAnswer::kRecalledFieldNumber, reservations_per_answer},
      {pb::ReservationAnswer::kEndedFieldNumber, reservations_per_answer},
      {pb::ReservationAnswer::kRefusedFieldNumber, limits::reservations_per_fact}};
  const auto parsed = parse<pb::ReservationAnswer>(bytes, format, answer_bytes, counts);
  if (!parsed) return parsed.error();
  ReservationAnswer answer;
  if (parsed->change() < 0) return wrong("change");
  answer.news.change = parsed->change();
  answer.complete = parsed->complete();
  answer.news.afresh = parsed->afresh();
  if (parsed->leases_until_ms() != 0) answer.news.leases_until = Instant{parsed->leases_until_ms()};
  for (const pb::Reservation& each : parsed->put()) {
    auto reservation = reservation_from(each);
    if (!reservation) return reservation.error();
    answer.news.put.push_back(std::move(*reservation));
  }
  auto recalled = ids_from(parsed->recalled());
  if (!recalled) return recalled.error();
  answer.news.recalled = std::move(*recalled);
  auto ended = ids_from(parsed->ended());
  if (!ended) return ended.error();
  answer.news.ended = std::move(*ended);
  for (const pb::HoldRefused& each : parsed->refused()) {
    const auto id = id_from(each.id());
    if (!id) return id.error();
    if (each.available() < 0 || each.reserved() < 0) return wrong("refused");
    answer.refused.push_back({*id, each.available(), each.reserved()});
  }
  return answer;
}

Result<SignedReservationAnswer> decode_signed_reservation_answer(std::string_view bytes,
                                                                 Format format) {
  const auto parsed = parse<pb::SignedReservationAnswer>(bytes, format, answer_bytes);
  if (!parsed) return parsed.error();
  SignedReservationAnswer answer;
  if (!fill(answer.signature, parsed->signature())) return wrong("signature");
  answer.answer = parsed->answer();
  return answer;
}

}  // namespace keepsake::sync
