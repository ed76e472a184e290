#include "sync/wire/snapshot.hpp"

#include <doctest/doctest.h>
#include <functional>

#include "sync/wire/endpoints.hpp"

using namespace keepsake;
using namespace keepsake::sync;

namespace {

SnapshotOffer any_offer() {
  SnapshotOffer offer;
  offer.base.id.bytes = {1, 2, 3};
  offer.base.at = {7, 4711};
  offer.base.hash = {9};
  offer.base.placed = 12;
  offer.placed_id = FactId{11, 12};
  offer.records = 25;
  offer.bytes = static_cast<std::int64_t>(snapshot_part_bytes) + 1;
  offer.content = {4};
  offer.row_parts = 2;
  offer.key_parts = 1;
  offer.key = std::string(80, 'k');
  offer.outcomes = {{4, "warranty.disputed", "The item has cover already"},
                    {9, "erasure.owed", ""}};
  return offer;
}

}  // namespace

TEST_CASE("an offer of a snapshot is the same after its way, as bytes and as JSON") {
  const SnapshotOffer offer = any_offer();
  for (const Format format : {Format::binary, Format::json}) {
    CHECK(decode_snapshot_offer(encode(offer, format), format).value() == offer);
    const SignedSnapshotOffer given{encode(offer), {3}};
    CHECK(decode_signed_snapshot_offer(encode(given, format), format).value() == given);
  }
}

TEST_CASE("an offer that cannot be is refused, and what is wrong is named") {
  const auto refused = [](const std::function<void(SnapshotOffer&)>& change) {
    SnapshotOffer offer = any_offer();
    change(offer);
    const auto decoded = decode_snapshot_offer(encode(offer));
    return decoded ? "" : decoded.error().where;
  };
  CHECK(refused([](SnapshotOffer& offer) { offer.base.at.generation = 0; }) == "position");
  CHECK(refused([](SnapshotOffer& offer) { offer.base.at.position = -1; }) == "position");
  CHECK(refused([](SnapshotOffer& offer) { offer.records = 0; }) == "records");
  CHECK(refused([](SnapshotOffer& offer) { offer.bytes = 0; }) == "bytes");
  CHECK(refused([](SnapshotOffer& offer) { offer.bytes = snapshot_bytes + 1; }) == "bytes");
  CHECK(refused([](SnapshotOffer& offer) { offer.key.pop_back(); }) == "key");
  CHECK(refused([](SnapshotOffer& offer) { offer.key_parts = 1U << 31U; }) == "key_parts");
  CHECK(refused([](SnapshotOffer& offer) { offer.outcomes.resize(outcomes_per_answer); }) == "");
  CHECK(refused([](SnapshotOffer& offer) { offer.outcomes.resize(outcomes_per_answer + 1); }) ==
        "repeated field");
  CHECK(refused([](SnapshotOffer& offer) {
          offer.outcomes.front().message = std::string(100'000, 'x');
        }) == "outcomes");
}

TEST_CASE("as many parts as the bytes need") {
  constexpr auto part = static_cast<std::int64_t>(snapshot_part_bytes);
  CHECK(snapshot_parts(1) == 1);
  CHECK(snapshot_parts(part) == 1);
  CHECK(snapshot_parts(part + 1) == 2);
}

TEST_CASE("paths of snapshots are read as they are written, and no others") {
  const SnapshotId id{{0xab, 1}};
  const auto offer = parse_terminal_path(snapshot_path({7}, {1}, {3, 9}, 25));
  REQUIRE(offer.has_value());
  CHECK(offer->action == TerminalAction::snapshot);
  CHECK(*offer->feed == FeedCursor{3, 9});
  CHECK(offer->records == 25);
  CHECK_FALSE(offer->lost);
  CHECK(parse_terminal_path(snapshot_path({7}, {1}, {3, 9}, 25, true))->lost);
  const auto part = parse_terminal_path(snapshot_part_path({7}, {1}, id, 4));
  REQUIRE(part.has_value());
  CHECK(part->action == TerminalAction::snapshot_part);
  CHECK(part->snapshot == id);
  CHECK(part->part == 4);
  for (const char* wrong :
       {"/v1/t/7/1/snapshot/3/9", "/v1/t/7/1/snapshot/3/9?records=",
        "/v1/t/7/1/snapshot/3?records=2", "/v1/t/7/1/snapshot/3/9?records=2&x=1",
        "/v1/t/7/1/snapshot/3/9?records=&lost=1", "/v1/t/7/1/snapshot/3/9?records=2&lost=0",
        "/v1/t/7/1/snapshot/3/9&lost=1", "/v1/t/7/1/snapshot-part/ab/1", "/v1/t/7/1/snapshot-part/",
        "/v1/t/7/1/snapshot-part/00000000000000000000000000000000/-1"})
    CHECK_MESSAGE(!parse_terminal_path(wrong), wrong);
}
