#include <doctest/doctest.h>

#include "kiosk/ui/kit.hpp"
#include "tests/kiosk/ui/gallery.hpp"
#include "tests/support/ui_harness.hpp"

using namespace keepsake;
using namespace keepsake::test;
using namespace keepsake::ui;
using namespace std::chrono_literals;
using input::Key;

namespace {

std::string joined(const std::vector<std::string>& findings) {
  std::string out;
  for (const auto& finding : findings) out += finding + "\n";
  return out;
}

bool mentions(const std::vector<std::string>& findings, std::string_view part) {
  return joined(findings).find(part) != std::string::npos;
}

/// Two buttons side by side; counts what is activated.
struct TwoButtons {
  int left = 0;
  int right = 0;
  ButtonState right_state = ButtonState::ready;
  void operator()(Ui& ui) {
    ui.ground(Token::paper);
    left += button(ui, {.id = "left", .at = {10, 10, 40, 20}, .label = "Left"});
    right +=
        button(ui, {.id = "right", .at = {60, 10, 40, 20}, .label = "Right", .state = right_state});
  }
};

}  // namespace

TEST_CASE("a button acts once on release inside it") {
  UiHarness harness;
  TwoButtons pair;
  harness.show(std::ref(pair));
  harness.press(20, 20);
  CHECK(pair.left == 0);
  CHECK(harness.ui().take_touched() == Ui::Touched::widget);
  harness.release(25, 22);
  CHECK(pair.left == 1);
  harness.tap("right");
  CHECK(pair.right == 1);
}

TEST_CASE("sliding off a button cancels it and coming from outside does not press it") {
  UiHarness harness;
  TwoButtons pair;
  harness.show(std::ref(pair));
  harness.press(20, 20);
  harness.move(70, 20);
  harness.release(70, 20);
  harness.press(150, 90);
  CHECK(harness.ui().take_touched() == Ui::Touched::ground);
  harness.move(20, 20);
  harness.release(20, 20);
  CHECK(pair.left == 0);
  CHECK(pair.right == 0);
}

TEST_CASE("a press and a release that come together still make one tap") {
  UiHarness harness;
  TwoButtons pair;
  harness.show(std::ref(pair));
  auto& ui = harness.ui();
  ui.feed(input::Pointer{input::PointerPhase::press, {20, 20}, harness.now()});
  ui.feed(input::Pointer{input::PointerPhase::release, {20, 20}, harness.now()});
  harness.frame();
  CHECK(pair.left == 0);
  CHECK(ui.has_queued_input());
  harness.frame();
  CHECK(pair.left == 1);
  CHECK_FALSE(ui.has_queued_input());
  CHECK_FALSE(ui.wants_animation());
}

namespace {

/// A tap as a finger does it, at once.
void quick_tap(UiHarness& harness, float x, float y) {
  harness.press(x, y);
  harness.release(x, y);
}

/// One button that leads to another in the same place.
struct Steps {
  std::string second_id = "confirm";
  bool second = false;
  int paid = 0;
  int confirmed = 0;
  void operator()(Ui& ui) {
    ui.ground(Token::paper);
    const Rect at{10, 10, 40, 20};
    if (second) {
      confirmed += button(ui, {.id = second_id, .at = at, .label = "Confirm"});
    } else if (button(ui, {.id = "pay", .at = at, .label = "Pay"})) {
      ++paid;
      second = true;
    }
  }
};

}  // namespace

TEST_CASE("two taps at one place are one, however fast, and so is hammering") {
  UiHarness harness;
  TwoButtons pair;
  harness.show(std::ref(pair));
  quick_tap(harness, 20, 20);
  CHECK(pair.left == 1);
  harness.advance(100ms);
  for (int i = 0; i < 10; ++i) {
    quick_tap(harness, 20, 20);
    harness.advance(150ms);
  }
  CHECK(pair.left == 1);
  quick_tap(harness, 70, 20);  // another place is another tap
  CHECK(pair.right == 1);
  harness.advance(dead_time);
  quick_tap(harness, 20, 20);
  CHECK(pair.left == 2);
}

TEST_CASE("one more and one less count every tap") {
  UiHarness harness;
  int taps = 0;
  harness.show([&](Ui& ui) {
    ui.ground(Token::paper);
    taps += counter(ui, {.id = "n", .at = {10, 10, 80, 20}, .value = "1", .label = "n"});
  });
  for (int i = 0; i < 3; ++i) quick_tap(harness, 85, 20);
  CHECK(taps == 3);
}

