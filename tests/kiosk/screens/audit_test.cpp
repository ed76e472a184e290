// What kiosk/ui/UX.md demands of every screen, in every language, text size, contrast and shape. One case a
// screen, so that they run beside each other.
#include <algorithm>
#include <doctest/doctest.h>
#include <map>

#include "kiosk/screens/screens.hpp"
#include "tests/kiosk/screens/fixtures.hpp"
#include "tests/support/ui_harness.hpp"

namespace keepsake::test {
namespace {

struct Way {
  flow::TextSize text;
  flow::Contrast contrast;
  flow::Theme theme;
  const char* name;
};
constexpr std::array ways = {
    Way{flow::TextSize::normal, flow::Contrast::normal, flow::Theme::light, "normal"},
    Way{flow::TextSize::large, flow::Contrast::normal, flow::Theme::light, "large"},
    Way{flow::TextSize::normal, flow::Contrast::high, flow::Theme::light, "contrast"},
    Way{flow::TextSize::large, flow::Contrast::high, flow::Theme::light, "large contrast"},
    Way{flow::TextSize::normal, flow::Contrast::normal, flow::Theme::dark, "dark"},
    Way{flow::TextSize::large, flow::Contrast::normal, flow::Theme::dark, "large dark"},
    Way{flow::TextSize::normal, flow::Contrast::high, flow::Theme::dark, "dark contrast"},
    Way{flow::TextSize::large, flow::Contrast::high, flow::Theme::dark, "large dark contrast"}};

/// Colours move nothing; words and sizes do. What is to be said of colours is said of the till's, the
/// small till's and the stand's, which have all sizes of letters and arrangements but the low one.
bool colours_only(const Way& way) {
  return way.theme == flow::Theme::dark || way.contrast == flow::Contrast::high;
}

bool walks_colours(const Display& display) {
  return display.name == till.name || display.name == small_till.name || display.name == stand.name;
}

void arrange(UiHarness& harness, flow::Session session, const Way& way, Language language,
             flow::Context context = shop_context()) {
  session.visit.text = way.text;
  session.visit.contrast = way.contrast;
  context.theme = way.theme;
  harness.audience = screens::audience_of(session);
  harness.look = screens::look_of(session, context);
  harness.locale = locale_of(language);
  // The frame between forgets how far the lists of the screen before were scrolled.
  harness.show([](ui::Ui& ui) { ui.ground(ui::Token::paper); });
  harness.show([session, context](ui::Ui& ui) { screens::draw(ui, session, context, moment); });
}

/// One line a finding, with the looks that have it: a defect shows in many of them at once.
void report(const std::map<std::string, std::vector<std::string>>& findings) {
  for (const auto& [what, where] : findings)
    FAIL_CHECK("in " << where.size() << " looks, first " << where.front() << ": " << what);
}

void audit_screen(std::string_view screen, const flow::Context& context = shop_context()) {
  const auto some = looks_of(screen);
  REQUIRE_FALSE(some.empty());
  std::map<std::string, std::vector<std::string>> findings;
  for (const Display& display : all_displays) {
    UiHarness harness(display, ui::Audience::customer, Pixels::none);
    for (const Way& way : ways) {
      if (colours_only(way) && !walks_colours(display)) continue;
      for (const Language language : all_languages) {
        for (const Look& look : some) {
          arrange(harness, look.session, way, language, context);
          for (const std::string& finding : audit(harness.ui()))
            findings[finding].push_back(look.name + " " + std::string(display.name) + " " +
                                        std::string(code_of(language)) + " " + way.name);
        }
      }
    }
  }
  report(findings);
}

void keyboard_screen(std::string_view screen) {
  const auto some = looks_of(screen);
  REQUIRE_FALSE(some.empty());
  std::map<std::string, std::vector<std::string>> findings;
  for (const Display& display : all_displays) {
    // Both laptops are arranged as the till is, with more room.
    if (display.name == laptop.name || display.name == large_laptop.name) continue;
    UiHarness harness(display, ui::Audience::customer, Pixels::none);
    for (const Way& way : ways) {
      if (colours_only(way)) continue;
      for (const Language language : all_languages) {
        for (const Look& look : some) {
          arrange(harness, look.session, way, language);
          for (const std::string& finding : audit_keyboard(harness))
            findings[finding].push_back(look.name + " " + std::string(display.name) + " " +
                                        std::string(code_of(language)) + " " + way.name);
        }
      }
    }
  }
  report(findings);
}

std::vector<std::string_view>& audited() {
  static std::vector<std::string_view> screens;
  return screens;
}

}  // namespace

#define AUDIT_ID(line) audited_at_##line
#define AUDIT_NAME(line) AUDIT_ID(line)
#define AUDIT(screen)                                                                     \
  [[maybe_unused]] const bool AUDIT_NAME(__LINE__) = (audited().push_back(screen), true); \
  TEST_CASE("audit of " screen " in every language size contrast and shape") {            \
    audit_screen(screen);                                                                 \
  }                                                                                       \
  TEST_CASE("the keyboard reaches all of " screen " in every language and size") {        \
    keyboard_screen(screen);                                                              \
  }

AUDIT("attract")
AUDIT("start")
AUDIT("language")
AUDIT("idle")
AUDIT("identify")
AUDIT("home")
AUDIT("why")
AUDIT("data")
AUDIT("people")
AUDIT("profile")
AUDIT("merge")
AUDIT("staff")
AUDIT("articles")
AUDIT("exceptions")
AUDIT("programme")
AUDIT("price")
AUDIT("join")
AUDIT("warranty")
AUDIT("item")
AUDIT("pin")
AUDIT("sale")
AUDIT("tender")
AUDIT("done")
AUDIT("given")
AUDIT("return-find")
AUDIT("returning")
AUDIT("return-done")
AUDIT("shift")
AUDIT("sync")
AUDIT("notice")

#undef AUDIT
#undef AUDIT_NAME
#undef AUDIT_ID

TEST_CASE("a shop's own consents, as long as they may be, fit beside their switches") {
  const std::string words = "Yes, I join. Keep my name and number, as our notice tells it";
  REQUIRE(words.size() == 60);
  flow::Context context = shop_context();
  context.consent_texts = {{ConsentPurpose::membership, "membership-2026", words},
                           {ConsentPurpose::marketing, "marketing-2026", words}};
  REQUIRE(check(context.consent_texts).ok());
  audit_screen("join", context);
  audit_screen("data", context);
}

TEST_CASE("no look is left out of the audits") {
  for (const Look& look : looks()) {
    const std::string_view screen = std::string_view(look.name).substr(0, look.name.find('.'));
    CHECK_MESSAGE(std::ranges::find(audited(), screen) != audited().end(), look.name);
  }
}

}  // namespace keepsake::test
