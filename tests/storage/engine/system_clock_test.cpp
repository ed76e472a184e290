#include "storage/engine/system_clock.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

TEST_CASE("local time follows the zone through summer time") {
  const auto oslo = SystemClock::open("Europe/Oslo");
  REQUIRE(oslo.ok());
  CHECK((*oslo)->local({1795269600000}).offset_minutes == 60);   // November 2026
  CHECK((*oslo)->local({1782000000000}).offset_minutes == 120);  // June 2026
  const auto kathmandu = SystemClock::open("Asia/Kathmandu");
  REQUIRE(kathmandu.ok());
  CHECK((*kathmandu)->local({1795269600000}).offset_minutes == 345);
  CHECK(SystemClock::open("Europe/Nowhere").error().code == "time-zone.unknown");
  CHECK((*oslo)->now().ms > 1'600'000'000'000);
}