TEST_CASE("nobody confirms what has just come under the finger") {
  for (const bool same_name : {false, true}) {
    CAPTURE(same_name);
    UiHarness harness;
    Steps steps;
    if (same_name) steps.second_id = "pay";
    harness.show(std::ref(steps));
    quick_tap(harness, 20, 20);
    CHECK(steps.paid == 1);
    if (same_name) {  // the program knows that it asks another thing now
      harness.ui().hold_touches();
      harness.frame();
    }
    harness.advance(100ms);
    quick_tap(harness, 20, 20);
    CHECK(steps.confirmed == 0);
    harness.advance(dead_time);
    CHECK(harness.ui().is_ripe(steps.second_id, harness.now()));
    quick_tap(harness, 20, 20);
    CHECK(steps.confirmed == 1);
  }
}

TEST_CASE("what comes up under another finger's way is not touched by it") {
  UiHarness harness;
  bool up = false;
  int touched = 0;
  harness.show([&](Ui& ui) {
    ui.ground(Token::paper);
    if (up) touched += button(ui, {.id = "new", .at = {60, 10, 40, 20}, .label = "New"});
  });
  up = true;
  harness.frame();
  CHECK_FALSE(harness.ui().is_ripe("new", harness.now()));
  harness.advance(dead_time - 100ms);
  harness.ui().take_touched();
  quick_tap(harness, 70, 20);
  CHECK(touched == 0);
  CHECK(harness.ui().take_touched() == Ui::Touched::ground);
  harness.advance(dead_time);
  quick_tap(harness, 70, 20);
  CHECK(touched == 1);
}

TEST_CASE("a finger that rests while the screen changes lets go of nothing") {
  UiHarness harness;
  Steps steps;
  steps.second_id = "pay";
  harness.show(std::ref(steps));
  harness.press(20, 20);
  steps.second = true;
  harness.ui().hold_touches();
  harness.frame(2);
  harness.advance(1s);
  harness.release(20, 20);
  CHECK(steps.confirmed == 0);
  CHECK(steps.paid == 0);
}

TEST_CASE("enter hit twice or held is one") {
  UiHarness harness;
  TwoButtons pair;
  harness.show(std::ref(pair));
  harness.key(Key::tab);
  auto& ui = harness.ui();
  for (int i = 0; i < 20; ++i) {
    ui.feed(input::KeyPress{Key::enter, harness.now()});
    harness.advance(50ms);
  }
  CHECK(pair.left == 1);
  harness.key(Key::enter);
  CHECK(pair.left == 2);
}

TEST_CASE("a working or disabled button does nothing") {
  UiHarness harness;
  for (const auto state : {ButtonState::working, ButtonState::disabled}) {
    TwoButtons pair;
    pair.right_state = state;
    harness.show(std::ref(pair));
    harness.press(70, 20);
    harness.release(70, 20);
    harness.key(Key::tab);
    harness.key(Key::tab);
    CHECK_FALSE(harness.ui().is_focused("right"));
    CHECK(pair.right == 0);
  }
}

TEST_CASE("tab arrows and enter work the screen without a finger") {
  UiHarness harness;
  TwoButtons pair;
  harness.show(std::ref(pair));
  harness.key(Key::tab);
  CHECK(harness.ui().is_focused("left"));
  harness.key(Key::right);
  CHECK(harness.ui().is_focused("right"));
  harness.key(Key::enter);
  CHECK(pair.right == 1);
  harness.key(Key::back_tab);
  CHECK(harness.ui().is_focused("left"));
  harness.type(" ");
  CHECK(pair.left == 1);
}

namespace {

/// A back button, the on-screen keys, two fields and what sends them, in this order.
struct Form {
  std::string texts[2];
  int active = 0;
  int back = 0;
  int sent = 0;
  int submitted = 0;
  std::string burst;
  bool leads_on = false;
  void operator()(Ui& ui) {
    ui.ground(Token::paper);
    back += button(ui, {.id = "back", .at = {10, 5, 40, 16}, .label = "Back"});
    const auto keys = keyboard(
        ui, {.id = "k", .at = {5, 70, 207, 66}, .layout = KeyboardLayout::latin, .submit = "OK"});
    apply(texts[active], keys.edit, 40);
    for (int i = 0; i < 2; ++i) {
      const std::string id = i == 0 ? "name" : "phone";
      const auto result = field(ui, {.id = id,
                                     .at = {10.0f + 100.0f * static_cast<float>(i), 25, 90, 26},
                                     .label = id,
                                     .text = texts[i],
                                     .active = active == i,
                                     .leads_on = leads_on});
      if (result.chosen) active = i;
      if (result.edit.kind == Edit::Kind::submit) {
        ++submitted;
        burst = result.edit.burst;
      }
      apply(texts[i], result.edit, 40);
    }
    sent += button(ui, {.id = "send", .at = {160, 5, 50, 16}, .label = "Send"});
  }
};

}  // namespace

