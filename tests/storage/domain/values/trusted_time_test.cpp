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
