#include "kiosk/ui/spelling.hpp"

#include <doctest/doctest.h>

#include "storage/domain/values/utf8.hpp"
#include "tests/support/ui_harness.hpp"

using namespace keepsake;
using namespace keepsake::ui;

namespace {

struct Faces {
  Typefaces faces{FontFiles::open({}).value()};
  Spelling spelling{faces};

  std::string shown(std::string_view text) { return std::string(spelling.shown(text)); }
  bool draws(std::string_view text) {
    while (!text.empty())
      if (!faces.letter(Weight::bold, take_code_point(text)).known) return false;
    return true;
  }
};

}  // namespace

TEST_CASE("names whose letters can be drawn are drawn as they are") {
  Faces f;
  for (const char* name :
       {"Ola Nordmann", "Nguyễn Thị Ánh", "Đặng Văn Hùng", "Ștefan Țîrlea", "Ґалаґан Їжакевич",
        "王小明", "山田 花子", "김민준", "Γιώργος", "Հայկ", "Zoë", "Łukasz Żółć", "ß", "Ọlájídé"}) {
    CAPTURE(name);
    CHECK(f.shown(name) == name);
    CHECK(f.draws(f.shown(name)));
  }
}

TEST_CASE("letters and their marks are drawn together however they were typed") {
  Faces f;
  CHECK(f.shown("Nguye\u0302\u0303n") == "Nguyễn");
  CHECK(f.shown("A\u030Ase") == "Åse");
}

TEST_CASE("what cannot be drawn letter by letter is spelled in Latin and never asked or blank") {
  Faces f;
  for (const char* name : {"محمد علي", "สมชาย ใจดี", "שרה כהן", "अनिता शर्मा", "தமிழ்", "🎂", "\u0301",
                           "Ola \u202E\u200F", "\U0010FFFD"}) {
    CAPTURE(name);
    const std::string shown = f.shown(name);
    CAPTURE(shown);
    CHECK(f.draws(shown));
    CHECK(shown.find('?') == std::string::npos);
    CHECK(shown.find_first_not_of(' ') != std::string::npos);
  }
  CHECK(f.shown("Zoë 🎂 Smith") == "Zoë Smith");
  CHECK(f.shown("🎂") == "□");
  CHECK(f.shown("Ali محمد, 12") == "Ali Mḥmd, 12");
}

TEST_CASE("a spelled text stays as long as it is drawn") {
  Faces f;
  const std::string_view shown = f.spelling.shown("محمد");
  f.spelling.begin_frame();
  CHECK(f.spelling.shown("محمد").data() == shown.data());
  f.spelling.begin_frame();
  f.spelling.begin_frame();  // drawn in the frame before: forgotten now
  CHECK(f.shown("محمد") == "Mḥmd");
}

TEST_CASE("all that the product says is in its own typeface") {
  const auto files = FontFiles::open({}).value();
  const std::uint8_t inter = files->order_of(Weight::regular).front();
  for (const char32_t code :
       code_points_of_catalogues(std::filesystem::path(KEEPSAKE_BINARY_DIR) / "locale")) {
    if (code < 0x20 || code >= 0xE000) continue;  // an icon's code is not a letter
    CAPTURE(static_cast<unsigned>(code));
    CHECK(files->glyph_of(inter, code) != 0);
  }
}
