#include "kiosk/input/scanner.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "storage/domain/sale/gtin.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/luhn.hpp"
#include "storage/domain/values/member_card.hpp"

namespace keepsake::input {
namespace {

// HID usage tables 1.4, page 7, as engraved on a US keyboard: usages 0x04 (a) to 0x38 (/).
constexpr std::string_view plain_keys =
    "abcdefghijklmnopqrstuvwxyz1234567890\r\x1b\b\t -=[]\\#;'`,./";
constexpr std::string_view shifted_keys =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\r\x1b\b\t _+{}|~:\"~<>?";
constexpr std::uint16_t first_usage = 0x04;
constexpr std::string_view keypad_keys = "/*-+\r1234567890.";  // usages 0x54 to 0x63
constexpr std::uint16_t first_keypad_usage = 0x54;

bool all_of(std::string_view text, auto predicate) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return predicate(static_cast<unsigned char>(c));
  });
}

bool is_card(std::string_view text) {
  return is_member_card(text) ||
         (text.size() >= 16 && text.size() <= 19 && is_all_digits(text) && luhn_holds(text));
}

bool is_serial(std::string_view text) {
  const auto fits = [](unsigned char c) {
    return is_digit(c) || is_upper(c) || c == '-' || c == '.' || c == '/';
  };
  return text.size() >= 6 && text.size() <= 64 && all_of(text, fits) &&
         std::any_of(text.begin(), text.end(), is_digit<char>);
}

bool ends_scan(const RawKey& key) { return key.key == Key::enter || key.key == Key::tab; }

char printable(const RawKey& raw) {
  const char c = us_character(raw.usage, raw.shift);
  return c >= ' ' && c < 0x7F ? c : '\0';
}

}  // namespace

char us_character(std::uint16_t usage, bool shift) {
  if (usage >= first_usage && usage < first_usage + plain_keys.size()) {
    const std::size_t i = usage - first_usage;
    return shift ? shifted_keys[i] : plain_keys[i];
  }
  if (usage >= first_keypad_usage && usage < first_keypad_usage + keypad_keys.size()) {
    return keypad_keys[static_cast<std::size_t>(usage - first_keypad_usage)];
  }
  return '\0';
}

ScanShape shape_of_scan(std::string_view text) {
  if (is_card(text)) return ScanShape::card;
  if (Gtin::from_label(text).ok()) return ScanShape::gtin;
  if (text.starts_with("KW1:") && text.size() > 4) return ScanShape::certificate;
  if (text.starts_with("KR") && text.size() >= 14 && text.size() <= 34 &&
      all_of(text, is_letter_or_digit<unsigned char>)) {
    return ScanShape::receipt;
  }
  return is_serial(text) ? ScanShape::serial : ScanShape::unknown;
}

void Scanner::feed(const RawKey& key) {
  settle(key.from());
  if (!held_.empty() && key.from() - held_.back().raw.time > gap) give_back();
  // One too many is enough to know that the burst is noise; only its last key's time matters.
  if (held_.size() > max_length + 1) held_.pop_back();
  held_.push_back({key, {}});
  if (key.repeat) {
    run_ = Run{};
    return give_back();
  }
  if (const char c = printable(key)) {
    note({&c, 1}, key.from(), key.time);
    run_.last_key = key.time;
  }
  if (ends_scan(key)) return end(key);
  // A key that types nothing (arrow, Escape) is never part of a scan; a scanner's control
  // characters come as usages without a printable character and without a meaning of ours.
  if (key.key) {
    run_ = Run{};
    give_back();
  }
}

void Scanner::feed_text(std::string_view utf8, Ticks time, std::optional<Ticks> earliest) {
  const Ticks from = earliest.value_or(time);
  settle(from);
  if (run_.text.empty() || from - run_.last_key > gap) note(utf8, from, time);
  if (!held_.empty() && from - held_.back().raw.time <= gap) {
    held_.back().text += utf8;
    return;
  }
  out_.push_back(Typed{std::string(utf8), time});
}

/// Enter or Tab.
void Scanner::end(const RawKey& key) {
  if (characters() >= min_ended_length && is_scan())
    give_scan();
  else
    give_back(key.key == Key::enter ? burst_before(key) : std::string());
  run_ = Run{};
}

void Scanner::note(std::string_view text, Ticks from, Ticks time) {
  if (from - run_.last >= slow_gap) run_ = Run{};
  if (run_.text.size() < max_length) run_.text += text;
  run_.last = time;
}

/// Empty when a person can have typed it.
std::string Scanner::burst_before(const RawKey& key) const {
  const bool fast = run_.text.size() >= min_ended_length && key.from() - run_.last <= ending_gap;
  return fast ? run_.text : std::string();
}

std::vector<Event> Scanner::take(Ticks now) {
  settle(now);
  return std::exchange(out_, {});
}

std::optional<Ticks> Scanner::deadline() const {
  if (!out_.empty()) return time_of(out_.front());
  if (held_.empty()) return std::nullopt;
  return held_.back().raw.time + (is_burst() ? silence : gap) + Ticks{1};
}

/// Decides what silence decides.
void Scanner::settle(Ticks now) {
  if (held_.empty()) return;
  const auto pause = now - held_.back().raw.time;
  if (is_burst()) {
    if (pause > silence) give_scan();
  } else if (pause > gap) {
    give_back();
  }
}

std::size_t Scanner::characters() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(held_, [](const Held& held) { return printable(held.raw) != '\0'; }));
}

bool Scanner::is_burst() const { return characters() >= min_length && is_scan(); }

std::string Scanner::text() const {
  std::string text;
  for (const auto& held : held_)
    if (const char c = printable(held.raw)) text += c;
  return text;
}

/// No two keys of what is held were surely too far apart. Where the loop stood still between them the
/// whole must have been too quick for a person, or be no text that a person types.
bool Scanner::is_scan() const {
  const auto pauses = static_cast<std::int64_t>(held_.size()) - 1;
  if (held_.back().raw.time - held_.front().raw.from() <= gap * pauses) return true;
  const ScanShape shape = shape_of_scan(text());
  return shape == ScanShape::gtin || shape == ScanShape::card || shape == ScanShape::receipt ||
         shape == ScanShape::certificate;
}

void Scanner::give_back(const std::string& burst) {
  for (auto& held : held_) {
    const bool last = &held == &held_.back();
    if (held.raw.key)
      out_.push_back(KeyPress{*held.raw.key, held.raw.time, last ? burst : std::string()});
    if (!held.text.empty()) out_.push_back(Typed{std::move(held.text), held.raw.time});
  }
  held_.clear();
}

void Scanner::give_scan() {
  Scan scan;
  scan.time = held_.back().raw.time;
  scan.text = text();
  held_.clear();
  if (scan.text.size() > max_length) return;
  scan.shape = shape_of_scan(scan.text);
  out_.push_back(std::move(scan));
}

}  // namespace keepsake::input
