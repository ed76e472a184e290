#include "kiosk/ui/dialog.hpp"

#include <doctest/doctest.h>

#include "tests/support/ui_harness.hpp"

using namespace keepsake;
using namespace keepsake::ui;
using namespace keepsake::test;

TEST_CASE("of two panels in one frame the later lies over the earlier, which is out of reach") {
  UiHarness harness;
  int under = 0;
  int chosen = -1;
  harness.show([&](Ui& ui) {
    ui.ground(Token::paper);
    begin_panel(ui, 120, 80);
    under += button(ui, {.id = "under", .at = {10, 10, 40, 20}, .label = "Under"});
    end_panel(ui);
    const int answer =
        dialog(ui, {.title = "Too long.", .choices = {{"ok", "OK", ButtonKind::primary}}});
    if (answer >= 0) chosen = answer;
  });
  harness.press(20, 20);
  harness.release(20, 20);
  CHECK(under == 0);
  CHECK(audit_keyboard(harness).empty());
  harness.tap("ok");
  CHECK(chosen == 0);
}
