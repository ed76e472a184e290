#include <doctest/doctest.h>

#include "kiosk/ui/kit.hpp"
#include "tests/support/ui_harness.hpp"

using namespace keepsake::test;
using namespace keepsake::ui;

TEST_CASE("what a display is follows from its glass, not from its pixels") {
  const auto glass_of = [](const Display& display) {
    UiHarness harness(display, Audience::customer, Pixels::none);
    harness.show([](Ui& ui) { ui.ground(Token::paper); });
    return harness.ui().glass();
  };
  CHECK(glass_of(low_till) == Glass::small);
  CHECK(glass_of(small_till) == Glass::counter);
  CHECK(glass_of(till) == Glass::counter);
  CHECK(glass_of(laptop) == Glass::counter);
  CHECK(glass_of(large_laptop) == Glass::counter);
  CHECK(glass_of(stand) == Glass::large);
}
