// "Free, in one minute": how long joining takes, by touching every key that it needs and adding up
// what a person needs for each.
//
// The sum is a keystroke-level model (Card, Moran and Newell 1980, "The Keystroke-Level Model for
// User Performance Time with Interactive Systems", CACM 23(7), table 1), with its slowest figures:
// people at a kiosk have neither trained nor put their hands on a keyboard before.
#include <algorithm>
#include <chrono>
#include <doctest/doctest.h>
#include <set>
#include <string>

#include "storage/domain/values/utf8.hpp"
#include "tests/kiosk/screens/kiosk.hpp"

namespace keepsake::test {
namespace {

using namespace std::chrono_literals;
using Milliseconds = std::chrono::milliseconds;

// K, "worst typist, unfamiliar with the keyboard". It is P, to point at a target, and B, to press
// it, as well: 1.1 s and 0.1 s.
constexpr Milliseconds touch_time = 1200ms;
// M, to prepare: on every page, before every field, and before every decision that is no typing.
constexpr Milliseconds thought = 1350ms;
// R: a page fades in within 180 ms (kiosk/ui); nothing else of joining is waited for.
constexpr Milliseconds page_fade = 180ms;
// Silent reading, 238 words a minute (Brysbaert 2019, "How many words do we read per minute?",
// Journal of Memory and Language 109). Every word of the form is read, once; choosing among the few
// words of a page of choices is what M is for.
constexpr Milliseconds a_word = 60'000ms / 238;

struct Newcomer {
  Language language;
  const char* name;
  const char* phone;
  const char* calling_code;  // of the shop
  const char* country;       // where it stands
};
// Of usual length, and the phone as it is said in the country of the language.
constexpr std::array newcomers = {
    Newcomer{Language::en, "Emily Johnson", "07400123456", "+44", "GB"},
    Newcomer{Language::nb, "Ingrid Haugen", "40000001", "+47", "NO"},
    Newcomer{Language::nl, "Sanne Jansen", "0612345678", "+31", "NL"},
    Newcomer{Language::uk, "Олена Шевченко", "0501234567", "+380", "UA"},
    Newcomer{Language::id, "Dewi Lestari", "081234567890", "+62", "ID"},
    Newcomer{Language::fil, "Maria Santos", "09171234567", "+63", "PH"}};

Language flow_language(Language language) {
  for (const Language each : all_languages)
    if (each == language) return each;
  return Language::en;
}

std::vector<std::string> letters_of(std::string_view text) {
  std::vector<std::string> letters;
  while (!text.empty()) {
    letters.emplace_back(first_code_points(text, 1));
    text.remove_prefix(letters.back().size());
  }
  return letters;
}

std::int64_t words_in(std::string_view text) {
  std::int64_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    words += !blank && !inside;
    inside = !blank;
  }
  return words;
}

class Joining {
 public:
  Joining(const Display& display, const Newcomer& who) : kiosk_(display), who_(who) {
    kiosk_.shop.ctx.calling_code = who.calling_code;
    kiosk_.shop.ctx.country = who.country;
    kiosk_.shop.ctx.language = flow_language(who.language);
    // Where bringing somebody is rewarded, there is a question more to read.
    loyalty::EarningRule friends;
    friends.kind = loyalty::EarnKind::event;
    friends.event = loyalty::Event::referrer;
    kiosk_.shop.active->rules.earning.rules.push_back(friends);
    kiosk_.settle();
  }

  Milliseconds run() {
    decide("start");
    decide("join");
    think();  // of one's own name
    for (const std::string& letter : letters_of(who_.name)) type(letter);
    // In landscape the phone is on the next page; in portrait it is a field below.
    decide(kiosk_.has("phone") ? "phone" : "keys.ok");
    for (const char digit : std::string_view(who_.phone)) touch(std::string("pad.") + digit);
    decide("consent.membership");
    decide("submit");
    return time_;
  }

  int touches() const { return touches_; }
  std::int64_t words() const { return words_; }
  Kiosk& kiosk() { return kiosk_; }

 private:
  void think() { time_ += thought; }
  void touch(const std::string& id) {
    kiosk_.tap(id);
    ++touches_;
    time_ += touch_time;
  }
  /// A touch that has to be thought of; what it brings is read.
  void decide(const std::string& id) {
    think();
    touch(id);
    time_ += page_fade;  // though not every one of them brings another page
    if (kiosk_.shop.screen<flow::Join>() != nullptr) read();
  }
  void type(const std::string& letter) {
    if (letter == " ") return touch("keys.space");
    for (const ui::ProbeWidget& widget : kiosk_.probe().widgets()) {
      if (!widget.id.starts_with("keys.k") || widget.label != letter) continue;
      return touch(std::string(widget.id));
    }
    FAIL("no key shows " << letter << ": a touch more to find it");
  }
  /// What was not on the glass before; keys are looked for, not read.
  void read() {
    for (const ui::ProbeText& text : kiosk_.probe().texts()) {
      if (letters_of(text.text).size() < 2 || !read_.emplace(text.text).second) continue;
      words_ += words_in(text.text);
      time_ += a_word * words_in(text.text);
    }
  }

  Kiosk kiosk_;
  Newcomer who_;
  Milliseconds time_{0};
  int touches_ = 0;
  std::int64_t words_ = 0;
  std::set<std::string> read_;
};

void everyone_joins_on(const Display& display) {
  for (const Newcomer& who : newcomers) {
    CAPTURE(std::string(code_of(who.language)));
    Joining joining(display, who);
    const Milliseconds time = joining.run();
    const flow::Session& session = joining.kiosk().shop.s;
    REQUIRE(joining.kiosk().shop.emitted<flow::Enrol>() == 1);
    // What their number has, and the word that it collects, with nothing to close first.
    CHECK(holds_alternative<flow::Identify>(session.visit.screen));
    CHECK_FALSE(joining.kiosk().has("notice.ok"));
    CHECK(time < 60s);
    // Every letter and digit once, and: wake, join, phone, consent, done.
    const auto typed = letters_of(who.name).size() + std::string_view(who.phone).size();
    CHECK(joining.touches() == static_cast<int>(typed) + 5);
    MESSAGE(std::string(display.name)
            << " " << std::string(code_of(who.language)) << ": "
            << static_cast<double>(time.count() / 100) / 10.0 << " s, " << joining.touches()
            << " touches, " << joining.words() << " words read");
  }
}

}  // namespace

// A case for each display: one process for all of them is more than the thread sanitizer can hold.
TEST_CASE("joining takes less than a minute in every language on the till") {
  everyone_joins_on(till);
}
TEST_CASE("joining takes less than a minute in every language on the small till") {
  everyone_joins_on(small_till);
}
TEST_CASE("joining takes less than a minute in every language on the stand") {
  everyone_joins_on(stand);
}

}  // namespace keepsake::test
