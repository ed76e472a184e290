#include "storage/domain/values/ids.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace keepsake;

TEST_CASE("a fact id holds its parts") {
  const FactId id = FactId::make({0x0123456789AB'CDEF}, {0xABCDEF}, {0x12}, 0xDEADBEEF);
  CHECK(id.time().bits == 0x0123456789AB'CDEF);
  CHECK(id.time().instant().ms == 0x0123456789AB);
  CHECK(id.terminal().value == 0xABCDEF);
  CHECK(id.terminal().provisional());
  CHECK(!TerminalNumber{0x7FFFFF}.provisional());
  CHECK(id.epoch().value == 0x12);
  CHECK(id.seq() == 0xDEADBEEF);
  CHECK(to_hex(id) == "0123456789abcdefabcdef12deadbeef");
  CHECK(parse_fact_id("0123456789abcdefabcdef12deadbeef").value() == id);
}

TEST_CASE("texts that are no id") {
  for (const char* text :
       {"", "0123", "0123456789abcdefabcdef12deadbee", "0123456789ABCDEFABCDEF12DEADBEEF",
        "0123456789abcdefabcdef12deadbeefa", "0123456789abcdefabcdef12deadbeeg"}) {
    CAPTURE(text);
    CHECK(parse_fact_id(text).error().code == "id.syntax");
    CHECK(parse_customer_ref(text).error().code == "id.syntax");
  }
}

TEST_CASE("id bytes and hex sort as ids do") {
  CHECK(rc::check("order", [](std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d,
                              bool same_high) {
    const FactId x{a, b};
    const FactId y{same_high ? a : c, d};
    RC_ASSERT((x < y) == (to_bytes(x) < to_bytes(y)));
    RC_ASSERT((x < y) == (to_hex(x) < to_hex(y)));
    RC_ASSERT(fact_id_from(to_bytes(x)) == x);
    RC_ASSERT(parse_fact_id(to_hex(x)).value() == x);
  }));
}

TEST_CASE("customer references in hex") {
  CustomerRef ref;
  CHECK(ref.nobody());
  CHECK(to_hex(ref) == std::string(32, '0'));
  ref.bytes[0] = 0xA5;
  ref.bytes[15] = 1;
  CHECK(!ref.nobody());
  CHECK(to_hex(ref) == "a5000000000000000000000000000001");
  CHECK(parse_customer_ref(to_hex(ref)).value() == ref);
}

TEST_CASE("other than 16 bytes are nobody") {
  CHECK(to_hex(customer_ref_of(std::string(16, 'c'))) == "63636363636363636363636363636363");
  for (const std::size_t size : {0, 1, 15, 17, 4096})
    CHECK(customer_ref_of(std::string(size, 'c')).nobody());
}

TEST_CASE("the hybrid clock follows the wall and never falls") {
  HybridClock clock;
  CHECK(clock.tick({1000}).instant().ms == 1000);
  const HybridTime first = clock.last();
  CHECK(clock.tick({1000}).bits == first.bits + 1);  // the wall stands
  CHECK(clock.tick({500}).bits == first.bits + 2);   // the wall falls back
  CHECK(clock.tick({1001}).bits == std::uint64_t{1001} << 16);
  CHECK(clock.tick({-5}).bits > std::uint64_t{1001} << 16);
  HybridClock resumed(HybridTime{(std::uint64_t{2000} << 16) | 0xFFFF});
  CHECK(resumed.tick({2000}).bits == std::uint64_t{2001} << 16);  // a full counter carries
}

TEST_CASE("the hybrid clock strictly rises whatever the wall does") {
  CHECK(rc::check("rising", [](const std::vector<std::int64_t>& walls) {
    HybridClock clock;
    HybridTime before;
    for (const std::int64_t ms : walls) {
      // Beyond the year 6429 the clock is at its end: keep clear of it.
      const HybridTime now = clock.tick({ms % (std::int64_t{1} << 47)});
      RC_ASSERT(now > before);
      before = now;
    }
  }));
}
