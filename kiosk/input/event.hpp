#pragma once
// What a person or a scanner did, after translation and before meaning. Positions are millimetres
// from the display's top left corner; times are milliseconds of a steady clock.

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

namespace keepsake::input {

using Ticks = std::chrono::milliseconds;

struct Point {
  float x = 0;
  float y = 0;
  bool operator==(const Point&) const = default;
};

enum class PointerPhase { press, move, release, cancel };

/// The first finger or the left mouse button; other fingers do not exist.
struct Pointer {
  PointerPhase phase = PointerPhase::move;
  Point at;
  Ticks time{};
  bool operator==(const Pointer&) const = default;
};

enum class Key : std::uint8_t {
  tab,
  back_tab,
  enter,
  escape,
  backspace,
  del,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down
};

struct KeyPress {
  Key key = Key::enter;
  Ticks time{};
  /// Of Enter: what was typed just before, faster than a person types. A scanner that is slow for
  /// one; whatever it is, the key that ends it presses no button.
  std::string burst = {};
  bool operator==(const KeyPress&) const = default;
};

/// Text as the keyboard layout gave it; UTF-8, at most a few code points.
struct Typed {
  std::string text;
  Ticks time{};
  bool operator==(const Typed&) const = default;
};

/// What a scanned text is by its shape alone; what it means is for flow to find out.
enum class ScanShape : std::uint8_t {
  gtin,         ///< 8, 12, 13 or 14 digits with a right check digit, UPC-E too
  card,         ///< "KC" and 16 digits, or 16-19 digits with a right Luhn digit
  receipt,      ///< "KR" and 12-32 letters or digits
  certificate,  ///< "KW1:" and printable characters: a warranty certificate's QR code
  serial,       ///< 6-64 of A-Z 0-9 - . / with at least one digit
  unknown,      ///< printable, and nothing of the above
};

struct Scan {
  std::string text;  ///< printable ASCII, 3 to limits of Scanner, control characters dropped
  ScanShape shape = ScanShape::unknown;
  Ticks time{};
  bool operator==(const Scan&) const = default;
};

struct Wheel {
  Point at;
  float notches = 0;  ///< positive shows what is below
  Ticks time{};
  bool operator==(const Wheel&) const = default;
};

using Event = std::variant<Pointer, KeyPress, Typed, Scan, Wheel>;

Ticks time_of(const Event& event);

}  // namespace keepsake::input
