#include "kiosk/ui/geometry.hpp"

#include <cmath>

namespace keepsake::ui {

Rect Rect::take_top(float height, float gap) {
  height = std::clamp(height, 0.0f, h);
  const Rect out{x, y, w, height};
  const float used = std::min(h, height + gap);
  y += used;
  h -= used;
  return out;
}

Rect Rect::take_bottom(float height, float gap) {
  height = std::clamp(height, 0.0f, h);
  const Rect out{x, bottom() - height, w, height};
  h -= std::min(h, height + gap);
  return out;
}

Rect Rect::take_left(float width, float gap) {
  width = std::clamp(width, 0.0f, w);
  const Rect out{x, y, width, h};
  const float used = std::min(w, width + gap);
  x += used;
  w -= used;
  return out;
}

Rect Rect::take_right(float width, float gap) {
  width = std::clamp(width, 0.0f, w);
  const Rect out{right() - width, y, width, h};
  w -= std::min(w, width + gap);
  return out;
}

Rect Rect::column(int index, int count, float gap) const {
  const float width = (w - gap * static_cast<float>(count - 1)) / static_cast<float>(count);
  return {x + static_cast<float>(index) * (width + gap), y, width, h};
}

Rect Rect::row(int index, int count, float gap) const {
  const float height = (h - gap * static_cast<float>(count - 1)) / static_cast<float>(count);
  return {x, y + static_cast<float>(index) * (height + gap), w, height};
}

Rect Rect::cell(int index, int columns, int rows, float gap) const {
  return row(index / columns, rows, gap).column(index % columns, columns, gap);
}

Rect Rect::centred(float width, float height) const {
  width = std::min(width, w);
  height = std::min(height, h);
  return {centre_x() - width / 2, centre_y() - height / 2, width, height};
}

Rect intersection(const Rect& a, const Rect& b) {
  const float left = std::max(a.x, b.x);
  const float top = std::max(a.y, b.y);
  return {left, top, std::max(0.0f, std::min(a.right(), b.right()) - left),
          std::max(0.0f, std::min(a.bottom(), b.bottom()) - top)};
}

float distance(const Rect& a, const Rect& b) {
  const float dx = std::max({0.0f, a.x - b.right(), b.x - a.right()});
  const float dy = std::max({0.0f, a.y - b.bottom(), b.y - a.bottom()});
  return std::sqrt(dx * dx + dy * dy);
}

}  // namespace keepsake::ui
