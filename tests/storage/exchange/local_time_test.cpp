#include "storage/exchange/local_time.hpp"

#include <doctest/doctest.h>

#include "storage/engine/system_clock.hpp"

using namespace keepsake;

TEST_CASE("noon of a day is that day in every zone, also when the clock is changed") {
  for (const char* zone : {"Europe/Oslo", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu"}) {
    const auto clock = *SystemClock::open(zone);
    const std::int32_t first = to_days(*parse_date("2026-01-01"));
    for (std::int32_t day = first; day < first + 400; ++day) {
      const LocalTime noon = noon_of(*clock, from_days(day));
      CHECK(to_days(noon.date()) == day);
      CHECK(noon.minute_of_day() == 12 * 60);
    }
  }
}
