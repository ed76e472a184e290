#include "kiosk/platform/device_clock.hpp"

#include <doctest/doctest.h>

using namespace keepsake;
using platform::DeviceClock;
using Ticks = input::Ticks;

TEST_CASE("a device's clock says when, however late it was seen") {
  DeviceClock clock;
  CHECK(clock.at(70'000, Ticks(1000)) == Ticks(1000));
  CHECK(clock.at(70'010, Ticks(1010)) == Ticks(1010));
  // The loop stood still for 400 ms: all is seen at once, and keeps its pace.
  for (std::uint32_t key = 0; key < 8; ++key)
    CHECK(clock.at(70'020 + 8 * key, Ticks(1420)) == Ticks(1020 + 8 * key));
  // A quicker delivery than any before sets the clocks anew.
  CHECK(clock.at(70'520, Ticks(1515)) == Ticks(1515));
  CHECK(clock.at(70'530, Ticks(1600)) == Ticks(1525));
}

TEST_CASE("a device's clock wraps and may be set anew") {
  DeviceClock clock;
  CHECK(clock.at(0xFFFF'FFFA, Ticks(100)) == Ticks(100));
  CHECK(clock.at(4, Ticks(300)) == Ticks(110));
  CHECK(clock.at(500'000, Ticks(400)) == Ticks(400));
  CHECK(clock.at(500'010, Ticks(900)) == Ticks(410));
  CHECK(clock.at(1'000, Ticks(200'000)) == Ticks(200'000));
}

TEST_CASE("what is no key of the window system has no time of its own") {
  SDL_SysWMEvent event{};
  CHECK_FALSE(platform::key_time_ms(event).has_value());
}
