#include <doctest/doctest.h>
#include <set>

#include "sync/pki/pki.hpp"

using namespace keepsake;
using namespace keepsake::sync;

TEST_CASE("an enrolment code survives the way people type it") {
  const std::string print(32, '\x5A');
  const auto code = pki::make_enrol_code(print);
  const auto text = pki::to_text(code);
  CHECK(text.size() == 28 + 6);
  std::string sloppy;
  for (const char c : text) {
    if (c == '-') {
      sloppy += ' ';
    } else if (c == '0') {
      sloppy += 'o';
    } else if (c == '1') {
      sloppy += 'l';
    } else {
      sloppy += static_cast<char>(std::tolower(c));
    }
  }
  const auto read = pki::parse_enrol_code(sloppy);
  REQUIRE(read.ok());
  CHECK(read->secret == code.secret);
  CHECK(read->fingerprint == code.fingerprint);
}

TEST_CASE("an enrolment code names its authority") {
  const std::string print(32, '\x5A');
  std::string other = print;
  other[0] = '\x5B';
  const auto code = pki::make_enrol_code(print);
  CHECK(pki::made_by(code, print));
  CHECK_FALSE(pki::made_by(code, other));
  CHECK_FALSE(pki::made_by(code, ""));
}

TEST_CASE("codes of the wrong length or with strange letters are refused") {
  const auto text = pki::to_text(pki::make_enrol_code(std::string(32, '\x11')));
  for (const auto& wrong : {std::string(), text.substr(1), text + "7", text.substr(1) + "U",
                            std::string(1000, '0'), text.substr(2) + "\xC3\xA9"}) {
    const auto refused = pki::parse_enrol_code(wrong);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == "enrol.syntax");
  }
}

TEST_CASE("secrets do not repeat") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(pki::make_enrol_code(std::string(32, 'x')).secret);
  CHECK(seen.size() == 1000);
}
