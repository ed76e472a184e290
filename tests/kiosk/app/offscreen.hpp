#pragma once
// The window of the tests of the whole kiosk: one for the process, since opening one costs 100 ms. As wide and high as a
// till's in millimetres, which is what screens are laid out by, with a tenth of its pixels: nobody looks at them.

#include "kiosk/platform/window.hpp"

namespace keepsake::test {

inline platform::Window& offscreen_window() {
  static platform::Window the = [] {
    platform::WindowOptions options;
    options.width_px = 400;
    options.height_px = 250;
    options.px_per_mm = 1.8375f;
    options.offscreen = true;
    return *platform::Window::open(options);
  }();
  return the;
}

}  // namespace keepsake::test
