#pragma once

#include <vector>

#include "kiosk/input/event.hpp"

namespace keepsake::platform {

/// What has come since the last look.
struct Polled {
  std::vector<input::Event> events;  ///< scans already decoded
  bool quit = false;                 ///< window closed or the system asked
  bool woken = false;                ///< some thread called wake()
  bool exposed = false;              ///< the picture must be drawn again (size, unhidden)
};

}  // namespace keepsake::platform