TEST_CASE("the end of a code presses no button, it goes to the field") {
  UiHarness harness;
  Form form;
  harness.show(std::ref(form));
  form.active = 1;
  harness.frame();
  harness.key(Key::tab);
  harness.key(Key::back_tab);
  harness.key(Key::back_tab);
  while (!harness.ui().is_focused("send")) harness.key(Key::back_tab);
  harness.ui().feed(input::KeyPress{Key::enter, harness.now(), "4011"});
  harness.frame(2);
  CHECK(form.sent == 0);
  CHECK(form.submitted == 1);
  CHECK(form.burst == "4011");
}

TEST_CASE("tab leads from field to field and what is typed follows") {
  UiHarness harness;
  Form form;
  harness.show(std::ref(form));
  harness.type("Ola");
  harness.key(Key::tab);
  CHECK(form.active == 1);
  harness.type("912");
  harness.key(Key::tab);
  CHECK(harness.ui().is_focused("send"));
  harness.type("34");  // a button has no text
  harness.key(Key::backspace);
  harness.key(Key::enter);
  CHECK(form.texts[0] == "Ola");
  CHECK(form.texts[1] == "912");
  CHECK(form.sent == 1);
  CHECK(form.back == 0);
  harness.key(Key::back_tab);
  harness.key(Key::back_tab);
  CHECK(form.active == 0);
  harness.type(" N");
  CHECK(form.texts[0] == "Ola N");
  CHECK(audit_keyboard(harness).empty());
}

TEST_CASE("tab after typing in the last field of a page goes on as enter does") {
  UiHarness harness;
  Form form;
  form.leads_on = true;
  harness.show(std::ref(form));
  harness.key(Key::tab);
  CHECK(form.submitted == 0);
  CHECK(form.active == 1);
  harness.type("912");
  harness.key(Key::tab);
  CHECK(form.submitted == 1);
  CHECK(harness.ui().is_focused("phone"));
}

TEST_CASE("every latin keyboard can write the letters of its neighbours") {
  for (const auto language : all_languages) {
    if (language == Language::uk) continue;
    UiHarness harness(till);
    std::string text;
    KeyboardPage page = KeyboardPage::letters;
    harness.show([&](Ui& ui) {
      ui.ground(Token::paper);
      const auto result = keyboard(ui, {.id = "k",
                                        .at = {2, 60, 213, 74},
                                        .layout = layout_of(language),
                                        .page = page,
                                        .submit = "OK"});
      apply(text, result.edit, 40);
      if (result.page) page = *result.page;
    });
    harness.tap("k.accents");
    CHECK(joined(audit(harness.ui())) == "");
    CHECK(harness.sees("ø"));
    harness.tap("k.k2.0");
    harness.tap("k.shift");
    harness.tap("k.accents");
    harness.tap("k.k2.0");
    CHECK(text == "øØ");
    CHECK(page == KeyboardPage::letters);
  }
}

TEST_CASE("an amount is made smaller and never loses a figure") {
  UiHarness harness(till, Audience::staff);
  const std::string price = "12.999.000,00";
  harness.show([&](Ui& ui) {
    ui.ground(Token::paper);
    figure(ui, {10, 10, 26, 8}, price, {.size = TextSize::heading});
    figure(ui, {10, 30, 9, 8}, price, {.size = TextSize::heading});
    text(ui, {10, 50, 20, 8}, "Take " + price, {.size = TextSize::heading});
    (void)button(ui, {.id = "take", .at = {10, 70, 20, 12}, .label = "Take " + price});
  });
  const auto findings = audit(harness.ui());
  for (const auto& shown : harness.probe().texts()) {
    CAPTURE(shown.text);
    CHECK(shown.text.find(price) != std::string::npos);
    CHECK(shown.rect.w <= shown.room.w + 0.2f);
  }
  // What has become too small to read is told, the first is as it should be.
  CHECK_FALSE(harness.probe().texts().front().clipped);
  CHECK(mentions(findings, "12.999.000,00\" does not fit 9"));
}

