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

std::string burst_in(const std::vector<Event>& events) {
  for (const auto& event : events)
    if (const auto* press = get_if<KeyPress>(&event)) return press->burst;
  return "no key";
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

TEST_CASE("three characters are a code, two are keys") {
  for (const std::string_view code : {"401", "4011", "40112", "A-1"}) {
    Scanner scanner;
    const Ticks end = type(scanner, code, Ticks(0), Ticks(8));
    scanner.feed(enter(end));
    const auto events = scanner.take(end);
    REQUIRE(events.size() == 1);
    REQUIRE(scan_in(events) != nullptr);
    CHECK(scan_in(events)->text == code);
  }
  Scanner scanner;
  const Ticks end = type(scanner, "12", Ticks(0), Ticks(8));
  scanner.feed(enter(end));
  const auto events = scanner.take(end);
  CHECK(scan_in(events) == nullptr);
  CHECK(typed_in(events) == "12");
  CHECK(events.size() == 3);
  CHECK(burst_in(events) == "");
}

TEST_CASE("a short burst that nothing ends is given back as keys") {
  Scanner scanner;
  const Ticks end = type(scanner, "12345", Ticks(0), Ticks(8));
  const auto events = scanner.take(end + Scanner::silence + Ticks(1));
  CHECK(scan_in(events) == nullptr);
  CHECK(typed_in(events) == "12345");
}

TEST_CASE("a slow scanner types keys, and its Enter says what they were") {
  for (const int pace : {36, 45, 59}) {
    CAPTURE(pace);
    Scanner scanner;
    std::vector<Event> all;
    Ticks at{1000};
    for (const char c : std::string_view("4011")) {
      scanner.feed(key_for(c, at));
      scanner.feed_text(std::string(1, c), at);
      for (auto& event : scanner.take(at + Ticks(30))) all.push_back(event);
      at += Ticks(pace);
    }
    scanner.feed(enter(at));
    for (auto& event : scanner.take(at + Ticks(200))) all.push_back(event);
    CHECK(scan_in(all) == nullptr);
    CHECK(typed_in(all) == "4011");
    CHECK(burst_in(all) == "4011");
  }
}

TEST_CASE("keys without a key code count by their text") {
  Scanner scanner;
  for (int i = 0; i < 4; ++i) scanner.feed_text("7", Ticks(1000 + 45 * i));
  scanner.feed(enter(Ticks(1180)));
  CHECK(burst_in(scanner.take(Ticks(1400))) == "7777");
}

TEST_CASE("a person's Enter ends no burst") {
  const auto burst_of = [](std::vector<int> pauses, int before_enter) {
    Scanner scanner;
    std::vector<Event> all;
    Ticks at{1000};
    for (const int pause : pauses) {
      at += Ticks(pause);
      scanner.feed(key_for('5', at));
      scanner.feed_text("5", at);
    }
    at += Ticks(before_enter);
    scanner.feed(enter(at));
    for (auto& event : scanner.take(at + Ticks(200))) all.push_back(event);
    return burst_in(all);
  };
  CHECK(burst_of({0, 45, 45}, 45) == "555");
  CHECK(burst_of({0, 60, 60}, 60) == "");
  CHECK(burst_of({0, 120, 90}, 90) == "");
  CHECK(burst_of({0, 45, 45}, 401) == "");         // looked at it first
  CHECK(burst_of({0, 45}, 45) == "");              // "55"
  CHECK(burst_of({0, 300, 45, 45}, 45) == "555");  // what was typed before is not of it
}

TEST_CASE("a stall of the loop splits no scan, wherever it comes") {
  const std::string code = "NW8-0417731";
  for (std::size_t stall_at = 0; stall_at < code.size(); ++stall_at) {
    CAPTURE(stall_at);
    Scanner scanner;
    std::vector<Event> all;
    // Seen and stamped as they come until the stall; the rest lies there and is stamped at its end.
    const Ticks stalled = Ticks(1000) + Ticks(10) * static_cast<int>(stall_at);
    const Ticks seen = stalled + Ticks(150);
    for (std::size_t i = 0; i < code.size(); ++i) {
      RawKey key = key_for(code[i], Ticks(1000) + Ticks(10) * static_cast<int>(i));
      if (i >= stall_at) {
        key.time = seen;
        key.earliest = stalled;
      }
      scanner.feed(key);
      scanner.feed_text(std::string(1, code[i]), key.time, key.earliest);
      if (i < stall_at)
        for (auto& event : scanner.take(key.time)) all.push_back(event);
    }
    RawKey end = enter(seen);
    end.earliest = stalled;
    scanner.feed(end);
    for (auto& event : scanner.take(seen)) all.push_back(event);
    REQUIRE(all.size() == 1);
    REQUIRE(scan_in(all) != nullptr);
    CHECK(scan_in(all)->text == code);
  }
}

TEST_CASE("a stall of the loop makes no scan of what a person typed") {
  const auto after_stall = [](std::string_view text, Ticks stall) {
    Scanner scanner;
    for (const char c : text) {
      RawKey key = key_for(c, Ticks(1000) + stall);
      key.earliest = Ticks(1000);
      scanner.feed(key);
      scanner.feed_text(std::string(1, c), key.time, key.earliest);
    }
    RawKey end = enter(Ticks(1000) + stall);
    end.earliest = Ticks(1000);
    scanner.feed(end);
    return scanner.take(Ticks(5000) + stall);
  };
  const auto typed = after_stall("kettles", Ticks(1500));
  CHECK(scan_in(typed) == nullptr);
  CHECK(typed_in(typed) == "kettles");
  // In 200 ms nobody types seven letters; and a check digit is no accident.
  CHECK(scan_in(after_stall("KET-017", Ticks(200))) != nullptr);
  CHECK(scan_in(after_stall("4006381333931", Ticks(1500))) != nullptr);
  // Digits whose pace nobody knows are no figure either.
  CHECK(burst_in(after_stall("4011", Ticks(1500))) == "4011");
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
  CHECK(shape_of_scan("KC4417000000000001") == ScanShape::card);
  CHECK(shape_of_scan("KC441700000000000") == ScanShape::serial);
  CHECK(shape_of_scan("4111111111111112") == ScanShape::serial);
  CHECK(shape_of_scan("KR0123456789AB") == ScanShape::receipt);
  CHECK(shape_of_scan("NW8-0417731") == ScanShape::serial);
  CHECK(shape_of_scan("hello world") == ScanShape::unknown);
  CHECK(shape_of_scan("") == ScanShape::unknown);
}

TEST_CASE("whatever is typed slowly comes out unchanged and in order") {
  CHECK(rc::check([](const std::vector<std::uint8_t>& picks) {
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
  }));
}
