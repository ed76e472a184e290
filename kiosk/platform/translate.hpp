#pragma once
// SDL events to input events. Internal to kiosk/platform.

#include <SDL.h>
#include <optional>

#include "kiosk/input/scanner.hpp"
#include "kiosk/platform/device_clock.hpp"
#include "kiosk/platform/polled.hpp"

namespace keepsake::platform {

class Translator {
 public:
  explicit Translator(float px_per_mm) : px_per_mm_(px_per_mm) {}

  /// Adds what the event means to `out`; keys go through the scanner and come out of settle().
  void feed(const SDL_Event& event, input::Ticks now, int width_px, int height_px, Polled& out);
  /// All that has come is fed: what silence decides is decided.
  void settle(input::Ticks now, Polled& out);
  /// Until `now` somebody looked for events and stamped each as it came. What is fed later may have
  /// lain there since, whatever its stamp.
  void watched(input::Ticks now) { watched_ = now; }
  std::optional<input::Ticks> deadline() const { return scanner_.deadline(); }

 private:
  /// When a key went down: exactly, or between two moments.
  struct Moment {
    input::Ticks time{};
    std::optional<input::Ticks> earliest;
  };
  Moment key_moment(input::Ticks stamp) const;
  void feed_key(const SDL_KeyboardEvent& event, input::Ticks stamp);
  void feed_finger(const SDL_TouchFingerEvent& event, input::Ticks time, int width_px,
                   int height_px, Polled& out);
  void feed_window(const SDL_WindowEvent& event, input::Ticks time, Polled& out);
  void point(input::PointerPhase phase, float x_px, float y_px, input::Ticks time, Polled& out);

  float px_per_mm_;
  input::Scanner scanner_;
  DeviceClock clock_;
  std::optional<input::Ticks> key_time_;  ///< of the key that comes next, by its device
  std::optional<input::Ticks> watched_;
  std::optional<SDL_FingerID> finger_;
  bool mouse_down_ = false;
  input::Point last_;
};

}  // namespace keepsake::platform
