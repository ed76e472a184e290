#include "sync/carry/carry_format.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/values/limits.hpp"

namespace keepsake::sync {

namespace {

CarryHeader some_header() {
  CarryHeader header;
  header.way = CarryWay::to_terminal;
  header.terminal = {4711};
  header.epoch = {3};
  header.office.fill(0xAB);
  header.feed = {9, 1234};
  header.made = {1'790'000'000'000};
  return header;
}

}  // namespace

TEST_CASE("a header comes back as it was written, and has the bytes that its page says") {
  CHECK(rc::check([] {
    CarryHeader header;
    header.way = *rc::gen::element(CarryWay::to_office, CarryWay::to_terminal);
    header.terminal.value = *rc::gen::inRange<std::uint32_t>(0, TerminalNumber::max + 1);
    header.epoch.value = *rc::gen::arbitrary<std::uint8_t>();
    header.office = *rc::gen::container<Bytes32>(rc::gen::arbitrary<std::uint8_t>());
    header.feed = {*rc::gen::inRange<std::int64_t>(0, INT64_MAX),
                   *rc::gen::inRange<std::int64_t>(0, INT64_MAX)};
    header.made.ms = *rc::gen::arbitrary<std::int64_t>();
    const auto back = decode_carry_header(encode(header));
    RC_ASSERT(back.ok());
    RC_ASSERT(*back == header);
  }));
  const std::string bytes = encode(some_header());
  CHECK(bytes.size() == carry_header_bytes);
  CHECK(bytes.substr(0, 22) == std::string("keepsake carry <\x01\0\0\x12\x67\x03", 22));
}

TEST_CASE("what is no header is told from one that was cut and one that is newer") {
  const std::string bytes = encode(some_header());
  CHECK(decode_carry_header("PK\x03\x04 some archive").error().code == "carry.foreign");
  CHECK(decode_carry_header("").error().code == "carry.foreign");
  std::string newer = bytes;
  newer[16] = 2;
  newer.resize(30);  // whatever a later version does with it
  CHECK(decode_carry_header(newer).error().code == "carry.newer");
  for (std::size_t size = 15; size < bytes.size(); ++size)
    CHECK(decode_carry_header(bytes.substr(0, size)).error().code == "carry.damaged");
  std::string sideways = bytes;
  sideways[15] = '=';
  CHECK(decode_carry_header(sideways).error().code == "carry.damaged");
  std::string nobody = bytes;
  nobody[17] = 1;  // more than 24 bits
  CHECK(decode_carry_header(nobody).error().code == "carry.damaged");
  CHECK(decode_carry_header(bytes + "x").error().code == "carry.damaged");
}

TEST_CASE("parts have their way and their longest") {
  constexpr CarryWay out = CarryWay::to_office, back = CarryWay::to_terminal;
  const auto read = [](PartHead head, CarryWay way) { return decode_part_head(encode(head), way); };
  CHECK(*read({PartKind::batch, 512}, out) == PartHead{PartKind::batch, 512});
  CHECK(read({PartKind::batch, limits::batch_bytes + 48}, out).ok());
  CHECK(read({PartKind::batch, limits::batch_bytes + 49}, out).error().code == "carry.damaged");
  CHECK_FALSE(read({PartKind::batch, 512}, back).ok());
  CHECK(read({PartKind::opaque, limits::batch_bytes + 500}, out).ok());
  CHECK_FALSE(read({PartKind::opaque, 512}, back).ok());
  for (const PartKind kind : {PartKind::acknowledgement, PartKind::refusal, PartKind::feed_page}) {
    CHECK(read({kind, 512}, back).ok());
    CHECK_FALSE(read({kind, 512}, out).ok());
    CHECK_FALSE(read({kind, 0xFFFFFFFF}, back).ok());
  }
  for (const CarryWay way : {out, back}) {
    CHECK(read({PartKind::end, 64}, way).ok());
    CHECK_FALSE(read({PartKind::end, 63}, way).ok());
    CHECK_FALSE(read({static_cast<PartKind>(6), 1}, way).ok());
  }
  CHECK_FALSE(decode_part_head("abcd", out).ok());
}

TEST_CASE("a refusal comes back as it was written") {
  const CarriedRefusal refusal{501, 1000, 409, {"gap", "Earlier facts are missing", 17}};
  const std::string bytes = encode(refusal);
  CHECK(*decode_carried_refusal(bytes) == refusal);
  CHECK_FALSE(decode_carried_refusal(bytes.substr(0, 9)).ok());
  CHECK_FALSE(decode_carried_refusal(bytes.substr(0, bytes.size() - 1)).ok());
}

}  // namespace keepsake::sync
