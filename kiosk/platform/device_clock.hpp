#pragma once
// When a key really went down. SDL stamps an event when it takes it off the system's queue: after
// the loop stood still, all that lay there has the same stamp. X11 says the device's time, by a
// clock of its own.

#include <SDL.h>
#include <cstdint>
#include <optional>

#include "kiosk/input/event.hpp"

namespace keepsake::platform {

/// Sets a foreign clock of milliseconds beside ours by the quickest delivery there was.
class DeviceClock {
 public:
  /// Our time of what happened at `device_ms` and was seen at `seen`; never later than that.
  /// `device_ms` wraps after 49 days. A jump of the device's clock by more than a minute starts anew.
  input::Ticks at(std::uint32_t device_ms, input::Ticks seen);

 private:
  std::optional<std::uint32_t> offset_;  ///< ours minus the device's, at the least delay seen
};

/// Of a key going down, as the window system has it; nullopt for everything else.
std::optional<std::uint32_t> key_time_ms(const SDL_SysWMEvent& event);

}  // namespace keepsake::platform
