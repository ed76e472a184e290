#pragma once
// Lengths are millimetres on the glass, from the display's top left corner.

#include <algorithm>
#include <vector>

namespace keepsake::ui {

struct Rect {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;

  float right() const { return x + w; }
  float bottom() const { return y + h; }
  float centre_x() const { return x + w / 2; }
  float centre_y() const { return y + h / 2; }
  bool empty() const { return w <= 0 || h <= 0; }
  bool contains(float px, float py) const {
    return px >= x && px < right() && py >= y && py < bottom();
  }
  bool operator==(const Rect&) const = default;

  Rect inset(float all) const { return inset(all, all); }
  Rect inset(float sides, float ends) const {
    return {x + sides, y + ends, std::max(0.0f, w - 2 * sides), std::max(0.0f, h - 2 * ends)};
  }

  // Cutting: each takes a strip off this rectangle, and the gap beside it, and returns the strip.
  // A strip is never larger than what is left.
  Rect take_top(float height, float gap = 0);
  Rect take_bottom(float height, float gap = 0);
  Rect take_left(float width, float gap = 0);
  Rect take_right(float width, float gap = 0);

  // Dividing evenly; the gap lies between.
  Rect column(int index, int count, float gap) const;
  Rect row(int index, int count, float gap) const;
  Rect cell(int index, int columns, int rows, float gap) const;  ///< row by row

  /// A rectangle of this size in the middle (not larger than this one).
  Rect centred(float width, float height) const;
};

Rect intersection(const Rect& a, const Rect& b);  ///< empty() when they do not meet
float distance(const Rect& a, const Rect& b);     ///< shortest gap, 0 when they touch or overlap

enum class Shape { landscape, portrait };

}  // namespace keepsake::ui
