// The keyboard and the keypad where there is little height.
#include <doctest/doctest.h>
#include <set>

#include "kiosk/ui/kit.hpp"
#include "tests/support/ui_harness.hpp"

using namespace keepsake;
using namespace keepsake::test;
using namespace keepsake::ui;

namespace {

/// The letters that keys show, in no order.
std::set<std::string> letters_shown(const UiHarness& harness) {
  std::set<std::string> letters;
  for (const auto& widget : harness.probe().widgets())
    if (widget.id.starts_with("k.k")) letters.insert(std::string(widget.label));
  return letters;
}

}  // namespace

TEST_CASE("a keyboard on a low display has every letter, if need be on a second leaf") {
  for (const auto language : all_languages) {
    for (const auto scale : {TextScale::normal, TextScale::large}) {
      for (const auto page : {KeyboardPage::letters, KeyboardPage::shifted, KeyboardPage::digits,
                              KeyboardPage::accents, KeyboardPage::accents_shifted}) {
        CAPTURE(std::string(code_of(language)));
        UiHarness harness(low_till);
        harness.locale = locale_of(language);
        harness.look.text = scale;
        harness.show([&](Ui& ui) {
          ui.ground(Token::paper);
          const Keyboard board{.id = "k",
                               .at = {2, 30, 170, 69},
                               .layout = layout_of(language),
                               .page = page,
                               .submit = "OK"};
          CHECK(keyboard_height(ui, board, 170) == doctest::Approx(69));
          (void)keyboard(ui, board);
        });
        CHECK(audit(harness.ui()).empty());
        auto letters = letters_shown(harness);
        if (harness.has("k.leaf")) {
          harness.tap("k.leaf");
          CHECK(audit(harness.ui()).empty());
          letters.merge(letters_shown(harness));
          harness.tap("k.leaf");
          CHECK(harness.has("k.k0.0"));
        }
        for (const auto& row : keyboard_rows(layout_of(language), page, Keyboard::For::text))
          for (const auto letter : row)  // the two signs stand with the digits, too
            CHECK_MESSAGE((letters.contains(std::string(letter)) || letter == "-" || letter == "'"),
                          letter);
      }
    }
  }
}

TEST_CASE("a letter of the second leaf is typed and leads back to the first") {
  UiHarness harness(low_till);
  std::string text;
  KeyboardPage page = KeyboardPage::letters;
  harness.show([&](Ui& ui) {
    ui.ground(Token::paper);
    const auto result = keyboard(ui, {.id = "k",
                                      .at = {2, 30, 170, 69},
                                      .layout = KeyboardLayout::ukrainian,
                                      .page = page,
                                      .submit = "OK"});
    apply(text, result.edit, 40);
    if (result.page) page = *result.page;
  });
  harness.tap("k.leaf");
  harness.tap("k.shift");
  harness.tap("k.k1.9");
  harness.tap("k.k2.0");
  CHECK(text == "Жя");
  harness.tap("k.leaf");
  harness.tap("k.digits");
  CHECK(harness.has("k.k0.0"));
}

TEST_CASE("a keypad on a low display has three rows of keys as large as a finger needs") {
  UiHarness harness(low_till);
  std::string text;
  harness.show([&](Ui& ui) {
    ui.ground(Token::paper);
    apply(text, keypad(ui, {.id = "pad", .at = {10, 10, 75, 60}, .separator = "+"}), 12);
  });
  CHECK(audit(harness.ui()).empty());
  for (const char* id : {"pad.sep", "pad.1", "pad.9", "pad.0", "pad.7", "pad.back"})
    harness.tap(id);
  CHECK(text == "+190");
  CHECK(audit_keyboard(harness).empty());
}
