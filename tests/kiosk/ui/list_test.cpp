// A list, and tabs over one, where there is little room.
#include <doctest/doctest.h>

#include "kiosk/ui/kit.hpp"
#include "tests/support/ui_harness.hpp"

using namespace keepsake;
using namespace keepsake::test;
using namespace keepsake::ui;

TEST_CASE("a list on a low display has its page buttons beside it") {
  UiHarness harness(low_till);
  const Rect at{3, 20, 168, 60};
  float narrowest = at.w;
  float promised = 0;
  harness.show([&](Ui& ui) {
    ui.ground(Token::paper);
    promised = row_width(ui, at.w);
    list(ui, {.id = "list", .at = at, .count = 7, .row_mm = 20},
         [&](std::size_t i, const Rect& row_at) {
           const std::string id = "row-" + std::to_string(i);
           narrowest = std::min(narrowest, row_at.w);
           (void)row(ui, {.id = id, .at = row_at, .label = id});
         });
  });
  CHECK(audit(harness.ui()).empty());
  CHECK(narrowest >= promised);
  CHECK(harness.has("row-2"));  // three of them, where buttons below would leave two
  CHECK_FALSE(harness.has("row-3"));
  CHECK(harness.sees("1\u20133"));
  CHECK(harness.sees("/ 7"));
  harness.tap("list.down");
  CHECK(harness.has("row-3"));
  CHECK_FALSE(harness.has("row-2"));
}

TEST_CASE("tabs too wide for their row become smaller together") {
  UiHarness harness(low_till);
  harness.look.text = TextScale::large;
  harness.show([&](Ui& ui) {
    ui.ground(Token::paper);
    (void)tabs(ui, {3, 20, 168, 15},
               {{.id = "one", .label = "Riwayat poin"}, {.id = "two", .label = "Kapan hangus"}}, 0);
  });
  CHECK(audit(harness.ui()).empty());
}
