#include "kiosk/ui/theme.hpp"

#include <algorithm>
#include <cmath>

namespace keepsake::ui {
namespace {

constexpr Rgb hex(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
          static_cast<std::uint8_t>(value)};
}

struct Row {
  Token token;
  std::string_view name;
  std::uint32_t light, dark, contrast_light, contrast_dark;
};

// The table of the design. High contrast has no soft grounds; its one colour is the focus yellow.
constexpr std::array<Row, token_count> rows{{
    {Token::paper, "paper", 0xF5F2EC, 0x0F1513, 0xFFFFFF, 0x000000},
    {Token::surface, "surface", 0xFFFFFF, 0x19211E, 0xFFFFFF, 0x000000},
    {Token::sunk, "sunk", 0xECE7DD, 0x232D29, 0xFFFFFF, 0x000000},
    {Token::ink, "ink", 0x16201D, 0xF3F1EA, 0x000000, 0xFFFFFF},
    {Token::muted, "muted", 0x3F4945, 0xBFC7C3, 0x000000, 0xFFFFFF},
    {Token::line, "line", 0xDCD5C8, 0x33403B, 0x000000, 0xFFFFFF},
    {Token::pine, "pine", 0x0B4F43, 0x6FD3BC, 0x000000, 0xFFFFFF},
    {Token::on_pine, "on_pine", 0xFFFFFF, 0x06231D, 0xFFFFFF, 0x000000},
    {Token::pine_press, "pine_press", 0x083B32, 0x53BDA5, 0x2B2B2B, 0xD6D6D6},
    {Token::hero, "hero", 0x0B4F43, 0x0B2A24, 0xFFFFFF, 0x000000},
    {Token::on_hero, "on_hero", 0xFFFFFF, 0xF3F1EA, 0x000000, 0xFFFFFF},
    {Token::hero_soft, "hero_soft", 0x0E5A4C, 0x16382F, 0xFFFFFF, 0x000000},
    {Token::hero_accent, "hero_accent", 0xE8A23C, 0xF0B04F, 0xFFFFFF, 0x000000},
    {Token::mint, "mint", 0xD8EBE4, 0x16382F, 0xFFFFFF, 0x000000},
    {Token::amber, "amber", 0xC67F12, 0xF0B04F, 0x6B6B6B, 0x999999},
    {Token::amber_soft, "amber_soft", 0xFBEBCF, 0x3A2C12, 0xFFFFFF, 0x000000},
    {Token::amber_ink, "amber_ink", 0x5C3B00, 0xFFD38A, 0x000000, 0xFFFFFF},
    {Token::rose, "rose", 0x8E1F2B, 0xFF9E9E, 0x000000, 0xFFFFFF},
    {Token::rose_soft, "rose_soft", 0xF8E1E1, 0x3C1B1E, 0xFFFFFF, 0x000000},
    {Token::sky, "sky", 0x1E4A7A, 0xA9CDF5, 0x000000, 0xFFFFFF},
    {Token::sky_soft, "sky_soft", 0xDEEAF6, 0x172B40, 0xFFFFFF, 0x000000},
    {Token::focus, "focus", 0x16201D, 0xF3F1EA, 0x000000, 0xFFE000},
    {Token::focus_inner, "focus_inner", 0xFFFFFF, 0x0F1513, 0xFFE000, 0x000000},
    {Token::control, "control", 0xDCD5C8, 0x33403B, 0x000000, 0xFFFFFF},
}};

constexpr std::uint32_t colour_of(const Row& row, Palette palette) {
  switch (palette) {
    case Palette::light:
      return row.light;
    case Palette::dark:
      return row.dark;
    case Palette::contrast_light:
      return row.contrast_light;
    case Palette::contrast_dark:
      break;
  }
  return row.contrast_dark;
}

Theme make_theme(Palette palette) {
  Theme theme;
  theme.palette = palette;
  for (const auto& row : rows) {
    theme.colours[static_cast<std::size_t>(row.token)] = hex(colour_of(row, palette));
  }
  if (is_high_contrast(palette)) theme.card_border_mm = theme.control_border_mm = 0.51f;  // 3 px
  return theme;
}

double luminance(Rgb colour) {
  const auto linear = [](std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
}

// Grounds that text of each kind stands on, and shapes that carry meaning.
constexpr std::array pairs{
    Pair{Token::ink, Token::paper, Need::text},
    Pair{Token::ink, Token::surface, Need::text},
    Pair{Token::ink, Token::sunk, Need::text},
    Pair{Token::ink, Token::amber_soft, Need::text},
    Pair{Token::ink, Token::mint, Need::text},
    Pair{Token::muted, Token::paper, Need::text},
    Pair{Token::muted, Token::surface, Need::text},
    Pair{Token::muted, Token::sunk, Need::text},
    Pair{Token::pine, Token::surface, Need::text},
    Pair{Token::pine, Token::paper, Need::text},
    Pair{Token::pine, Token::mint, Need::text},
    Pair{Token::on_pine, Token::pine, Need::text},
    Pair{Token::on_pine, Token::pine_press, Need::text},
    Pair{Token::on_hero, Token::hero, Need::text},
    Pair{Token::on_hero, Token::hero_soft, Need::text},
    Pair{Token::hero, Token::on_hero, Need::text},
    Pair{Token::amber_ink, Token::amber_soft, Need::text},
    Pair{Token::amber_ink, Token::surface, Need::text},
    Pair{Token::rose, Token::surface, Need::text},
    Pair{Token::rose, Token::rose_soft, Need::text},
    Pair{Token::sky, Token::sky_soft, Need::text},
    Pair{Token::sky, Token::surface, Need::text},
    Pair{Token::amber, Token::surface, Need::shape},
    Pair{Token::pine, Token::surface, Need::shape},
    Pair{Token::pine, Token::paper, Need::shape},
    Pair{Token::focus, Token::focus_inner, Need::shape},
};

}  // namespace

std::string_view name_of(Token token) { return rows[static_cast<std::size_t>(token)].name; }

double contrast(Rgb a, Rgb b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

const Theme& theme_of(Palette palette) {
  static const std::array<Theme, 4> themes{make_theme(Palette::light), make_theme(Palette::dark),
                                           make_theme(Palette::contrast_light),
                                           make_theme(Palette::contrast_dark)};
  return themes[static_cast<std::size_t>(palette)];
}

std::span<const Pair> used_pairs() { return pairs; }

}  // namespace keepsake::ui