TEST_CASE("the focus ring is seen only after a key") {
  UiHarness harness;
  TwoButtons pair;
  harness.show(std::ref(pair));
  const auto before = harness.picture();
  harness.key(Key::tab);
  CHECK(harness.picture().rgb != before.rgb);
  CHECK(harness.compare_golden("focus-ring") == "");
  harness.press(150, 90);
  harness.release(150, 90);
  CHECK(harness.picture().rgb == before.rgb);
}

TEST_CASE("a dialog takes the screen under it out of reach") {
  UiHarness harness;
  TwoButtons pair;
  int chosen = -1;
  harness.show([&](Ui& ui) {
    pair(ui);
    const int answer = dialog(ui, {.title = "Sure?",
                                   .choices = {{"yes", "Yes", ButtonKind::primary}, {"no", "No"}},
                                   .escape = 1});
    if (answer >= 0) chosen = answer;
  });
  harness.press(20, 20);
  harness.release(20, 20);
  CHECK(pair.left == 0);
  CHECK(audit_keyboard(harness).empty());
  harness.tap("yes");
  CHECK(chosen == 0);
  harness.key(Key::escape);
  CHECK(chosen == 1);
  CHECK(joined(audit(harness.ui())) == "");
}

TEST_CASE("a scan is no text and no key for the screen") {
  UiHarness harness;
  std::string text;
  harness.show([&](Ui& ui) {
    ui.ground(Token::paper);
    const auto result = field(
        ui, {.id = "f", .at = {10, 10, 100, 30}, .label = "Name", .text = text, .active = true});
    apply(text, result.edit, 20);
  });
  harness.scan("4006381333931");
  REQUIRE(harness.scans().size() == 1);
  CHECK(harness.scans()[0].text == "4006381333931");
  CHECK(text.empty());
  harness.type("Zoë");
  CHECK(text == "Zoë");
  harness.key(Key::backspace);
  CHECK(text == "Zo");
  CHECK(harness.sees("Zo"));
}

TEST_CASE("edits keep text whole and within its limit") {
  std::string text = "Їжа";
  CHECK(apply(text, {Edit::Kind::backspace, ""}, 10));
  CHECK(text == "Їж");
  CHECK_FALSE(apply(text, {Edit::Kind::insert, "ґґґґ"}, 10));
  CHECK(text == "Їж");
  CHECK(apply(text, {Edit::Kind::submit, ""}, 10));
  CHECK(apply(text, {Edit::Kind::clear, ""}, 10));
  CHECK(text.empty());
  CHECK(apply(text, {Edit::Kind::backspace, ""}, 10));
}

TEST_CASE("the keypad types with fingers and with real keys") {
  UiHarness harness;
  std::string text;
  int submitted = 0;
  harness.show([&](Ui& ui) {
    ui.ground(Token::paper);
    const auto edit =
        keypad(ui, {.id = "pad", .at = {10, 10, 90, 115}, .separator = ",", .submit = "Go"});
    submitted += edit.kind == Edit::Kind::submit;
    apply(text, edit, 12);
  });
  CHECK(joined(audit(harness.ui())) == "");
  for (const char* id : {"pad.1", "pad.0", "pad.sep", "pad.5"}) harness.tap(id);
  CHECK(text == "10,5");
  harness.type("7x");
  CHECK(text == "10,57");
  harness.tap("pad.back");
  CHECK(text == "10,5");
  harness.tap("pad.ok");
  harness.key(Key::enter);
  CHECK(submitted >= 1);
}

TEST_CASE("the keyboard writes every language with its own letters") {
  for (const auto language : all_languages) {
    UiHarness harness(stand);
    harness.locale = locale_of(language);
    std::string text;
    KeyboardPage page = KeyboardPage::letters;
    harness.show([&](Ui& ui) {
      ui.ground(Token::paper);
      const auto result = keyboard(ui, {.id = "k",
                                        .at = {16, 200, 236, 120},
                                        .layout = layout_of(language),
                                        .page = page,
                                        .submit = "OK"});
      apply(text, result.edit, 40);
      if (result.page) page = *result.page;
    });
    CHECK(joined(audit(harness.ui())) == "");
    harness.tap("k.shift");
    harness.tap("k.k0.0");
    harness.tap("k.k0.0");
    harness.tap("k.space");
    harness.tap("k.digits");
    harness.tap("k.k0.9");
    CHECK(text == (language == Language::uk ? "Йй 0" : "Qq 0"));
  }
  const auto has = [](KeyboardLayout layout, std::string_view letter) {
    for (const auto& row : keyboard_rows(layout, KeyboardPage::shifted, Keyboard::For::text)) {
      if (std::find(row.begin(), row.end(), letter) != row.end()) return true;
    }
    return false;
  };
  for (const auto letter : {"Æ", "Ø", "Å"}) CHECK(has(KeyboardLayout::latin_nb, letter));
  for (const auto letter : {"І", "Ї", "Є", "Ґ"}) CHECK(has(KeyboardLayout::ukrainian, letter));
  CHECK(has(KeyboardLayout::latin_fil, "Ñ"));
  CHECK_FALSE(has(KeyboardLayout::latin, "Ñ"));
}

