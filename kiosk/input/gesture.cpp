#include "kiosk/input/gesture.hpp"

#include <cmath>

namespace keepsake::input {

void Gesture::track_speed(const Pointer& event) {
  const float dt_ms = static_cast<float>((event.time - last_time_).count());
  if (dt_ms <= 0) return;
  const float now = (event.at.y - position_.y) / dt_ms * 1000.0f;
  // A finger that rested before lifting must not fling: old speed fades within about 50 ms.
  const float keep = std::exp(-dt_ms / 50.0f);
  speed_mm_s_ = speed_mm_s_ * keep + now * (1.0f - keep);
  last_time_ = event.time;
}

Gesture::Outcome Gesture::feed(const Pointer& event) {
  Outcome out;
  switch (event.phase) {
    case PointerPhase::press:
      phase_ = Phase::pressed;
      origin_ = position_ = event.at;
      last_time_ = event.time;
      speed_mm_s_ = flick_mm_s_ = 0;
      out.pressed = true;
      break;
    case PointerPhase::move: {
      if (phase_ == Phase::idle) break;
      track_speed(event);
      const float dx = event.at.x - origin_.x;
      const float dy = event.at.y - origin_.y;
      if (phase_ == Phase::pressed && dx * dx + dy * dy > slop_mm * slop_mm) {
        phase_ = Phase::dragging;
        out.dropped = true;
        out.scrolled_mm = dy;
      } else if (phase_ == Phase::dragging) {
        out.scrolled_mm = event.at.y - position_.y;
      }
      position_ = event.at;
      break;
    }
    case PointerPhase::release: {
      if (phase_ == Phase::idle) break;
      // A release may be the first sign of movement: let it count as a move before it.
      const auto last = feed({PointerPhase::move, event.at, event.time});
      out.dropped = last.dropped;
      out.scrolled_mm = last.scrolled_mm;
      out.tapped = phase_ == Phase::pressed;
      track_speed(event);
      flick_mm_s_ =
          phase_ == Phase::dragging && std::abs(speed_mm_s_) >= flick_min_mm_s ? speed_mm_s_ : 0.0f;
      out.released = true;
      phase_ = Phase::idle;
      break;
    }
    case PointerPhase::cancel:
      out.dropped = phase_ == Phase::pressed;
      out.released = phase_ != Phase::idle;
      phase_ = Phase::idle;
      flick_mm_s_ = 0;
      break;
  }
  return out;
}

float Flick::travelled_mm(Ticks now) const {
  const float t = static_cast<float>((now - started).count());
  return speed_mm_s * (flick_tau_ms / 1000.0f) * (1.0f - std::exp(-t / flick_tau_ms));
}

bool Flick::over(Ticks now) const {
  const float t = static_cast<float>((now - started).count());
  return std::abs(speed_mm_s) * std::exp(-t / flick_tau_ms) < 5.0f;
}

}  // namespace keepsake::input
