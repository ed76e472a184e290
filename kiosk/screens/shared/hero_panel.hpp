#pragma once
// The ground of attract as a panel: what staff is asked to type, beside the keypad for it.

#include <string>

#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

/// The one bright shape of the hero's ground; millimetres.
void hero_sun(Scene& scene, float x_mm, float y_mm, float radius_mm);

struct Asked {
  ui::Icon icon;
  std::string title;
  std::string text;
};

/// Draws the panel with the time and the day, and returns the room for the keypad, `keypad_mm`
/// wide: to the right of the panel, in portrait below it.
ui::Rect beside_hero(Scene& scene, ui::Rect body, const Asked& asked, float keypad_mm);

}  // namespace keepsake::screens
