#include "tests/kiosk/ui/gallery.hpp"

#include <doctest/doctest.h>

#include "tests/support/ui_harness.hpp"

using namespace keepsake;
using namespace keepsake::test;
using ui::Audience;
using ui::Palette;
using ui::TextScale;

namespace {

struct Screen {
  const char* name;
  void (*draw)(ui::Ui&);
  Display display;
  Audience audience;
  Language language = Language::en;
};

const Screen screens[] = {
    {"attract", draw_attract, stand, Audience::customer},
    {"attract-till", draw_attract, till, Audience::customer},
    {"home", draw_home, stand, Audience::customer},
    {"warranties", draw_warranties, stand, Audience::customer, Language::uk},
    {"sale", draw_sale, till, Audience::staff},
    {"tender", draw_tender, till, Audience::staff},
    {"today", draw_today, till, Audience::staff},
    {"form", draw_form, stand, Audience::customer},
    {"form-uk-small", draw_form, small_till, Audience::customer, Language::uk},
    {"question", draw_question, stand, Audience::customer},
};

const char* name_of(Palette palette) {
  switch (palette) {
    case Palette::light:
      return "light";
    case Palette::dark:
      return "dark";
    case Palette::contrast_light:
      return "contrast-light";
    case Palette::contrast_dark:
      break;
  }
  return "contrast-dark";
}

}  // namespace

TEST_CASE("every widget looks as it did in every palette") {
  for (const auto& screen : screens) {
    UiHarness harness(screen.display, screen.audience);
    harness.locale = locale_of(screen.language);
    for (const auto palette :
         {Palette::light, Palette::dark, Palette::contrast_light, Palette::contrast_dark}) {
      // High contrast is looked at on two screens that hold every kind of widget: pictures cost
      // time.
      const bool rich = screen.draw == draw_home || screen.draw == draw_sale;
      if (is_high_contrast(palette) && !rich) continue;
      harness.look.palette = palette;
      harness.show(screen.draw);
      const std::string name = std::string("gallery-") + screen.name + "-" + name_of(palette);
      const auto fault = harness.compare_golden(name);
      CHECK_MESSAGE(fault.empty(), fault);
    }
  }
}

TEST_CASE("the gallery passes its own audit and is reached with Tab") {
  for (const auto& screen : screens) {
    UiHarness harness(screen.display, screen.audience);
    harness.locale = locale_of(screen.language);
    for (const auto palette :
         {Palette::light, Palette::dark, Palette::contrast_light, Palette::contrast_dark}) {
      harness.look.palette = palette;
      harness.show(screen.draw);
      for (const auto& finding : audit(harness.ui())) {
        FAIL_CHECK(std::string(screen.name), " ", std::string(name_of(palette)), ": ", finding);
      }
    }
    for (const auto& finding : audit_keyboard(harness)) {
      FAIL_CHECK(std::string(screen.name), ": ", finding);
    }
  }
}
