#include "kiosk/input/gesture.hpp"

#include <cmath>
#include <doctest/doctest.h>

using namespace keepsake::input;

TEST_CASE("a finger that stays within two millimetres taps") {
  Gesture gesture;
  CHECK(gesture.feed({PointerPhase::press, {10, 10}, Ticks(0)}).pressed);
  CHECK_FALSE(gesture.feed({PointerPhase::move, {11, 11}, Ticks(20)}).dropped);
  const auto up = gesture.feed({PointerPhase::release, {11, 11}, Ticks(60)});
  CHECK(up.tapped);
  CHECK(gesture.flick_mm_s() == 0);
}

TEST_CASE("a finger that leaves the slop drags and gives back every millimetre") {
  Gesture gesture;
  gesture.feed({PointerPhase::press, {10, 10}, Ticks(0)});
  float travelled = 0;
  bool dropped = false;
  for (int i = 1; i <= 10; ++i) {
    const auto out =
        gesture.feed({PointerPhase::move, {10, 10.0f + static_cast<float>(i)}, Ticks(i * 16)});
    travelled += out.scrolled_mm;
    dropped = dropped || out.dropped;
  }
  CHECK(dropped);
  CHECK(travelled == doctest::Approx(10));
  CHECK_FALSE(gesture.feed({PointerPhase::release, {10, 20}, Ticks(170)}).tapped);
  CHECK(gesture.flick_mm_s() > 40);
}

TEST_CASE("a finger that rests before lifting does not fling") {
  Gesture gesture;
  gesture.feed({PointerPhase::press, {0, 0}, Ticks(0)});
  gesture.feed({PointerPhase::move, {0, 30}, Ticks(50)});
  gesture.feed({PointerPhase::release, {0, 30}, Ticks(500)});
  CHECK(gesture.flick_mm_s() == 0);
}

TEST_CASE("a cancelled press is dropped") {
  Gesture gesture;
  gesture.feed({PointerPhase::press, {0, 0}, Ticks(0)});
  const auto out = gesture.feed({PointerPhase::cancel, {0, 0}, Ticks(10)});
  CHECK(out.dropped);
  CHECK_FALSE(out.tapped);
  CHECK_FALSE(gesture.feed({PointerPhase::release, {0, 0}, Ticks(20)}).released);
}

TEST_CASE("a flick decays with a time constant of 325 ms and ends") {
  const Flick flick{500, Ticks(1000)};
  CHECK(flick.travelled_mm(Ticks(1000)) == 0);
  CHECK(flick.travelled_mm(Ticks(1325)) == doctest::Approx(500 * 0.325 * (1 - std::exp(-1.0))));
  CHECK_FALSE(flick.over(Ticks(1325)));
  CHECK(flick.over(Ticks(3000)));
}