TEST_CASE("a list pages by whole rows and says what is below") {
  UiHarness harness;
  int chosen = -1;
  harness.show([&](Ui& ui) {
    ui.ground(Token::paper);
    list(ui, {.id = "list", .at = {10, 10, 190, 110}, .count = 12, .row_mm = 20},
         [&](std::size_t i, const Rect& at) {
           const std::string id = "row-" + std::to_string(i);
           if (row(ui, {.id = id, .at = at, .label = id})) chosen = static_cast<int>(i);
           text(ui, at.inset(4, 2), id);
         });
  });
  CHECK(joined(audit(harness.ui())) == "");
  CHECK(harness.sees("8 more below"));
  harness.tap("list.down");
  CHECK(harness.has("row-4"));
  CHECK_FALSE(harness.has("row-3"));
  harness.tap("list.down");
  harness.tap("row-11");
  CHECK(chosen == 11);
  harness.key(Key::page_up);
  CHECK(harness.has("row-4"));
  harness.tap("list.up");
  CHECK(harness.has("row-0"));
  CHECK(audit_keyboard(harness).empty());
}

TEST_CASE("dragging scrolls and presses nothing and a flick goes on") {
  UiHarness harness;
  int chosen = -1;
  harness.show([&](Ui& ui) {
    ui.ground(Token::paper);
    list(ui, {.id = "list", .at = {10, 10, 190, 110}, .count = 200, .row_mm = 20},
         [&](std::size_t i, const Rect& at) {
           const std::string id = "row-" + std::to_string(i);
           if (row(ui, {.id = id, .at = at, .label = id})) chosen = static_cast<int>(i);
         });
  });
  harness.drag(50, 80, 20, 160ms);
  CHECK(chosen == -1);
  CHECK_FALSE(harness.has("row-0"));
  CHECK(harness.ui().wants_animation());
  harness.advance(300ms);
  CHECK_FALSE(harness.has("row-3"));
  for (int i = 0; i < 20; ++i) harness.advance(200ms);
  CHECK_FALSE(harness.ui().wants_animation());
  CHECK(chosen == -1);
}

TEST_CASE("a list that grows at its end shows the newest row") {
  UiHarness harness(till, Audience::staff);
  std::size_t count = 3;
  harness.show([&](Ui& ui) {
    ui.ground(Token::paper);
    list(ui,
         {.id = "basket",
          .at = {10, 10, 120, 60},
          .count = count,
          .row_mm = 12,
          .stick_to_end = true},
         [&](std::size_t i, const Rect& at) {
           const std::string id = "line-" + std::to_string(i);
           (void)row(ui, {.id = id, .at = at, .label = id});
         });
  });
  CHECK(harness.has("line-0"));
  CHECK_FALSE(harness.has("basket.down"));
  count = 40;
  harness.frame(2);
  CHECK(harness.has("line-39"));
  CHECK_FALSE(harness.has("line-0"));
}

TEST_CASE("text that does not fit is shortened and reported") {
  UiHarness harness;
  harness.show([](Ui& ui) {
    ui.ground(Token::paper);
    text(ui, {10, 10, 40, 10}, "A sentence that is far too long for its room");
    text(ui, {10, 40, 200, 10}, "A bell \x07");
    text(ui, {10, 60, 100, 10}, "fits");
    paragraph(ui, {10, 80, 30, 10}, "three lines of words here");
  });
  const auto findings = audit(harness.ui());
  CHECK(mentions(findings, "far too long for its room\" does not fit"));
  CHECK(mentions(findings, "has no glyph for U+7"));
  CHECK(mentions(findings, "does not fit 30"));
  CHECK_FALSE(mentions(findings, "\"fits\""));
}

