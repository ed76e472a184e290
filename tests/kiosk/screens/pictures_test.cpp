// The pictures: golden ones compared, and all of them written out for people to look at.
#include <array>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>

#include "kiosk/screens/screens.hpp"
#include "tests/kiosk/screens/fixtures.hpp"
#include "tests/support/ui_harness.hpp"

namespace keepsake::test {
namespace {

struct Shot {
  const char* look;
  Language language = Language::en;
  flow::TextSize text = flow::TextSize::normal;
  flow::Contrast contrast = flow::Contrast::normal;
  flow::Theme theme = flow::Theme::light;
};

void show(UiHarness& harness, flow::Session session, const Shot& shot) {
  session.visit.text = shot.text;
  session.visit.contrast = shot.contrast;
  flow::Context context = shop_context();
  context.theme = shot.theme;
  harness.audience = screens::audience_of(session);
  harness.look = screens::look_of(session, context);
  harness.locale = locale_of(shot.language);
  harness.show([session, context](ui::Ui& ui) { screens::draw(ui, session, context, moment); });
  harness.frame(2);
}

std::string name_of(const Shot& shot, const Display& display) {
  std::string name = std::string(shot.look) + "-" + std::string(display.name) + "-" +
                     std::string(code_of(shot.language));
  if (shot.text == flow::TextSize::large) name += "-large";
  if (shot.contrast == flow::Contrast::high) name += "-contrast";
  if (shot.theme == flow::Theme::dark) name += "-dark";
  return name;
}

/// KEEPSAKE_PICTURES=folder writes every look there; =folder:sale only those of one screen;
/// KEEPSAKE_PICTURES_DISPLAY=14in only those of the displays with that in their name.
void write_all(const std::string& where) {
  const auto colon = where.find(':');
  const std::filesystem::path folder = where.substr(0, colon);
  const std::string only = colon == std::string::npos ? "" : where.substr(colon + 1);
  const char* code = std::getenv("KEEPSAKE_PICTURES_LANGUAGE");
  const char* style = std::getenv("KEEPSAKE_PICTURES_STYLE");
  const std::string styles = style == nullptr ? "" : style;
  const Language language = parse_language(code == nullptr ? "en" : code).value_or(Language::en);
  std::filesystem::create_directories(folder);
  const char* shape = std::getenv("KEEPSAKE_PICTURES_DISPLAY");
  for (const Display& display : all_displays) {
    if (shape != nullptr && display.name.find(shape) == std::string_view::npos) continue;
    UiHarness harness(display);
    for (const Look& look : looks()) {
      if (!look.name.starts_with(only)) continue;
      Shot shot{look.name.c_str(), language};
      if (styles.find("large") != std::string::npos) shot.text = flow::TextSize::large;
      if (styles.find("contrast") != std::string::npos) shot.contrast = flow::Contrast::high;
      if (styles.find("dark") != std::string::npos) shot.theme = flow::Theme::dark;
      show(harness, look.session, shot);
      harness.save_png(folder / (name_of(shot, display) + ".png"));
    }
  }
}

// A few of each shape, language and style: what they show must not change unnoticed.
const std::array till_shots = {
    Shot{"attract.plain"},
    Shot{"home.masked", Language::id},
    Shot{"join.phone", Language::nb},
    Shot{"sale.everyday", Language::nb},
    Shot{"sale.forty-lines", Language::en, flow::TextSize::normal, flow::Contrast::high},
    Shot{"tender.split", Language::nl},
    Shot{"sale.rewards", Language::nl},
    Shot{"sale.choice", Language::nb},
    Shot{"tender.points", Language::id},
    Shot{"done.rewards", Language::uk},
    Shot{"done.member", Language::fil},
    Shot{"return-find.list", Language::nb},
    Shot{"returning.debt", Language::en},
    Shot{"return-done.cash", Language::uk},
    Shot{"home.welcome", Language::en},
    Shot{"data.saved", Language::nl},
    Shot{"people.found", Language::nb},
    Shot{"sale.people", Language::fil},
    Shot{"sale.gift-card", Language::uk},
    Shot{"join.similar", Language::nl},
    Shot{"profile.manager", Language::en},
    Shot{"profile.timeline", Language::uk},
    Shot{"profile.file-0", Language::nb},
    Shot{"sale.rewards-cash", Language::uk},
    Shot{"given.in-hand", Language::en},
    Shot{"merge.pair", Language::nb},
    Shot{"merge.asking", Language::fil},
    Shot{"staff.list", Language::nb},
    Shot{"shift.short", Language::uk},
    Shot{"sync.offline", Language::en, flow::TextSize::normal, flow::Contrast::normal,
         flow::Theme::dark},
    Shot{"pin.locked", Language::en}};
const std::array small_till_shots = {
    Shot{"sale.everyday", Language::uk, flow::TextSize::large},
    Shot{"tender.cash", Language::id, flow::TextSize::large, flow::Contrast::high},
    Shot{"profile.cashier", Language::fil},
    Shot{"staff.one", Language::uk},
    Shot{"returning.card", Language::uk, flow::TextSize::large},
    Shot{"home.welcome", Language::uk, flow::TextSize::large}};
const std::array stand_shots = {
    Shot{"attract.plain", Language::uk},   Shot{"start.plain", Language::nl},
    Shot{"home.shown", Language::nb},      Shot{"home.warranties", Language::uk},
    Shot{"join.name", Language::uk},       Shot{"warranty.ready", Language::id},
    Shot{"sale.discount", Language::fil},  Shot{"home.welcome", Language::nb},
    Shot{"profile.cashier", Language::uk}, Shot{"merge.pair", Language::nl},
    Shot{"data.withdraw", Language::uk},   Shot{"returning.chosen", Language::id}};

template <std::size_t N>
void compare_all(const Display& display, const std::array<Shot, N>& shots) {
  UiHarness harness(display);
  for (const Shot& shot : shots) {
    show(harness, look(shot.look), shot);
    const std::string wrong = harness.compare_golden("screen-" + name_of(shot, display));
    CHECK_MESSAGE(wrong.empty(), wrong);
  }
}

}  // namespace

TEST_CASE("golden pictures of the till") { compare_all(till, till_shots); }
TEST_CASE("golden pictures of the small till") { compare_all(small_till, small_till_shots); }
TEST_CASE("golden pictures of the stand") { compare_all(stand, stand_shots); }

TEST_CASE("pictures of every look on demand") {
  const char* where = std::getenv("KEEPSAKE_PICTURES");
  if (where == nullptr) {
    MESSAGE("set KEEPSAKE_PICTURES to a folder to have them");
    return;
  }
  write_all(where);
  CHECK_FALSE(
      std::filesystem::is_empty(std::string(where).substr(0, std::string(where).find(':'))));
}

}  // namespace keepsake::test
