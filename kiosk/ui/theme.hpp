#pragma once
// Colour tokens. A screen names what a colour is for, never the colour.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace keepsake::ui {

enum class Token : std::uint8_t {
  paper,        ///< ground
  surface,      ///< cards, quiet buttons
  sunk,         ///< tracks, steppers, Finish
  ink,          ///< text
  muted,        ///< second text
  line,         ///< hairlines, decorative borders
  pine,         ///< primary action, own bars
  on_pine,      ///< text on pine
  pine_press,   ///< pine, pressed
  hero,         ///< ground of attract
  on_hero,      ///< text and the one button on it
  hero_soft,    ///< shapes and second buttons on it
  hero_accent,  ///< decoration on it; no meaning, gone in high contrast
  mint,         ///< good news ground, with pine text
  amber,        ///< points and plans as shapes
  amber_soft,   ///< soon, expiring, offline
  amber_ink,    ///< text on amber_soft
  rose,         ///< money off, errors, broken promises
  rose_soft,
  sky,  ///< service in progress
  sky_soft,
  focus,        ///< outer tone of the focus ring
  focus_inner,  ///< inner tone of it
  control,      ///< border of a control; strong in high contrast
  count_
};
inline constexpr std::size_t token_count = static_cast<std::size_t>(Token::count_);
std::string_view name_of(Token token);

struct Rgb {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  bool operator==(const Rgb&) const = default;
};

/// WCAG 2.2 relative luminance contrast, 1 to 21.
double contrast(Rgb a, Rgb b);

enum class Palette : std::uint8_t { light, dark, contrast_light, contrast_dark };
constexpr bool is_high_contrast(Palette p) {
  return p == Palette::contrast_light || p == Palette::contrast_dark;
}

struct Theme {
  Palette palette = Palette::light;
  std::array<Rgb, token_count> colours{};
  float card_border_mm = 0.2f;
  float control_border_mm = 0.26f;

  Rgb operator[](Token token) const { return colours[static_cast<std::size_t>(token)]; }
};

const Theme& theme_of(Palette palette);

/// The pairs that the design system itself uses, for the contrast test.
enum class Need { text, shape };
struct Pair {
  Token fore;
  Token ground;
  Need need;
};
std::span<const Pair> used_pairs();

}  // namespace keepsake::ui
