#pragma once
// The window of the tests of the whole kiosk: one for the process, since opening one costs 100 ms.

#include "kiosk/platform/window.hpp"

namespace keepsake::test {

inline platform::Window& offscreen_window() {
  static platform::Window the = [] {
    platform::WindowOptions options;
    options.width_px = 1280;
    options.height_px = 800;
    options.px_per_mm = 5.88f;
    options.offscreen = true;
    return *platform::Window::open(options);
  }();
  return the;
}

}  // namespace keepsake::test
