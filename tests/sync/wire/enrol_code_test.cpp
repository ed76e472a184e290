#include "sync/wire/enrol_code.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace keepsake::sync {

namespace {

EnrolCode some_code() {
  EnrolCode code;
  for (std::size_t i = 0; i < 10; ++i) {
    code.secret[i] = *rc::gen::arbitrary<std::uint8_t>();
    code.ca_fingerprint[i] = *rc::gen::arbitrary<std::uint8_t>();
  }
  return code;
}

const EnrolCode known{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                      {0xFF, 0xEE, 0xDD, 0xCC, 0xBB, 0xAA, 0x99, 0x88, 0x77, 0x66}};

std::string code_of_error(std::string_view typed) {
  const auto parsed = parse_enrol_code(typed);
  return parsed.ok() ? "" : parsed.error().code;
}

}  // namespace

TEST_CASE("a code is groups of four and a check character") {
  const std::string text = to_text(known);
  CHECK(text.size() == 8 * 5 + 1);
  CHECK(text.substr(0, 20) == "000G-40R4-0M30-E209-");
  for (std::size_t i = 4; i < text.size(); i += 5) CHECK(text[i] == '-');
  CHECK(*parse_enrol_code(text) == known);
}

TEST_CASE("any code is read however it is typed") {
  CHECK(rc::check([] {
    const EnrolCode code = some_code();
    std::string typed;
    for (char c : to_text(code)) {
      if (c == '0') c = *rc::gen::element('0', 'o', 'O');
      if (c == '1') c = *rc::gen::element('1', 'i', 'I', 'l', 'L');
      if (c == '-') {
        typed += *rc::gen::element<std::string>("", " ", "-", " - ");
      } else {
        typed += *rc::gen::arbitrary<bool>() ? c : static_cast<char>(std::tolower(c));
      }
    }
    const auto parsed = parse_enrol_code(typed);
    RC_ASSERT(parsed.ok());
    RC_ASSERT(*parsed == code);
  }));
}

TEST_CASE("every single wrong character is found") {
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const std::string text = to_text(known);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '-') continue;
    for (const char c : alphabet) {
      if (c == text[at]) continue;
      std::string wrong = text;
      wrong[at] = c;
      CAPTURE(at);
      CHECK(code_of_error(wrong) == "enrol.code-check");
    }
  }
}

TEST_CASE("every swap of neighbours is found") {
  CHECK(rc::check([] {
    std::string text = to_text(some_code());
    std::erase(text, '-');
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size() - 1);
    RC_PRE(text[at] != text[at + 1]);
    std::swap(text[at], text[at + 1]);
    RC_ASSERT(code_of_error(text) == "enrol.code-check");
  }));
}

TEST_CASE("errors have names and do not repeat the secret") {
  const std::string text = to_text(known);
  CHECK(code_of_error("") == "enrol.code-length");
  CHECK(code_of_error(text.substr(0, 30)) == "enrol.code-length");
  CHECK(code_of_error(text + "0") == "enrol.code-length");
  CHECK(code_of_error(std::string(100'000, 'A')) == "enrol.code-length");
  std::string foreign = text;
  foreign[0] = 'U';  // Crockford leaves it out
  const auto parsed = parse_enrol_code(foreign);
  REQUIRE_FALSE(parsed.ok());
  CHECK(parsed.error().code == "enrol.code-character");
  CHECK(parsed.error().where == "character 1");
  CHECK(to_line(parsed.error()).find(text.substr(5, 4)) == std::string::npos);
}

TEST_CASE("a code names one authority") {
  std::string fingerprint(32, 'x');
  std::copy(known.ca_fingerprint.begin(), known.ca_fingerprint.end(), fingerprint.begin());
  CHECK(names_ca(known, fingerprint));
  fingerprint[31] = 'y';  // beyond the 80 bits
  CHECK(names_ca(known, fingerprint));
  fingerprint[9] = static_cast<char>(fingerprint[9] ^ 1);
  CHECK_FALSE(names_ca(known, fingerprint));
}

}  // namespace keepsake::sync
