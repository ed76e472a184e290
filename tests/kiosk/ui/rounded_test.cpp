// Rounded boxes by their geometry: what they cover, and that nothing leaves the box but the edge's
// fading.
#include "kiosk/ui/rounded.hpp"

#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>
#include <imgui_internal.h>
#include <numbers>

using namespace keepsake::ui;

namespace {

constexpr ImU32 ink = IM_COL32(10, 20, 30, 255);

/// A draw list of its own, as a frame begins with.
struct Drawing {
  Drawing() : list((shared.SetCircleTessellationMaxError(0.12f), &shared)) {
    shared.ClipRectFullscreen = {0, 0, 1000, 1000};
    list._ResetForNewFrame();
    list.PushClipRectFullScreen();
  }
  ImDrawListSharedData shared;
  ImDrawList list;

  /// Of all triangles, a corner that is clear counting nothing: what the eye adds up.
  double ink_area() const {
    double sum = 0;
    for (int i = 0; i + 2 < list.IdxBuffer.Size; i += 3) {
      const ImDrawVert* corner[3];
      double opacity = 0;
      for (int k = 0; k < 3; ++k) {
        corner[k] = &list.VtxBuffer[list.IdxBuffer[i + k]];
        opacity += static_cast<double>(corner[k]->col >> IM_COL32_A_SHIFT) / 255;
      }
      const ImVec2 a = corner[0]->pos, b = corner[1]->pos, c = corner[2]->pos;
      sum += std::abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2.0 * opacity / 3;
    }
    return sum;
  }
  /// How far any vertex lies outside of the box; negative: all inside.
  float overhang(const RoundedBox& box) const {
    float most = -1000;
    for (const ImDrawVert& v : list.VtxBuffer)
      most = std::max({most, box.min.x - v.pos.x, v.pos.x - box.max.x, box.min.y - v.pos.y,
                       v.pos.y - box.max.y});
    return most;
  }
};

double area_of(double w, double h, double r) { return w * h - (4 - std::numbers::pi) * r * r; }

}  // namespace

TEST_CASE("rounded: a filled box covers its area and fades half a pixel beyond it") {
  for (const float radius : {1.0f, 4.0f, 16.0f, 29.0f}) {
    Drawing drawing;
    const RoundedBox box{{10, 20}, {210, 80}, radius};
    fill_rounded(drawing.list, box, ink);
    CAPTURE(radius);
    CHECK(drawing.ink_area() == doctest::Approx(area_of(200, 60, radius)).epsilon(0.002));
    CHECK(drawing.overhang(box) == doctest::Approx(0.5f));
  }
}

TEST_CASE("rounded: a radius that does not fit becomes a pill") {
  Drawing drawing;
  fill_rounded(drawing.list, {{0, 0}, {100, 40}, 500}, ink);
  CHECK(drawing.ink_area() == doctest::Approx(area_of(100, 40, 19)).epsilon(0.004));
}

TEST_CASE("rounded: a stroke is as wide as asked, along the box") {
  for (const float width : {1.0f, 1.5f, 3.0f}) {
    Drawing drawing;
    const RoundedBox box{{10, 20}, {210, 80}, 12};
    stroke_rounded(drawing.list, box, ink, width);
    const double along = 2 * (200 - 24) + 2 * (60 - 24) + 2 * std::numbers::pi * 12;
    CAPTURE(width);
    CHECK(drawing.ink_area() == doctest::Approx(along * width).epsilon(0.005));
    CHECK(drawing.overhang(box) == doctest::Approx(width / 2 + 0.5f));
  }
}

TEST_CASE("rounded: square boxes and strokes wider than their radius are drawn too") {
  Drawing square;
  fill_rounded(square.list, {{10, 20}, {110, 70}, 0}, ink);
  CHECK(square.ink_area() == doctest::Approx(100 * 50));
  Drawing thick;
  stroke_rounded(thick.list, {{10, 20}, {110, 70}, 2}, ink, 4);
  CHECK(thick.ink_area() == doctest::Approx(4 * 300).epsilon(0.03));
}
