#include "kiosk/input/scanner.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace keepsake::input;

namespace {

RawKey key_for(char c, Ticks time) {
  for (std::uint16_t usage = 4; usage < 0x39; ++usage) {
    for (const bool shift : {false, true}) {
      if (us_character(usage, shift) == c) return {usage, shift, false, std::nullopt, time};
    }
  }
  FAIL("no key for the character");
  return {};
}

RawKey enter(Ticks time) { return {0x28, false, false, Key::enter, time}; }

/// Types the text with a pause between keys; each key also brings the text of its layout.
Ticks type(Scanner& scanner, std::string_view text, Ticks from, Ticks pause) {
  Ticks at = from;
  for (const char c : text) {
    scanner.feed(key_for(c, at));
    scanner.feed_text(std::string(1, c), at);
    at += pause;
  }
  return at;
}

std::string typed_in(const std::vector<Event>& events) {
  std::string out;
  for (const auto& event : events) {
    if (const auto* typed = get_if<Typed>(&event)) out += typed->text;
  }
  return out;
}

const Scan* scan_in(const std::vector<Event>& events) {
  for (const auto& event : events) {
    if (const auto* scan = get_if<Scan>(&event)) return scan;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("a fast burst ended by Enter is one scan and nothing else") {
  Scanner scanner;
  const Ticks end = type(scanner, "4006381333931", Ticks(1000), Ticks(10));
  scanner.feed(enter(end));
  const auto events = scanner.take(end);
  REQUIRE(events.size() == 1);
  REQUIRE(scan_in(events) != nullptr);
  CHECK(scan_in(events)->text == "4006381333931");
  CHECK(scan_in(events)->shape == ScanShape::gtin);
  CHECK_FALSE(scanner.deadline().has_value());
}

TEST_CASE("a burst without Enter is a scan after 100 ms of silence and not before") {
  Scanner scanner;
  const Ticks end = type(scanner, "NW8-0417731", Ticks(0), Ticks(12)) - Ticks(12);
  CHECK(scanner.take(end + Ticks(100)).empty());
  REQUIRE(scanner.deadline().has_value());
  const auto events = scanner.take(*scanner.deadline());
  REQUIRE(scan_in(events) != nullptr);
  CHECK(scan_in(events)->shape == ScanShape::serial);
}

TEST_CASE("a person typing a serial number and Enter is no scan") {
  Scanner scanner;
  std::vector<Event> all;
  Ticks at{0};
  for (const char c : std::string_view("NW8-0417731")) {
    scanner.feed(key_for(c, at));
    scanner.feed_text(std::string(1, c), at);
    for (auto& event : scanner.take(at)) all.push_back(event);
    at += Ticks(60);
  }
  scanner.feed(enter(at));
  for (auto& event : scanner.take(at + Ticks(200))) all.push_back(event);
  CHECK(scan_in(all) == nullptr);
  CHECK(typed_in(all) == "NW8-0417731");
  REQUIRE(std::holds_alternative<KeyPress>(all.back()));
}

TEST_CASE("a short burst is given back as keys") {
  Scanner scanner;
  const Ticks end = type(scanner, "12345", Ticks(0), Ticks(8));
  scanner.feed(enter(end));
  const auto events = scanner.take(end);
  CHECK(scan_in(events) == nullptr);
  CHECK(typed_in(events) == "12345");
  CHECK(events.size() == 6);
}

TEST_CASE("a burst that a slower key follows is a person after all") {
  Scanner scanner;
  const Ticks end = type(scanner, "1234567", Ticks(0), Ticks(10)) - Ticks(10);
  type(scanner, "8", end + Ticks(50), Ticks(1));
  const auto events = scanner.take(end + Ticks(400));
  CHECK(scan_in(events) == nullptr);
  CHECK(typed_in(events) == "12345678");
}

TEST_CASE("a held key repeats fast and is no scan") {
  Scanner scanner;
  std::vector<Event> all;
  for (int i = 0; i < 20; ++i) {
    auto raw = key_for('a', Ticks(i * 30));
    raw.repeat = i > 0;
    scanner.feed(raw);
    scanner.feed_text("a", Ticks(i * 30));
    for (auto& event : scanner.take(Ticks(i * 30))) all.push_back(event);
  }
  for (auto& event : scanner.take(Ticks(5000))) all.push_back(event);
  CHECK(scan_in(all) == nullptr);
  CHECK(typed_in(all) == std::string(20, 'a'));
}

TEST_CASE("shift and punctuation decode as a US keyboard whatever the layout typed") {
  Scanner scanner;
  Ticks at{0};
  for (const char c : std::string_view("KW1:Ab/9_x")) {
    scanner.feed(key_for(c, at));
    scanner.feed_text("ø", at);  // another layout
    at += Ticks(9);
  }
  scanner.feed(enter(at));
  const auto events = scanner.take(at);
  REQUIRE(scan_in(events) != nullptr);
  CHECK(scan_in(events)->text == "KW1:Ab/9_x");
  CHECK(scan_in(events)->shape == ScanShape::certificate);
}

TEST_CASE("an endless burst is dropped and costs bounded memory") {
  Scanner scanner;
  const Ticks end = type(scanner, std::string(5000, '7'), Ticks(0), Ticks(1));
  scanner.feed(enter(end));
  CHECK(scan_in(scanner.take(end)) == nullptr);
  type(scanner, "4006381333931", end + Ticks(500), Ticks(5));
  CHECK(scan_in(scanner.take(end + Ticks(2000))) != nullptr);
}

TEST_CASE("shapes tell a code by its form") {
  CHECK(shape_of_scan("96385074") == ScanShape::gtin);
  CHECK(shape_of_scan("4006381333932") == ScanShape::serial);  // wrong check digit: not a GTIN
  CHECK(shape_of_scan("4111111111111111") == ScanShape::card);
  CHECK(shape_of_scan("KC4111111111111111") == ScanShape::card);
  CHECK(shape_of_scan("KC4111111111111112") == ScanShape::serial);
  CHECK(shape_of_scan("KR0123456789AB") == ScanShape::receipt);
  CHECK(shape_of_scan("NW8-0417731") == ScanShape::serial);
  CHECK(shape_of_scan("hello world") == ScanShape::unknown);
  CHECK(shape_of_scan("") == ScanShape::unknown);
}

TEST_CASE("whatever is typed slowly comes out unchanged and in order") {
  rc::check([](const std::vector<std::uint8_t>& picks) {
    static constexpr std::string_view keys = "abcXYZ019-. /";
    Scanner scanner;
    std::string sent;
    std::vector<Event> all;
    Ticks at{0};
    for (const auto pick : picks) {
      const char c = keys[pick % keys.size()];
      sent += c;
      at += Ticks(36 + pick);
      scanner.feed(key_for(c, at));
      scanner.feed_text(std::string(1, c), at);
      for (auto& event : scanner.take(at)) all.push_back(event);
    }
    for (auto& event : scanner.take(at + Ticks(1000))) all.push_back(event);
    RC_ASSERT(typed_in(all) == sent);
    RC_ASSERT(scan_in(all) == nullptr);
  });
}
