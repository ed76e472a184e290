#pragma once
// What a finger means: a tap, or a drag that scrolls and may end in a flick. Pure; time comes in.

#include <optional>

#include "kiosk/input/event.hpp"

namespace keepsake::input {

inline constexpr float slop_mm = 2.0f;          ///< a finger that moved less is still tapping
inline constexpr float flick_tau_ms = 325.0f;   ///< speed decays as exp(-t/tau), as phones do
inline constexpr float flick_min_mm_s = 40.0f;  ///< slower at release is no flick

/// Follows one finger from press to release.
class Gesture {
 public:
  enum class Phase { idle, pressed, dragging };

  struct Outcome {
    bool pressed = false;   ///< went down in this event
    bool tapped = false;    ///< released without having left the slop
    bool dropped = false;   ///< was a press, now is a drag or was cancelled: nothing is activated
    float scrolled_mm = 0;  ///< finger travel of this event while dragging, downwards positive
    bool released = false;  ///< the finger is up now
  };

  Outcome feed(const Pointer& event);

  Phase phase() const { return phase_; }
  Point origin() const { return origin_; }  ///< where the finger went down
  Point position() const { return position_; }
  /// Vertical speed at release, mm/s, 0 below flick_min_mm_s. Downwards positive.
  float flick_mm_s() const { return flick_mm_s_; }

 private:
  void track_speed(const Pointer& event);

  Phase phase_ = Phase::idle;
  Point origin_;
  Point position_;
  Ticks last_time_{};
  float speed_mm_s_ = 0;
  float flick_mm_s_ = 0;
};

/// A flick under way: distance as a function of time since release.
struct Flick {
  float speed_mm_s = 0;
  Ticks started{};

  /// Travelled since `started`: speed * tau * (1 - exp(-t/tau)).
  float travelled_mm(Ticks now) const;
  bool over(Ticks now) const;  ///< slower than 5 mm/s: stop drawing
};

}  // namespace keepsake::input
