// The primitives: flat fills, rounded rectangles, rings, lines, icons. Edges lie on whole pixels.
#include <algorithm>
#include <cmath>
#include <imgui_internal.h>
#include <numbers>

#include "kiosk/ui/impl.hpp"
#include "kiosk/ui/rounded.hpp"

namespace keepsake::ui {
namespace {

struct PxRect {
  ImVec2 min, max;
};

PxRect snapped(const Ui::Impl& ui, const Rect& rect) {
  return {{ui.snap(rect.x), ui.snap(rect.y)}, {ui.snap(rect.right()), ui.snap(rect.bottom())}};
}

float angle_of(float turns) { return (turns - 0.25f) * 2.0f * std::numbers::pi_v<float>; }

}  // namespace

void Ui::ground(Token token) {
  fill(screen(), token);
  impl_->grounds.assign(1, token);
}

void Ui::fill(const Rect& rect, Token token, float radius_mm) {
  const auto r = snapped(*impl_, rect);
  fill_rounded(*impl_->draw, {r.min, r.max, impl_->px(radius_mm)}, impl_->colour(token));
}

void Ui::fill_top(const Rect& rect, Token token, float radius_mm) {
  const auto r = snapped(*impl_, rect);
  impl_->draw->AddRectFilled(r.min, r.max, impl_->colour(token), impl_->px(radius_mm),
                             ImDrawFlags_RoundCornersTop);
}

void Ui::border(const Rect& rect, Token token, float radius_mm, float width_mm) {
  const auto r = snapped(*impl_, rect);
  const float width = std::max(1.0f, std::round(impl_->px(width_mm) * 2) / 2);
  const float inward = width / 2;
  stroke_rounded(*impl_->draw,
                 {{r.min.x + inward, r.min.y + inward},
                  {r.max.x - inward, r.max.y - inward},
                  std::max(0.0f, impl_->px(radius_mm) - inward)},
                 impl_->colour(token), width);
}

void Ui::line(float x1, float y1, float x2, float y2, Token token, float width_mm) {
  const float width = std::max(1.0f, std::round(impl_->px(width_mm)));
  if (y1 == y2) {  // a hairline is whole pixels, not a blur over two
    const float y = std::round(impl_->px(y1) - width / 2);
    impl_->draw->AddRectFilled({impl_->snap(x1), y}, {impl_->snap(x2), y + width},
                               impl_->colour(token));
    return;
  }
  impl_->draw->AddLine(impl_->at(x1, y1), impl_->at(x2, y2), impl_->colour(token), width);
}

void Ui::circle(float x, float y, float radius_mm, Token token) {
  const float radius = impl_->px(radius_mm);
  const int segments = std::clamp(static_cast<int>(radius * 0.8f), 32, 256);
  impl_->draw->AddCircleFilled(impl_->at(x, y), radius, impl_->colour(token), segments);
}

void Ui::arc(float x, float y, float radius_mm, float from, float to, Token token, float width_mm) {
  auto& draw = *impl_->draw;
  const ImVec2 centre = impl_->at(x, y);
  const float radius = impl_->px(radius_mm);
  const float width = impl_->px(width_mm);
  if (to <= from) return;
  const bool closed = to - from >= 1.0f;
  const int segments = std::max(8, static_cast<int>((to - from) * radius * 2.0f));
  draw.PathArcTo(centre, radius, angle_of(from), angle_of(to), segments);
  if (closed) draw._Path.pop_back();
  draw.PathStroke(impl_->colour(token), closed ? ImDrawFlags_Closed : ImDrawFlags_None, width);
  if (closed) return;
  for (const float end : {from, to}) {
    const float a = angle_of(end);
    draw.AddCircleFilled({centre.x + radius * std::cos(a), centre.y + radius * std::sin(a)},
                         width / 2, impl_->colour(token));
  }
}

void Ui::polyline(const std::vector<input::Point>& points, Token token, float width_mm) {
  if (points.size() < 2) return;
  for (const auto& p : points) impl_->draw->PathLineTo(impl_->at(p.x, p.y));
  impl_->draw->PathStroke(impl_->colour(token), ImDrawFlags_None, impl_->px(width_mm));
  for (const auto& p : points) {  // round joins and ends
    impl_->draw->AddCircleFilled(impl_->at(p.x, p.y), impl_->px(width_mm) / 2,
                                 impl_->colour(token));
  }
}

void Ui::pattern(const Rect& rect, int columns, const std::vector<bool>& cells, Token ink) {
  if (columns <= 0 || cells.empty()) return;
  const auto rows =
      (cells.size() + static_cast<std::size_t>(columns) - 1) / static_cast<std::size_t>(columns);
  const float cell =
      std::max(1.0f, std::floor(std::min(impl_->px(rect.w) / static_cast<float>(columns),
                                         impl_->px(rect.h) / static_cast<float>(rows))));
  const float left =
      std::round(impl_->px(rect.centre_x()) - cell * static_cast<float>(columns) / 2);
  const float top = std::round(impl_->px(rect.centre_y()) - cell * static_cast<float>(rows) / 2);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!cells[i]) continue;
    const std::size_t row = i / static_cast<std::size_t>(columns);
    const std::size_t column = i % static_cast<std::size_t>(columns);
    const float x = left + cell * static_cast<float>(column);
    const float y = top + cell * static_cast<float>(row);
    impl_->draw->AddRectFilled({x, y}, {x + cell, y + cell}, impl_->colour(ink));
  }
}

void Ui::icon(Icon icon, float x, float y, float size_mm, Token token) {
  if (icon == Icon::none) return;
  const Letter letter = impl_->typefaces.icon(static_cast<char32_t>(icon));
  const auto px = static_cast<std::uint16_t>(std::max(1L, std::lround(impl_->px(size_mm))));
  const auto* glyph = impl_->glyphs.find({letter.glyph, px, letter.file});
  if (glyph == nullptr || glyph->state != GlyphCache::Glyph::State::ready) return;
  const GlyphBox& box = glyph->box;
  const float left = std::round(impl_->px(x) - (box.x1 - box.x0) / 2);
  const float top = std::round(impl_->px(y) - (box.y1 - box.y0) / 2);
  impl_->put(*glyph, left - box.x0, top - box.y0, impl_->colour(token));
}

void Ui::Impl::put(const GlyphCache::Glyph& glyph, float x, float y, ImU32 colour_) {
  const bool elsewhere = glyph.page != 0;  // the first page is where all else is drawn from
  if (elsewhere) draw->PushTextureID(texture_id(glyphs.texture(glyph.page)));
  const GlyphBox& box = glyph.box;
  draw->PrimReserve(6, 4);
  draw->PrimRectUV({x + box.x0, y + box.y0}, {x + box.x1, y + box.y1}, {glyph.u0, glyph.v0},
                   {glyph.u1, glyph.v1}, colour_);
  if (elsewhere) draw->PopTextureID();
}

void Ui::clip_push(const Rect& rect) {
  auto& clips = impl_->clips;
  const Rect both = clips.empty() ? rect : intersection(rect, clips.back());
  clips.push_back(both);
  const auto r = snapped(*impl_, both);
  impl_->draw->PushClipRect(r.min, r.max, false);
}

void Ui::clip_pop() {
  assert(!impl_->clips.empty());
  impl_->clips.pop_back();
  impl_->draw->PopClipRect();
}

Token Ui::ground_token() const { return impl_->ground(); }
void Ui::push_ground(Token token) { impl_->grounds.push_back(token); }
void Ui::pop_ground() {
  assert(!impl_->grounds.empty());
  impl_->grounds.pop_back();
}

}  // namespace keepsake::ui
