#include "sync/wire/columns.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/values/limits.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/compression.hpp"

namespace keepsake::sync {

namespace {

/// A message by chance, some of whose values are messages, and some words that only look like one.
std::string message(int depth) {
  std::string made;
  for (int fields = *rc::gen::inRange(0, 5); fields > 0; --fields) {
    const int number = *rc::gen::inRange(1, 15);
    const int kind = *rc::gen::element(0, 1, 2, 2, 2, 5);
    made += static_cast<char>(number << 3 | kind);
    if (kind == 0) {
      for (int more = *rc::gen::inRange(0, 9); more > 0; --more)
        made += static_cast<char>(128 | *rc::gen::inRange(0, 127));
      made += static_cast<char>(*rc::gen::inRange(0, 127));
    } else if (kind != 2) {
      made += std::string(kind == 1 ? 8 : 4, static_cast<char>(*rc::gen::inRange(0, 255)));
    } else {
      const std::string inner = depth > 0 && *rc::gen::arbitrary<bool>()
                                    ? message(depth - 1)
                                    : *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
      if (inner.size() > 127) continue;
      made += static_cast<char>(inner.size()) + inner;
    }
  }
  return made;
}

Record record_of(Seq seq, const FactId& id, std::string body) {
  return {seq, id, *rc::gen::arbitrary<std::uint16_t>(), std::move(body), {}};
}

std::vector<Record> any_records(Seq first) {
  std::vector<Record> records;
  FactId id{*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::arbitrary<std::uint64_t>()};
  for (int n = *rc::gen::inRange(1, 30); n > 0; --n) {
    id.high += static_cast<std::uint64_t>(*rc::gen::inRange(-100'000, 10'000'000));
    id.low += *rc::gen::element<std::uint64_t>(1, 1, 1, 7);
    auto body = *rc::gen::inRange(0, 4) == 0
                    ? *rc::gen::container<std::string>(rc::gen::arbitrary<char>())
                    : message(10);
    records.push_back(record_of(first + static_cast<Seq>(records.size()), id, std::move(body)));
  }
  return records;
}

std::vector<std::string> sale_columns() {
  std::vector<Record> records;
  for (Seq seq = 1; seq <= 20; ++seq)
    records.push_back(
        {seq, FactId{seq << 20U, seq}, 1, std::string("\x0a\x03\x08\x81\x01\x12\x04Lamp", 11), {}});
  return to_columns(records).value();
}

}  // namespace

TEST_CASE("records come back from columns byte for byte, whatever they are") {
  CHECK(rc::check([] {
    const Seq first = *rc::gen::inRange<Seq>(1, 4'000'000'000U);
    const auto records = any_records(first);
    const auto columns = to_columns(records);
    RC_ASSERT(columns.has_value());
    const auto back = from_columns(*columns, first, records.size());
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == records);
  }));
}

TEST_CASE("columns that were cut, lengthened, doubled or are of other records are none") {
  const auto whole = sale_columns();
  REQUIRE(from_columns(whole, 1, 20).has_value());
  CHECK_FALSE(from_columns(whole, 1, 19).has_value());
  CHECK_FALSE(from_columns(whole, 1, 21).has_value());
  CHECK_FALSE(from_columns({}, 1, 1).has_value());
  for (std::size_t n = 0; n < whole.size(); ++n) {
    auto changed = whole;
    changed[n] += '\x01';
    CHECK_FALSE(from_columns(changed, 1, 20).has_value());
    changed = whole;
    if (!changed[n].empty()) changed[n].pop_back();
    if (changed != whole) CHECK_FALSE(from_columns(changed, 1, 20).has_value());
    changed = whole;
    changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(n));
    CHECK_FALSE(from_columns(changed, 1, 20).has_value());
  }
  // Times that no id has: they rise by 2^62 - 1 from record to record.
  auto beyond = whole;
  beyond.front().clear();
  for (int n = 0; n < 20; ++n) beyond.front() += '\xfc' + std::string(8, '\xff') + '\x01';
  CHECK_FALSE(from_columns(beyond, 1, 20).has_value());
  auto more = whole;
  more.emplace_back();
  CHECK_FALSE(from_columns(more, 1, 20).has_value());
}

TEST_CASE("columns by chance neither fall over nor grow beyond a batch") {
  CHECK(rc::check([] {
    auto columns = sale_columns();
    for (int n = *rc::gen::inRange(1, 4); n > 0; --n) {
      std::string& column = columns[*rc::gen::inRange<std::size_t>(0, columns.size())];
      if (column.empty()) continue;
      column[*rc::gen::inRange<std::size_t>(0, column.size())] = *rc::gen::arbitrary<char>();
    }
    const auto back = from_columns(columns, 1, 20);
    if (!back) return;
    for (const Record& record : *back) RC_ASSERT(record.body.size() <= limits::fact_body_bytes);
  }));
}

TEST_CASE(
    "messages in messages without end are kept whole, and refused where a stranger sends them") {
  std::string deep = "\x08\x01";
  for (int n = 0; n < 40; ++n)
    deep = "\x0a" + std::string(1, static_cast<char>(deep.size())) + deep;
  const std::vector<Record> one{{1, FactId{1, 1}, 1, deep, {}}};
  const auto columns = to_columns(one);
  REQUIRE(columns.has_value());
  CHECK(from_columns(*columns, 1, 1).value() == one);
  auto endless = *columns;
  endless[4] = std::string(1000, '\x0f');  // a message in each
  CHECK_FALSE(from_columns(endless, 1, 1).has_value());
}

TEST_CASE("a batch of many comes in columns, without hashes but the last; one of few as it is") {
  for (const Seq count : {15U, 16U, 500U}) {
    Batch batch;
    batch.first = 8;
    batch.last = 7 + count;
    batch.base_hash.fill(1);
    batch.head_hash.fill(2);
    batch.keys.push_back({CustomerRef{{1, 2, 3}}, std::string(80, 's')});
    for (Seq seq = 8; seq < 8 + count; ++seq) {
      batch.records.push_back({seq, FactId{seq << 20U, seq}, 1, "\x08\x01\x12\x04Lamp", {}});
      batch.records.back().hash.fill(3);
    }
    batch.records.back().hash = batch.head_hash;
    const auto back = decode_batch(decompress(compress(encode_in_pieces(batch))).value());
    REQUIRE(back.ok());
    if (count >= 16)
      for (Seq n = 0; n + 1 < count; ++n) batch.records[n].hash = {};
    CHECK(*back == batch);
  }
}

TEST_CASE("columns of another number of records than the batch says are refused") {
  Batch batch;
  batch.last = 20;
  for (Seq seq = 1; seq <= 20; ++seq)
    batch.records.push_back({seq, FactId{seq << 20U, seq}, 1, "\x08\x01", {}});
  for (const Seq last : {0U, 19U, 21U, 501U, 4'294'967'295U}) {
    Batch other = batch;
    other.last = last;
    std::string bytes;
    for (const std::string& piece : encode_in_pieces(other)) bytes += piece;
    const auto back = decode_batch(bytes);
    REQUIRE_FALSE(back.ok());
    CHECK(back.error().code == "wire.syntax");
  }
}

}  // namespace keepsake::sync
