#include "kiosk/platform/device_clock.hpp"

#include <SDL_syswm.h>

namespace keepsake::platform {

input::Ticks DeviceClock::at(std::uint32_t device_ms, input::Ticks seen) {
  constexpr std::int32_t a_minute = 60'000;
  const std::uint32_t offset = static_cast<std::uint32_t>(seen.count()) - device_ms;
  // Both wrap; their difference is small and has a sign.
  const auto late = static_cast<std::int32_t>(offset - offset_.value_or(offset));
  if (!offset_ || late < 0 || late > a_minute) {
    offset_ = offset;
    return seen;
  }
  return seen - input::Ticks(late);
}

std::optional<std::uint32_t> key_time_ms(const SDL_SysWMEvent& event) {
#ifdef SDL_VIDEO_DRIVER_X11
  if (event.msg == nullptr || event.msg->subsystem != SDL_SYSWM_X11) return std::nullopt;
  const XEvent& x = event.msg->msg.x11.event;
  if (x.type != KeyPress || x.xkey.time == CurrentTime) return std::nullopt;
  return static_cast<std::uint32_t>(x.xkey.time);
#else
  static_cast<void>(event);
  return std::nullopt;
#endif
}

}  // namespace keepsake::platform
