#include "storage/domain/values/utf8.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/values/text.hpp"

using namespace keepsake;

namespace {

char32_t any_code_point() {
  const auto below = *rc::gen::element<char32_t>(0x80, 0x800, 0xD800, 0x10FFFF + 1);
  const auto above = *rc::gen::inRange<std::uint32_t>(below > 0x800 ? 0xE000 : 0, 0x10FFFF + 1);
  return above < below ? static_cast<char32_t>(above) : U'\u2022';
}

}  // namespace

TEST_CASE("a code point that is appended is taken off again") {
  CHECK(rc::check([] {
    std::string text = "a";
    const char32_t point = any_code_point();
    append_code_point(text, point);
    std::string_view rest = text;
    RC_ASSERT(is_utf8(text));
    RC_ASSERT(code_points_in(text) == 2U);
    RC_ASSERT(take_code_point(rest) == U'a');
    RC_ASSERT(last_code_point_bytes(text) == rest.size());
    RC_ASSERT(take_code_point(rest) == point);
    RC_ASSERT(rest.empty());
  }));
}

TEST_CASE("the borders of RFC 3629") {
  for (const char* whole : {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                            "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    CHECK(is_utf8(whole));
    CHECK(first_code_point(whole).bytes == std::string_view(whole).size());
  }
  for (const char* broken : {"\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                             "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xC3("}) {
    const CodePoint first = first_code_point(broken);
    CHECK_FALSE(first.well_formed);
    CHECK(first.value == U'\uFFFD');
    CHECK(first.bytes == 1);
  }
}

TEST_CASE("byte by byte and at once, bytes are judged alike") {
  CHECK(rc::check([](const std::string& bytes) {
    Utf8Check check;
    bool whole = true;
    for (const char c : bytes) whole = whole && check.take(static_cast<unsigned char>(c));
    RC_ASSERT((whole && check.between_code_points()) == is_utf8(bytes));
  }));
}

TEST_CASE("texts are cut between code points") {
  const std::string_view text = "Ås\u2022\U0001F600";
  CHECK(code_points_in(text) == 4);
  CHECK(first_code_points(text, 0).empty());
  CHECK(first_code_points(text, 3) == "Ås\u2022");
  CHECK(first_code_points(text, 9) == text);
  CHECK(first_bytes(text, 1).empty());
  CHECK(first_bytes(text, 5) == "Ås");
  CHECK(first_bytes(text, 6) == "Ås\u2022");
  CHECK(first_bytes(text, 99) == text);
  CHECK(last_code_point_bytes(text) == 4);
  CHECK(last_code_point_bytes("") == 0);
}
