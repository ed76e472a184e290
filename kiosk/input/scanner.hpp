#pragma once
// A scanner that pretends to be a keyboard types 7-16 ms a key; a person does not. The decoder sits
// between the keyboard and everything else: bursts become a Scan, all other keys come out
// unchanged.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/input/event.hpp"

namespace keepsake::input {

/// The shape of a text; see ScanShape. Total.
ScanShape shape_of_scan(std::string_view text);

/// One key going down. `usage` is the USB HID usage of the key (page 7; SDL scancodes are the same
/// numbers), so that a scanner set to US types the same whatever layout the system has.
struct RawKey {
  std::uint16_t usage = 0;
  bool shift = false;
  bool repeat = false;     ///< made by holding the key: never a scanner
  std::optional<Key> key;  ///< the meaning of a key that types no text
  Ticks time{};
};

/// Not thread-safe; one per keyboard stream. Order is kept: events come out as they went in.
/// Call take() after each feed and whenever deadline() has passed.
class Scanner {
 public:
  static constexpr Ticks gap{35};       ///< a longer pause between two keys is a person
  static constexpr Ticks silence{100};  ///< ends a scan that has no Enter or Tab
  static constexpr std::size_t min_length = 6;
  static constexpr std::size_t max_length = 512;  ///< a longer burst is dropped as noise

  void feed(const RawKey& key);
  /// Text that the layout made of the last key; belongs to it when it came within the same burst.
  void feed_text(std::string_view utf8, Ticks time);

  /// What has been decided by `now`: Scan, or KeyPress and Typed given back.
  std::vector<Event> take(Ticks now);
  /// When take() may have more to give without further input; none when nothing is held.
  std::optional<Ticks> deadline() const;

 private:
  struct Held {
    RawKey raw;
    std::string text;
  };
  void settle(Ticks now);
  void give_back();
  void give_scan();
  bool is_burst() const;

  std::vector<Held> held_;
  std::vector<Event> out_;
};

/// The character a US keyboard types for a HID usage, 0 for keys that type none.
char us_character(std::uint16_t usage, bool shift);

}  // namespace keepsake::input
