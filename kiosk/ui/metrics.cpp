#include <algorithm>
#include <cmath>

#include "kiosk/ui/impl.hpp"

namespace keepsake::ui {
namespace {

struct CapHeights {
  float caption, body, heading, title, number;
  float of(TextSize size) const {
    switch (size) {
      case TextSize::caption:
        return caption;
      case TextSize::body:
        return body;
      case TextSize::heading:
        return heading;
      case TextSize::title:
        return title;
      case TextSize::number:
        break;
    }
    return number;
  }
};

// EN 301 549 5.1.4 asks 4.8 mm for a customer at arm's length, 7.5 mm for large text; staff sit
// closer and have more on the screen. A large display has room for more air.
constexpr CapHeights customer_compact{4.2f, 4.8f, 5.2f, 8.0f, 14.0f};
constexpr CapHeights customer_wide{4.8f, 5.4f, 5.9f, 10.0f, 24.0f};
constexpr CapHeights customer_compact_large{6.6f, 7.5f, 7.8f, 10.0f, 16.0f};
constexpr CapHeights customer_wide_large{7.0f, 8.2f, 9.0f, 13.0f, 28.0f};
constexpr CapHeights staff_normal{2.15f, 2.5f, 2.8f, 3.6f, 7.0f};
constexpr CapHeights staff_large{3.1f, 3.7f, 4.0f, 4.8f, 9.0f};

/// A counter display, 10 to 16 inches; above it stand those that people walk up to.
constexpr float small_short_side_mm = 118.0f;
constexpr float large_short_side_mm = 200.0f;

constexpr float usual_short_side_mm = 137.0f;  // 10 inches, which the sizes above are made for

float short_side_mm(const Frame& frame) {
  return static_cast<float>(std::min(frame.width_px, frame.height_px)) / frame.px_per_mm;
}

const CapHeights& heights_of(const Frame& frame) {
  const bool large = frame.look.text == TextScale::large;
  if (frame.audience == Audience::staff) return large ? staff_large : staff_normal;
  if (glass_of(frame) == Glass::large) return large ? customer_wide_large : customer_wide;
  return large ? customer_compact_large : customer_compact;
}

}  // namespace

Glass glass_of(const Frame& frame) {
  const float short_mm = short_side_mm(frame);
  if (short_mm < small_short_side_mm) return Glass::small;
  return short_mm < large_short_side_mm ? Glass::counter : Glass::large;
}

Weight weight_of(TextSize size, Weight asked) {
  if (size == TextSize::title || size == TextSize::number) return Weight::bold;
  if (size == TextSize::heading && asked == Weight::regular) return Weight::bold;
  return asked;
}

Face face_of_cap(Weight weight, float cap_px) {
  // Share of ImGui's font size that an Inter capital takes (1490 of 2048 units em; line 1.2102 em).
  constexpr float cap_share = 0.6011f;
  const int px = std::max(8, static_cast<int>(std::lround(cap_px / cap_share)));
  return {weight, px, static_cast<float>(px) * cap_share};
}

float cap_mm_of(const Frame& frame, TextSize size) {
  const float cap = heights_of(frame).of(size);
  const bool words = size != TextSize::title && size != TextSize::number;
  if (words || frame.audience == Audience::staff || glass_of(frame) != Glass::counter) return cap;
  // Titles and the one number grow with the display; what is read stays.
  return cap * std::clamp(short_side_mm(frame) / usual_short_side_mm, 1.0f, 1.4f);
}

Metrics metrics_of(const Frame& frame) {
  const Glass glass = glass_of(frame);
  if (frame.audience == Audience::staff && glass == Glass::small) {
    return {.target = 10,
            .target_small = 9.2f,
            .gap = 3,
            .margin = 3,
            .pad = 3,
            .card_radius = 3,
            .button_radius = 2.6f};
  }
  if (frame.audience == Audience::staff) {
    return {.target = 12,
            .target_small = 9.2f,
            .gap = 3,
            .margin = 4,
            .pad = 3.8f,
            .card_radius = 3.4f,
            .button_radius = 2.9f};
  }
  if (glass == Glass::small) {
    return {.target = 15,
            .target_small = 15,
            .gap = 3,
            .margin = 3,
            .pad = 3.5f,
            .card_radius = 3.6f,
            .button_radius = 3.2f};
  }
  if (glass == Glass::counter) {
    return {.target = 20,
            .target_small = 15,
            .gap = 3.5f,
            .margin = 6,
            .pad = 5.5f,
            .card_radius = 4.2f,
            .button_radius = 3.6f};
  }
  return {.target = 27,
          .target_small = 20,
          .gap = 7,
          .margin = 16,
          .pad = 11,
          .card_radius = 5,
          .button_radius = 4.4f};
}

}  // namespace keepsake::ui
