#pragma once
// A scanner that pretends to be a keyboard types 7-16 ms a key; a person does not. The decoder sits
// between the keyboard and everything else: bursts become a Scan, all other keys come out
// unchanged. Slow scanners (Bluetooth, 36-60 ms a key) come out as keys, too, but the Enter after
// them says so (KeyPress::burst).

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
  Ticks time{};            ///< it went down no later
  /// And no earlier; none: exactly at `time`. A key that lay in a queue while the loop stood still
  /// went down at an unknown moment of that time.
  std::optional<Ticks> earliest = {};
  Ticks from() const { return earliest.value_or(time); }
};

/// A stall splits nothing: keys belong together unless they cannot have. Nor does it join: keys of
/// unknown pace are a scan only where a person could not have typed as many in that time, or where a
/// check digit or a prefix of ours says what they are.
/// Not thread-safe; one per keyboard stream. Order is kept: events come out as they went in.
/// Call take() after each feed and whenever deadline() has passed.
class Scanner {
 public:
  static constexpr Ticks gap{35};               ///< a longer pause between two keys is a person
  static constexpr Ticks silence{100};          ///< ends a scan that has no Enter or Tab
  static constexpr std::size_t min_length = 6;  ///< of a scan that nothing but silence ends
  static constexpr std::size_t min_ended_length = 3;  ///< of one that Enter or Tab ends
  static constexpr Ticks slow_gap{60};  ///< between keys, a longer pause is no slow scanner either
  static constexpr Ticks ending_gap{
      400};  ///< a longer pause before Enter is a person who has looked
  static constexpr std::size_t max_length = 512;  ///< a longer burst is dropped as noise

  void feed(const RawKey& key);
  /// Text that the layout made of the last key; belongs to it when it came within the same burst.
  void feed_text(std::string_view utf8, Ticks time, std::optional<Ticks> earliest = std::nullopt);

  /// What has been decided by `now`: Scan, or KeyPress and Typed given back.
  std::vector<Event> take(Ticks now);
  /// When take() may have more to give without further input; none when nothing is held.
  std::optional<Ticks> deadline() const;

 private:
  struct Held {
    RawKey raw;
    std::string text;
  };
  /// Typed keys at a pace between a scanner's and a person's, whether or not they were given back.
  struct Run {
    std::string text;
    Ticks last{};
    Ticks last_key{};  ///< whose text, when it comes, is in `text` already
  };
  void settle(Ticks now);
  void end(const RawKey& key);
  void give_back(const std::string& burst = {});
  void give_scan();
  std::size_t characters() const;
  std::string text() const;
  bool is_burst() const;
  bool is_scan() const;
  void note(std::string_view text, Ticks from, Ticks time);
  std::string burst_before(const RawKey& key) const;

  Run run_;
  std::vector<Held> held_;
  std::vector<Event> out_;
};

/// The character a US keyboard types for a HID usage, 0 for keys that type none.
char us_character(std::uint16_t usage, bool shift);

}  // namespace keepsake::input
