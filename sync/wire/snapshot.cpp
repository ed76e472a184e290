#include "sync/wire/snapshot.hpp"

#include "sync/wire/endpoints.hpp"
#include "sync/wire/outcomes.hpp"
#include "sync/wire/parsing.hpp"
#include "sync/wire/push.pb.h"
#include "sync/wire/writing.hpp"

namespace keepsake::sync {

namespace {

namespace pb = ::keepsake::wire;

using namespace parsing;
using namespace writing;

constexpr std::size_t sealed_key_bytes = 48 + 32;  // a sealed box around the key

}  // namespace

std::uint32_t snapshot_parts(std::int64_t bytes) {
  constexpr auto part = static_cast<std::int64_t>(snapshot_part_bytes);
  return static_cast<std::uint32_t>((bytes + part - 1) / part);
}

std::string encode(const SnapshotOffer& offer, Format format) {
  pb::SnapshotOffer out;
  out.set_id(text(offer.base.id.bytes));
  out.set_generation(offer.base.at.generation);
  out.set_position(offer.base.at.position);
  out.set_hash(text(offer.base.hash));
  out.set_placed(offer.base.placed);
  if (offer.base.placed > 0) out.set_placed_id(text(to_bytes(offer.placed_id)));
  out.set_records(offer.records);
  out.set_bytes(offer.bytes);
  out.set_content(text(offer.content));
  out.set_key_parts(offer.key_parts);
  out.set_key(offer.key);
  put(offer.outcomes, *out.mutable_outcomes());
  return write(out, format);
}

std::string encode(const SignedSnapshotOffer& offer, Format format) {
  pb::SignedSnapshotOffer out;
  out.set_offer(offer.offer);
  out.set_signature(text(offer.signature));
  return write(out, format);
}

Result<SnapshotOffer> decode_snapshot_offer(std::string_view bytes, Format format) {
  constexpr FieldLimit counts[] = {{pb::SnapshotOffer::kOutcomesFieldNumber, outcomes_per_answer}};
  const auto parsed = parse<pb::SnapshotOffer>(bytes, format, answer_bytes, counts);
  if (!parsed) return parsed.error();
  SnapshotOffer offer;
  if (!fill(offer.base.id.bytes, parsed->id())) return wrong("id");
  offer.base.at = {parsed->generation(), parsed->position()};
  if (offer.base.at.generation <= 0 || offer.base.at.position <= 0) return wrong("position");
  if (!fill(offer.base.hash, parsed->hash())) return wrong("hash");
  offer.base.placed = parsed->placed();
  Bytes16 id{};
  if (offer.base.placed > 0 && !fill(id, parsed->placed_id())) return wrong("placed_id");
  if (offer.base.placed > 0) offer.placed_id = fact_id_from(id);
  offer.records = parsed->records();
  if (offer.records <= 0) return wrong("records");
  offer.bytes = parsed->bytes();
  if (offer.bytes <= 0) return wrong("bytes");
  if (offer.bytes > snapshot_bytes) return beyond("bytes");
  offer.row_parts = snapshot_parts(offer.bytes);
  if (!fill(offer.content, parsed->content())) return wrong("content");
  offer.key_parts = parsed->key_parts();
  if (offer.key_parts > snapshot_parts(snapshot_bytes)) return beyond("key_parts");
  offer.key = parsed->key();
  if (offer.key.size() != sealed_key_bytes) return wrong("key");
  auto outcomes = outcomes_from(parsed->outcomes());
  if (!outcomes) return outcomes.error();
  offer.outcomes = std::move(*outcomes);
  return offer;
}

Result<SignedSnapshotOffer> decode_signed_snapshot_offer(std::string_view bytes, Format format) {
  const auto parsed = parse<pb::SignedSnapshotOffer>(bytes, format, answer_bytes);
  if (!parsed) return parsed.error();
  SignedSnapshotOffer offer;
  if (!fill(offer.signature, parsed->signature())) return wrong("signature");
  offer.offer = parsed->offer();
  return offer;
}

}  // namespace keepsake::sync
