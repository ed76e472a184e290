#include "storage/domain/values/key_layout.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace keepsake;

namespace {

/// The keys that a scanner set to `layout` types for `text`, as a US keyboard reads them; empty when
/// it cannot type it.
std::string keys_for(KeyLayout layout, std::string_view text) {
  std::string keys;
  for (const char wanted : text) {
    for (char us = ' '; us < 0x7F; ++us) {
      const auto c = read_by(layout, std::string_view(&us, 1));
      if (!c || (*c)[0] != wanted) continue;
      keys += us;
      break;
    }
  }
  return keys.size() == text.size() ? keys : std::string();
}

KeyLayout layout_named(std::string_view name) {
  const auto layout = parse_key_layout(name);
  REQUIRE(layout.has_value());
  return *layout;
}

}  // namespace

TEST_CASE("what scanners of other countries type, by hand from their keyboards") {
  const struct {
    const char* layout;
    const char* us_text;
    const char* meant;
  } rows[] = {{"fr", "@()))))))))!*", "2900000000018"},
              {"fr", "QZ", "AW"},
              {"fr", "<", "."},
              {"fr", ">", "/"},
              {"be", "@()))))))))!*", "2900000000018"},
              {"be", "=", "-"},
              {"de", "KY/17", "KZ-17"},
              {"de", "&", "/"},
              {"ch", "KY/17", "KZ-17"},
              {"ch", "&", "/"},
              {"cz", "@()))))))))!*", "2900000000018"},
              {"cz", "KY/", "KZ-"},
              {"hu", "29`````````18", "2900000000018"},
              {"tr", "K=17", "K-17"},
              {"tr", "/", "."},
              {"uk", "@", "\""},
              {"es", "AB/1", "AB-1"},
              {"it", "AB/1", "AB-1"},
              {"pt", "AB/1", "AB-1"},
              {"nordic", "AB/1", "AB-1"},
              {"nordic", "&", "/"},
              {"us-caps", "ket-17", "KET-17"},
              {"us", "KET-17", "KET-17"}};
  for (const auto& row : rows) {
    CAPTURE(row.layout);
    CAPTURE(row.us_text);
    CHECK(read_by(layout_named(row.layout), row.us_text).value_or("none") == row.meant);
  }
}

TEST_CASE("every keyboard types digits and capitals, so codes of them survive any of them") {
  for (const std::string_view name : key_layout_names) {
    CAPTURE(name);
    const KeyLayout layout = layout_named(name);
    for (const std::string_view code :
         {"2900000000018", "0123456789", "ABCDEFGHJKLMNOPQRSTUVWXYZ"}) {
      const std::string keys = keys_for(layout, code);
      REQUIRE(keys.size() == code.size());
      CHECK(read_by(layout, keys) == std::optional(std::string(code)));
      if (keys == code) continue;
      const auto others = other_readings(keys);
      CHECK(std::ranges::count(others, code) == 1);
    }
  }
}

TEST_CASE("what has no meaning on a keyboard is none, and no reading comes twice") {
  CHECK_FALSE(read_by(KeyLayout::fr, "2").has_value());  // é
  CHECK_FALSE(parse_key_layout("klingon").has_value());
  const auto readings = other_readings("KY-17");
  for (const std::string& each : readings) CHECK(std::ranges::count(readings, each) == 1);
  CHECK(std::ranges::count(readings, "KY-17") == 0);
}
