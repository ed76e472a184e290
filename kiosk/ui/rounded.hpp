#pragma once
// Rounded boxes written straight into a draw list. A screen is mostly these, and Dear ImGui's own
// path (points, then normals, then triangles) took half of a frame. Internal to kiosk/ui.

#include <imgui.h>

namespace keepsake::ui {

/// In pixels. A radius larger than fits becomes half the short side less a pixel, as ImGui has it.
struct RoundedBox {
  ImVec2 min, max;
  float radius = 0;
};

/// Filled, with an edge that fades over one pixel; square and hard below half a pixel of radius.
void fill_rounded(ImDrawList& draw, RoundedBox box, ImU32 colour);

/// A line of `width` px whose middle runs along the box, fading over half a pixel on both sides.
void stroke_rounded(ImDrawList& draw, RoundedBox box, ImU32 colour, float width);

}  // namespace keepsake::ui