TEST_CASE("the audit finds what is too small too near or unreadable") {
  UiHarness harness;
  harness.show([](Ui& ui) {
    ui.ground(Token::paper);
    (void)button(ui, {.id = "small", .at = {10, 10, 60, 12}, .label = "Small"});
    (void)button(ui, {.id = "near-1", .at = {10, 40, 40, 20}, .label = "One"});
    (void)button(ui, {.id = "near-2", .at = {51, 40, 40, 20}, .label = "Two"});
    (void)button(ui, {.id = "over", .at = {80, 50, 40, 20}, .label = "Over"});
    (void)button(ui, {.id = "away", .at = {190, 90, 60, 20}, .label = "Away"});
    text(ui, {130, 10, 60, 10}, "pale", {.colour = Token::line});
    text(ui, {40, 46, 60, 10}, "across");
  });
  const auto findings = audit(harness.ui());
  CHECK(mentions(findings, "small is 60"));
  CHECK(mentions(findings, "near-1 and near-2 are only"));
  CHECK(mentions(findings, "near-2 and over overlap"));
  CHECK(mentions(findings, "away leaves the screen"));
  CHECK(mentions(findings, "\"pale\" has contrast"));
  CHECK(mentions(findings, "\"across\" runs over the edge"));
}

TEST_CASE("every pair of tokens in use reaches its contrast in every palette") {
  for (const auto palette :
       {Palette::light, Palette::dark, Palette::contrast_light, Palette::contrast_dark}) {
    const auto& theme = theme_of(palette);
    for (const auto& pair : used_pairs()) {
      const double text = is_high_contrast(palette) ? 12 : 7;
      const double need = pair.need == Need::text ? text : 3;
      INFO(std::string(name_of(pair.fore)), " on ", std::string(name_of(pair.ground)), " palette ",
           static_cast<int>(palette));
      CHECK(contrast(theme[pair.fore], theme[pair.ground]) >= need);
    }
  }
}

TEST_CASE("contrast is measured as WCAG defines it") {
  CHECK(contrast({0, 0, 0}, {255, 255, 255}) == doctest::Approx(21));
  CHECK(contrast({255, 255, 255}, {0x77, 0x77, 0x77}) == doctest::Approx(4.48).epsilon(0.01));
}

TEST_CASE("rectangles are cut without losing a millimetre") {
  Rect rest{0, 0, 100, 50};
  CHECK(rest.take_top(10, 2) == Rect{0, 0, 100, 10});
  CHECK(rest == Rect{0, 12, 100, 38});
  CHECK(rest.take_right(30, 5) == Rect{70, 12, 30, 38});
  CHECK(rest == Rect{0, 12, 65, 38});
  CHECK(rest.take_left(500).w == 65);
  CHECK(rest.empty());
  const Rect whole{0, 0, 100, 40};
  CHECK(whole.column(2, 3, 5) == Rect{70, 0, 30, 40});
  CHECK(whole.cell(5, 3, 2, 4).y == doctest::Approx(22));
  CHECK(distance({0, 0, 10, 10}, {13, 14, 5, 5}) == doctest::Approx(5));
  CHECK(intersection({0, 0, 10, 10}, {20, 0, 5, 5}).empty());
}

TEST_CASE("capitals are as high as the standard asks") {
  for (const auto& display : all_displays) {
    UiHarness harness(display);
    harness.show([](Ui& ui) {
      CHECK(cap_height(ui, {.size = TextSize::body}) >= 4.8f);
      CHECK(cap_height(ui, {.size = TextSize::title}) >= 8.0f);
    });
    harness.look.text = TextScale::large;
    harness.show([](Ui& ui) { CHECK(cap_height(ui, {.size = TextSize::body}) >= 7.5f); });
  }
}

TEST_CASE("a fade runs for its time and then lets the loop sleep") {
  UiHarness harness;
  harness.show([](Ui& ui) { ui.ground(Token::pine); });
  CHECK_FALSE(harness.ui().wants_animation());
  harness.ui().start_fade();
  harness.frame();
  CHECK(harness.ui().wants_animation());
  harness.advance(200ms);
  harness.frame();
  CHECK_FALSE(harness.ui().wants_animation());
}

TEST_CASE("numbers stand in columns whatever their digits") {
  UiHarness harness;
  harness.show([](Ui& ui) {
    for (const auto size : {TextSize::caption, TextSize::body, TextSize::title, TextSize::number}) {
      const TextStyle style{.size = size};
      CHECK(text_width(ui, "1111", style) == doctest::Approx(text_width(ui, "8080", style)));
    }
  });
}
