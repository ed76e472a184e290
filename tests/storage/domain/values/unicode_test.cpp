#include "storage/domain/values/unicode.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

TEST_CASE("a letter and its marks are one code point") {
  CHECK(composed("Pho\u031B\u0309") == "Phở");
  CHECK(composed("Åse") == "Åse");
  CHECK(composed("") == "");
  CHECK(composed("o\u0309\xC3") == "o\u0309\xC3");
}

TEST_CASE("marks and signs without a shape are told from letters") {
  CHECK(is_mark(U'\u0309'));
  CHECK_FALSE(is_mark(U'o'));
  for (const char32_t sign : U"\u00AD\u200B\u200D\u200F\u202E\u2060\uFE0F\uFEFF")
    if (sign != 0) CHECK(shows_nothing(sign));
  for (const char32_t letter : {U'a', U' ', U'\u0309', U'王'}) CHECK_FALSE(shows_nothing(letter));
}
