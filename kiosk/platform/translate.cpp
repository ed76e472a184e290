#include "kiosk/platform/translate.hpp"

namespace keepsake::platform {

using input::Key;
using input::PointerPhase;
using input::Ticks;

namespace {

std::optional<Key> key_of(const SDL_Keysym& key) {
  switch (key.sym) {
    case SDLK_TAB:
      return (key.mod & KMOD_SHIFT) != 0 ? Key::back_tab : Key::tab;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
      return Key::enter;
    case SDLK_ESCAPE:
      return Key::escape;
    case SDLK_BACKSPACE:
      return Key::backspace;
    case SDLK_DELETE:
      return Key::del;
    case SDLK_LEFT:
      return Key::left;
    case SDLK_RIGHT:
      return Key::right;
    case SDLK_UP:
      return Key::up;
    case SDLK_DOWN:
      return Key::down;
    case SDLK_HOME:
      return Key::home;
    case SDLK_END:
      return Key::end;
    case SDLK_PAGEUP:
      return Key::page_up;
    case SDLK_PAGEDOWN:
      return Key::page_down;
    default:
      return std::nullopt;
  }
}

bool is_modifier(SDL_Scancode code) {
  return code == SDL_SCANCODE_CAPSLOCK || code == SDL_SCANCODE_NUMLOCKCLEAR ||
         (code >= SDL_SCANCODE_LCTRL && code <= SDL_SCANCODE_RGUI);
}

/// SDL stamps events with 32 bits of milliseconds, which wrap after 49 days.
Ticks time_of(const SDL_Event& event, Ticks now) {
  const auto age = static_cast<Uint32>(now.count()) - event.common.timestamp;
  constexpr Uint32 a_minute = 60'000;  // more is a stamp from the future: a synthetic event
  return age < a_minute ? now - Ticks(age) : now;
}

}  // namespace

void Translator::point(PointerPhase phase, float x_px, float y_px, Ticks time, Polled& out) {
  last_ = {x_px / px_per_mm_, y_px / px_per_mm_};
  out.events.push_back(input::Pointer{phase, last_, time});
}

void Translator::feed_finger(const SDL_TouchFingerEvent& event, Ticks time, int width_px,
                             int height_px, Polled& out) {
  const float x = event.x * static_cast<float>(width_px);
  const float y = event.y * static_cast<float>(height_px);
  if (event.type == SDL_FINGERDOWN) {
    if (finger_) return;  // the first finger only
    finger_ = event.fingerId;
    return point(PointerPhase::press, x, y, time, out);
  }
  if (finger_ != event.fingerId) return;
  if (event.type == SDL_FINGERMOTION) return point(PointerPhase::move, x, y, time, out);
  finger_.reset();
  point(PointerPhase::release, x, y, time, out);
}

void Translator::feed_window(const SDL_WindowEvent& event, Ticks time, Polled& out) {
  switch (event.event) {
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
    case SDL_WINDOWEVENT_SIZE_CHANGED:
      out.exposed = true;
      break;
    case SDL_WINDOWEVENT_CLOSE:
      out.quit = true;
      break;
    case SDL_WINDOWEVENT_FOCUS_LOST:
    case SDL_WINDOWEVENT_HIDDEN:
      // The release may never come: let go of what is held.
      if (finger_ || mouse_down_) {
        out.events.push_back(input::Pointer{PointerPhase::cancel, last_, time});
      }
      finger_.reset();
      mouse_down_ = false;
      break;
    default:
      break;
  }
}

Translator::Moment Translator::key_moment(Ticks stamp) const {
  if (key_time_) return {*key_time_, std::nullopt};
  if (!watched_ || *watched_ >= stamp) return {stamp, std::nullopt};
  return {stamp, watched_};
}

void Translator::feed_key(const SDL_KeyboardEvent& event, Ticks stamp) {
  const auto& key = event.keysym;
  const Moment moment = key_moment(stamp);
  if (is_modifier(key.scancode) || (key.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0) return;
  scanner_.feed({.usage = static_cast<std::uint16_t>(key.scancode),
                 .shift = (key.mod & KMOD_SHIFT) != 0,
                 .repeat = event.repeat != 0,
                 .key = key_of(key),
                 .time = moment.time,
                 .earliest = moment.earliest});
}

void Translator::feed(const SDL_Event& event, Ticks now, int width_px, int height_px, Polled& out) {
  const Ticks time = time_of(event, now);
  switch (event.type) {
    case SDL_QUIT:
      out.quit = true;
      break;
    case SDL_WINDOWEVENT:
      feed_window(event.window, time, out);
      break;
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
      feed_finger(event.tfinger, time, width_px, height_px, out);
      break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP: {
      if (event.button.button != SDL_BUTTON_LEFT || event.button.which == SDL_TOUCH_MOUSEID) break;
      const bool down = event.type == SDL_MOUSEBUTTONDOWN;
      if (down == mouse_down_ || finger_) break;
      mouse_down_ = down;
      point(down ? PointerPhase::press : PointerPhase::release, static_cast<float>(event.button.x),
            static_cast<float>(event.button.y), time, out);
      break;
    }
    case SDL_MOUSEMOTION:
      if (!mouse_down_ || event.motion.which == SDL_TOUCH_MOUSEID) break;
      point(PointerPhase::move, static_cast<float>(event.motion.x),
            static_cast<float>(event.motion.y), time, out);
      break;
    case SDL_MOUSEWHEEL:
      out.events.push_back(input::Wheel{{static_cast<float>(event.wheel.mouseX) / px_per_mm_,
                                         static_cast<float>(event.wheel.mouseY) / px_per_mm_},
                                        -event.wheel.preciseY,
                                        time});
      break;
    case SDL_KEYDOWN:
      feed_key(event.key, time);
      break;
    case SDL_TEXTINPUT: {
      const Moment moment = key_moment(time);
      scanner_.feed_text(event.text.text, moment.time, moment.earliest);
      break;
    }
    case SDL_SYSWMEVENT: {  // comes just before what SDL makes of it
      const auto device_ms = key_time_ms(event.syswm);
      key_time_.reset();
      if (device_ms) key_time_ = clock_.at(*device_ms, time);
      break;
    }
    default:
      break;
  }
}

void Translator::settle(Ticks now, Polled& out) {
  for (auto& event : scanner_.take(now)) out.events.push_back(std::move(event));
}

}  // namespace keepsake::platform
