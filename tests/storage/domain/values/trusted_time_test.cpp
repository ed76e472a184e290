#include "storage/domain/values/trusted_time.hpp"

#include <doctest/doctest.h>

using namespace keepsake;
using namespace std::chrono_literals;

TEST_CASE("a clock is believed step by step, and a leap only when a person says so") {
  const Instant then{1'795'269'600'000};
  const auto after = [&](std::chrono::milliseconds by) {
    return ClockTrust{then, then + by}.after();
  };
  CHECK(after(1ms) == then + 1ms);
  CHECK(after(std::chrono::days(35)) == then + std::chrono::days(35));
  CHECK(after(std::chrono::days(35) + 1ms) == then);
  CHECK(after(std::chrono::days(26'000)) == then);
  CHECK(after(-std::chrono::days(400)) == then);  // back: nothing comes too soon
  CHECK(expect_believed({then, then - std::chrono::days(400)}).ok());
  CHECK(expect_believed({then, then + std::chrono::days(36)}).error().code == "clock.ahead");
  // Behind: nothing comes too soon, but what is over would be good again.
  CHECK(expect_right({then, then - std::chrono::days(1)}).ok());
  CHECK(expect_right({then, then + std::chrono::days(35)}).ok());
  const auto behind = expect_right({then, then - std::chrono::days(1) - 1ms});
  REQUIRE(!behind.ok());
  CHECK(behind.error().code == "clock.behind");
  CHECK(doubts_clock(behind.error()));
  const auto ahead = expect_right({then, then + std::chrono::days(36)});
  REQUIRE(!ahead.ok());
  CHECK(ahead.error().code == "clock.ahead");
  CHECK(doubts_clock(ahead.error()));
  // Looking again and again does not wear it down.
  Instant believed = then;
  for (int look = 0; look < 1000; ++look)
    believed = ClockTrust{believed, then + std::chrono::days(26'000)}.after();
  CHECK(believed == then);
}

TEST_CASE("a date nobody can live in is named") {
  CHECK(expect_plausible({1'795'269'600'000}).ok());
  CHECK(expect_plausible({0}).ok());
  CHECK(expect_plausible({-1}).error().code == "clock.wrong");
  const auto far = expect_plausible({16'725'225'600'000});
  CHECK(far.error().code == "clock.wrong");
  CHECK(far.error().what.find("2500-01-01") != std::string::npos);
}

TEST_CASE(
    "head office's time confirms a clock or contradicts it until a person or an answer says else") {
  using std::chrono::days;
  const Instant then{1'795'269'600'000};
  const ClockTrust leapt{then, then + days(4000)};
  REQUIRE_FALSE(leapt.is_right());
  SUBCASE("about the same time: right, also where it leapt or was believed too late a day") {
    for (const ClockTrust& doubted : {leapt, ClockTrust{then + days(4000), then}}) {
      const ClockTrust after = heard(doubted, doubted.now + std::chrono::hours(20));
      CHECK(after.is_right());
      CHECK(after.believed == doubted.now);
    }
  }
  SUBCASE("what nobody doubted yet is doubted") {
    const ClockTrust ahead = heard({then, then + days(10)}, then + days(1));
    CHECK(expect_right(ahead).error().code == "clock.ahead");
    CHECK(expect_believed(ahead).error().code == "clock.ahead");  // nothing lapses
    CHECK(ahead.after() == then + days(1));
    const ClockTrust behind = heard({then, then}, then + days(10));
    CHECK(expect_right(behind).error().code == "clock.behind");
    // Set right by hand: the next answer says so.
    CHECK_FALSE(ClockTrust{ahead.believed, then + days(2), ahead.office}.is_right());
    CHECK(heard({ahead.believed, then + days(2), ahead.office}, then + days(2)).is_right());
  }
  SUBCASE("a person overrules it, and is asked anew where the clock leaps again") {
    const ClockTrust denied = heard({then, then + days(10)}, then);
    const ClockTrust said = confirmed(denied);
    CHECK(said.is_right());
    const ClockTrust again =
        heard({said.believed, said.now + days(1), said.office}, then + days(1));
    CHECK(again.is_right());
    const ClockTrust further = heard({said.believed, said.now + days(400), said.office}, then);
    CHECK_FALSE(further.is_right());
    CHECK(further.believed == then);
    // Once it has agreed, its word counts as before.
    const ClockTrust agreed = heard(again, again.now);
    CHECK(agreed.office == OfficeWord::none);
    CHECK_FALSE(heard(agreed, then).is_right());
  }
  SUBCASE("who confirms what nobody denied overrules nobody") {
    CHECK(confirmed(leapt) == ClockTrust{leapt.now, leapt.now});
  }
}
