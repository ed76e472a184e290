#include "sync/wire/mirror.hpp"

#include "storage/domain/values/address.hpp"
#include "storage/domain/values/limits.hpp"
#include "sync/wire/mirror.pb.h"
#include "sync/wire/parsing.hpp"
#include "sync/wire/writing.hpp"

namespace keepsake::sync {

namespace {

namespace pb = ::keepsake::wire;

using namespace parsing;
using namespace writing;

constexpr std::size_t neighbours_bytes = 256 * 1024;

Result<std::vector<std::string>> addresses_from(
    const google::protobuf::RepeatedPtrField<std::string>& from) {
  if (static_cast<std::size_t>(from.size()) > addresses_most) return beyond("addresses");
  std::vector<std::string> addresses;
  for (const std::string& each : from) {
    const auto address = parse_address(each);
    if (!address || address->port == 0) return wrong("address");
    addresses.push_back(to_text(*address));
  }
  return addresses;
}

Result<TerminalIdentity> identity_from(std::uint32_t terminal, std::uint32_t epoch) {
  if (terminal == 0 || terminal > TerminalNumber::max || TerminalNumber{terminal}.provisional())
    return wrong("terminal");
  if (epoch == 0 || epoch > 255) return wrong("epoch");
  return TerminalIdentity{{terminal}, {static_cast<std::uint8_t>(epoch)}};
}

/// A whole answer as it was signed, or nothing.
Result<std::string> acknowledgement_from(const std::string& from) {
  if (from.size() > answer_bytes) return beyond("acknowledgement");
  return from;
}

Result<MirroredBatch> batch_from(const pb::MirrorRequest& from) {
  MirroredBatch batch;
  batch.first = from.first();
  batch.last = from.last();
  batch.sealed = from.sealed();
  if (batch.first == 0 || batch.last < batch.first) return wrong("first");
  if (batch.last - batch.first >= limits::batch_facts) return beyond("last");
  if (batch.sealed.size() > sealed_batch_bytes) return beyond("sealed");
  if (!fill(batch.base_hash, from.base_hash()) || !fill(batch.head_hash, from.head_hash()))
    return wrong("hash");
  return batch;
}

}  // namespace

std::string encode(const NeighboursRequest& request, Format format) {
  pb::NeighboursRequest out;
  for (const std::string& each : request.addresses) out.add_addresses(each);
  return write(out, format);
}

std::string encode(const NeighboursAnswer& answer, Format format) {
  pb::NeighboursAnswer out;
  for (const Neighbour& each : answer.neighbours) {
    pb::Neighbour& into = *out.add_neighbours();
    into.set_terminal(each.identity.terminal.value);
    into.set_epoch(each.identity.epoch.value);
    into.set_till(each.till);
    for (const std::string& address : each.addresses) into.add_addresses(address);
  }
  return write(out, format);
}

std::string encode(const MirrorRequest& request, Format format) {
  pb::MirrorRequest out;
  out.set_acked(request.acked);
  out.set_acknowledgement(request.acknowledgement);
  if (request.own) {
    out.set_seq(request.own->seq);
    out.set_hash(text(request.own->hash));
  }
  if (request.batch) {
    out.set_first(request.batch->first);
    out.set_last(request.batch->last);
    out.set_base_hash(text(request.batch->base_hash));
    out.set_head_hash(text(request.batch->head_hash));
    out.set_sealed(request.batch->sealed);
  }
  return write(out, format);
}

std::string encode(const MirrorAnswer& answer, Format format) {
  pb::MirrorAnswer out;
  out.set_held(answer.held.seq);
  out.set_held_hash(text(answer.held.hash));
  out.set_acknowledgement(answer.acknowledgement);
  out.set_full(answer.full);
  return write(out, format);
}

std::string encode(const HandIn& hand_in, Format format) {
  pb::HandIn out;
  out.set_terminal(hand_in.whose.terminal.value);
  out.set_epoch(hand_in.whose.epoch.value);
  for (const HandedIn& each : hand_in.batches) {
    pb::HandedIn& into = *out.add_batches();
    into.set_sealed(each.sealed);
    into.set_kept_ms(each.kept.ms);
  }
  return write(out, format);
}

std::string encode(const HandInAnswer& answer, Format format) {
  pb::HandInAnswer out;
  out.set_taken(answer.taken);
  out.set_code(answer.code);
  out.set_message(answer.message);
  out.set_acknowledgement(answer.acknowledgement);
  return write(out, format);
}

Result<NeighboursRequest> decode_neighbours_request(std::string_view bytes, Format format) {
  constexpr FieldLimit counts[] = {{pb::NeighboursRequest::kAddressesFieldNumber, addresses_most}};
  const auto parsed = parse<pb::NeighboursRequest>(bytes, format, enrol_bytes, counts);
  if (!parsed) return parsed.error();
  auto addresses = addresses_from(parsed->addresses());
  if (!addresses) return addresses.error();
  return NeighboursRequest{std::move(*addresses)};
}

Result<NeighboursAnswer> decode_neighbours_answer(std::string_view bytes, Format format) {
  constexpr FieldLimit counts[] = {{pb::NeighboursAnswer::kNeighboursFieldNumber, neighbours_most}};
  const auto parsed = parse<pb::NeighboursAnswer>(bytes, format, neighbours_bytes, counts);
  if (!parsed) return parsed.error();
  NeighboursAnswer answer;
  for (const pb::Neighbour& each : parsed->neighbours()) {
    const auto identity = identity_from(each.terminal(), each.epoch());
    if (!identity) return identity.error();
    auto addresses = addresses_from(each.addresses());
    if (!addresses) return addresses.error();
    answer.neighbours.push_back({*identity, each.till(), std::move(*addresses)});
  }
  return answer;
}

Result<MirrorRequest> decode_mirror_request(std::string_view bytes, Format format) {
  const auto parsed = parse<pb::MirrorRequest>(bytes, format, mirror_bytes);
  if (!parsed) return parsed.error();
  MirrorRequest request;
  request.acked = parsed->acked();
  auto acknowledgement = acknowledgement_from(parsed->acknowledgement());
  if (!acknowledgement) return acknowledgement.error();
  request.acknowledgement = std::move(*acknowledgement);
  if (!parsed->hash().empty()) {
    ChainPlace place{parsed->seq(), {}};
    if (place.seq == 0 || !fill(place.hash, parsed->hash())) return wrong("hash");
    request.own = place;
  }
  if (parsed->sealed().empty()) return request;
  auto batch = batch_from(*parsed);
  if (!batch) return batch.error();
  request.batch = std::move(*batch);
  return request;
}

Result<MirrorAnswer> decode_mirror_answer(std::string_view bytes, Format format) {
  const auto parsed = parse<pb::MirrorAnswer>(bytes, format, answer_bytes + 4096);
  if (!parsed) return parsed.error();
  MirrorAnswer answer;
  answer.held.seq = parsed->held();
  if (!fill(answer.held.hash, parsed->held_hash())) return wrong("held_hash");
  auto acknowledgement = acknowledgement_from(parsed->acknowledgement());
  if (!acknowledgement) return acknowledgement.error();
  answer.acknowledgement = std::move(*acknowledgement);
  answer.full = parsed->full();
  return answer;
}

Result<HandIn> decode_hand_in(std::string_view bytes, Format format) {
  constexpr FieldLimit counts[] = {{pb::HandIn::kBatchesFieldNumber, handed_in_at_once}};
  const auto parsed = parse<pb::HandIn>(bytes, format, hand_in_bytes, counts);
  if (!parsed) return parsed.error();
  const auto whose = identity_from(parsed->terminal(), parsed->epoch());
  if (!whose) return whose.error();
  HandIn hand_in{*whose, {}};
  for (const pb::HandedIn& each : parsed->batches()) {
    if (each.sealed().empty()) return wrong("sealed");
    if (each.sealed().size() > sealed_batch_bytes) return beyond("sealed");
    hand_in.batches.push_back({each.sealed(), {each.kept_ms()}});
  }
  if (hand_in.batches.empty()) return wrong("batches");
  return hand_in;
}

Result<HandInAnswer> decode_hand_in_answer(std::string_view bytes, Format format) {
  const auto parsed = parse<pb::HandInAnswer>(bytes, format, answer_bytes + 4096);
  if (!parsed) return parsed.error();
  if (parsed->code().size() > limits::code_bytes || parsed->message().size() > limits::text_bytes)
    return beyond("code");
  auto acknowledgement = acknowledgement_from(parsed->acknowledgement());
  if (!acknowledgement) return acknowledgement.error();
  return HandInAnswer{parsed->taken(), parsed->code(), parsed->message(),
                      std::move(*acknowledgement)};
}

}  // namespace keepsake::sync
