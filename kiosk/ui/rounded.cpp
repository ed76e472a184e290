#include "kiosk/ui/rounded.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <imgui_internal.h>
#include <numbers>
#include <vector>

namespace keepsake::ui {
namespace {

constexpr int most_segments = 12;  // of a quarter of a circle, as in ImGui's own table
constexpr float least_radius = 0.5f;

/// Directions from 0 to 90 degrees in `segments` equal steps, both ends included.
struct Quarter {
  int segments = 0;
  std::array<ImVec2, most_segments + 1> directions;
};

std::array<Quarter, most_segments + 1> make_quarters() {
  std::array<Quarter, most_segments + 1> quarters;
  for (int n = 1; n <= most_segments; ++n) {
    auto& quarter = quarters[static_cast<std::size_t>(n)];
    quarter.segments = n;
    for (int i = 0; i <= n; ++i) {
      const float angle =
          std::numbers::pi_v<float> / 2 * static_cast<float>(i) / static_cast<float>(n);
      quarter.directions[static_cast<std::size_t>(i)] = {std::cos(angle), std::sin(angle)};
    }
  }
  return quarters;
}

/// As many steps as the list's own rule for circles wants (style: CircleTessellationMaxError).
const Quarter& quarter_of(const ImDrawList& draw, float radius) {
  static const auto quarters = make_quarters();
  const int wanted = (draw._CalcCircleAutoSegmentCount(radius) + 3) / 4;
  return quarters[static_cast<std::size_t>(std::clamp(wanted, 1, most_segments))];
}

/// One outline: how far outside the box it runs, and its colour.
struct Ring {
  float outward;
  ImU32 colour;
};

ImU32 clear(ImU32 colour) { return colour & ~IM_COL32_A_MASK; }

float fitting(const RoundedBox& box) {
  const float side = std::min(box.max.x - box.min.x, box.max.y - box.min.y);
  return std::min(box.radius, side / 2 - 1);
}

enum class Inside : bool { empty, full };

constexpr int most_rings = 4;

/// The corners' numbers of a box's triangles, counted from its first: a band between each two rings
/// and, when `full`, a fan over the innermost. Vertices run point by point, ring by ring.
std::vector<ImDrawIdx> make_triangles(int segments, int rings, Inside inside) {
  std::vector<ImDrawIdx> out;
  const int points = 4 * (segments + 1);
  const auto triangle = [&](int point_a, int ring_a, int point_b, int ring_b, int point_c,
                            int ring_c) {
    out.push_back(static_cast<ImDrawIdx>(point_a * rings + ring_a));
    out.push_back(static_cast<ImDrawIdx>(point_b * rings + ring_b));
    out.push_back(static_cast<ImDrawIdx>(point_c * rings + ring_c));
  };
  for (int i = 2; inside == Inside::full && i < points; ++i) triangle(0, 0, i - 1, 0, i, 0);
  for (int last = points - 1, i = 0; i < points; last = i++) {
    for (int ring = 0; ring + 1 < rings; ++ring) {
      triangle(i, ring, last, ring, last, ring + 1);
      triangle(last, ring + 1, i, ring + 1, i, ring);
    }
  }
  return out;
}

/// The same for every box of so many segments and rings: made once. Only two rings are ever full.
const std::vector<ImDrawIdx>& triangles_of(int segments, std::size_t rings) {
  static const auto all = [] {
    std::array<std::array<std::vector<ImDrawIdx>, most_rings + 1>, most_segments + 1> made;
    for (int n = 1; n <= most_segments; ++n) {
      for (int r = 2; r <= most_rings; ++r)
        made[static_cast<std::size_t>(n)][static_cast<std::size_t>(r)] =
            make_triangles(n, r, r == 2 ? Inside::full : Inside::empty);
    }
    return made;
  }();
  return all[static_cast<std::size_t>(segments)][rings];
}

/// Outlines from the innermost to the outermost and the triangles between them.
template <std::size_t count>
void put_rings(ImDrawList& draw, const RoundedBox& box, const Quarter& quarter,
               const std::array<Ring, count>& rings) {
  const auto& triangles = triangles_of(quarter.segments, count);
  draw.PrimReserve(static_cast<int>(triangles.size()),
                   4 * (quarter.segments + 1) * static_cast<int>(count));
  const auto first = static_cast<ImDrawIdx>(draw._VtxCurrentIdx);
  // By pointers of our own: through the list's, each write would also write the list.
  std::ranges::transform(triangles, draw._IdxWritePtr, [first](ImDrawIdx corner) {
    return static_cast<ImDrawIdx>(first + corner);
  });
  draw._IdxWritePtr += triangles.size();

  const ImVec2 blank = draw._Data->TexUvWhitePixel;
  const float r = box.radius;
  ImDrawVert* vertex = draw._VtxWritePtr;
  const auto corner = [&](ImVec2 centre, ImVec2 along, ImVec2 across) {
    for (int i = 0; i <= quarter.segments; ++i) {
      const ImVec2 d = quarter.directions[static_cast<std::size_t>(i)];
      const ImVec2 out{d.x * along.x + d.y * across.x, d.x * along.y + d.y * across.y};
      for (const Ring& ring : rings) {
        const float reach = r + ring.outward;
        *vertex++ = {{centre.x + out.x * reach, centre.y + out.y * reach}, blank, ring.colour};
      }
    }
  };
  corner({box.min.x + r, box.min.y + r}, {-1, 0}, {0, -1});
  corner({box.max.x - r, box.min.y + r}, {0, -1}, {1, 0});
  corner({box.max.x - r, box.max.y - r}, {1, 0}, {0, 1});
  corner({box.min.x + r, box.max.y - r}, {0, 1}, {-1, 0});
  draw._VtxCurrentIdx += static_cast<unsigned int>(vertex - draw._VtxWritePtr);
  draw._VtxWritePtr = vertex;
}

}  // namespace

void fill_rounded(ImDrawList& draw, RoundedBox box, ImU32 colour) {
  box.radius = fitting(box);
  if (box.radius < least_radius) return draw.AddRectFilled(box.min, box.max, colour);
  const std::array rings{Ring{-0.5f, colour}, Ring{0.5f, clear(colour)}};
  put_rings(draw, box, quarter_of(draw, box.radius), rings);
}

void stroke_rounded(ImDrawList& draw, RoundedBox box, ImU32 colour, float width) {
  box.radius = fitting(box);
  if (box.radius < std::max(least_radius, width)) {
    // ImGui strokes half a pixel inside of what it is given.
    return draw.AddRect({box.min.x - 0.5f, box.min.y - 0.5f}, {box.max.x + 0.5f, box.max.y + 0.5f},
                        colour, std::max(0.0f, box.radius), 0, width);
  }
  const float solid = std::max(0.0f, (width - 1) / 2);
  const auto& quarter = quarter_of(draw, box.radius);
  if (solid < 0.01f) {
    const std::array thin{Ring{-1, clear(colour)}, Ring{0, colour}, Ring{1, clear(colour)}};
    return put_rings(draw, box, quarter, thin);
  }
  const std::array thick{Ring{-solid - 1, clear(colour)}, Ring{-solid, colour}, Ring{solid, colour},
                         Ring{solid + 1, clear(colour)}};
  put_rings(draw, box, quarter, thick);
}

}  // namespace keepsake::ui
