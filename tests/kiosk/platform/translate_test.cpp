#include "kiosk/platform/translate.hpp"

#include <cstring>
#include <doctest/doctest.h>
#include <string_view>
#include <utility>
#include <vector>

using namespace keepsake;
using namespace keepsake::platform;
using input::Key;
using input::Pointer;
using input::PointerPhase;
using input::Ticks;

namespace {

constexpr int width = 800, height = 400;
constexpr float density = 4;
constexpr Ticks start{1000};

/// A window of 200 by 100 millimetres that is fed what SDL would say.
struct Screen {
  Translator translator{density};
  Ticks now = start;
  Polled polled;

  void feed(SDL_Event event) {
    if (event.common.timestamp == 0) event.common.timestamp = static_cast<Uint32>(now.count());
    translator.feed(event, now, width, height, polled);
  }
  /// What has come out, with what the scanner holds back.
  std::vector<input::Event> take() {
    now += Ticks(500);
    translator.settle(now, polled);
    return std::exchange(polled.events, {});
  }
  void finger(Uint32 type, SDL_FingerID id, float x, float y) {
    SDL_Event event{};
    event.type = type;
    event.tfinger.fingerId = id;
    event.tfinger.x = x;
    event.tfinger.y = y;
    feed(event);
  }
  void mouse(Uint32 type, Uint8 button, int x, int y, Uint32 which = 0) {
    SDL_Event event{};
    event.type = type;
    if (type == SDL_MOUSEMOTION) {
      event.motion.which = which;
      event.motion.x = x;
      event.motion.y = y;
    } else {
      event.button.which = which;
      event.button.button = button;
      event.button.x = x;
      event.button.y = y;
    }
    feed(event);
  }
  void window(Uint8 what) {
    SDL_Event event{};
    event.type = SDL_WINDOWEVENT;
    event.window.event = what;
    feed(event);
  }
  void key(SDL_Scancode code, SDL_Keycode sym, Uint16 mod = KMOD_NONE, bool repeat = false) {
    SDL_Event event{};
    event.type = SDL_KEYDOWN;
    event.key.keysym.scancode = code;
    event.key.keysym.sym = sym;
    event.key.keysym.mod = mod;
    event.key.repeat = repeat ? 1 : 0;
    feed(event);
  }
  void text(const char* utf8) {
    SDL_Event event{};
    event.type = SDL_TEXTINPUT;
    std::strncpy(event.text.text, utf8, sizeof(event.text.text) - 1);
    feed(event);
  }
};

std::vector<PointerPhase> phases(const std::vector<input::Event>& events) {
  std::vector<PointerPhase> found;
  for (const auto& event : events)
    if (const auto* pointer = get_if<Pointer>(&event)) found.push_back(pointer->phase);
  return found;
}

using Phases = std::vector<PointerPhase>;
constexpr auto press = PointerPhase::press, move = PointerPhase::move,
               release = PointerPhase::release, cancel = PointerPhase::cancel;

}  // namespace

TEST_CASE("a finger is measured in millimetres of the glass") {
  Screen screen;
  screen.finger(SDL_FINGERDOWN, 7, 0.5f, 0.25f);
  screen.finger(SDL_FINGERMOTION, 7, 1, 1);
  screen.finger(SDL_FINGERUP, 7, 0, 0);
  const auto events = screen.take();
  CHECK(events == std::vector<input::Event>{Pointer{press, {100, 25}, start},
                                            Pointer{move, {200, 100}, start},
                                            Pointer{release, {0, 0}, start}});
}

TEST_CASE("the scale of the display decides how far a pixel is") {
  Translator fine(16), coarse(2);
  SDL_Event event{};
  event.type = SDL_FINGERDOWN;
  event.tfinger.x = event.tfinger.y = 1;
  Polled small, large;
  fine.feed(event, start, width, height, small);
  coarse.feed(event, start, width, height, large);
  CHECK(std::get<Pointer>(small.events.at(0)).at == input::Point{50, 25});
  CHECK(std::get<Pointer>(large.events.at(0)).at == input::Point{400, 200});
}

TEST_CASE("a second finger does not exist until the first is lifted") {
  Screen screen;
  screen.finger(SDL_FINGERDOWN, 1, 0.1f, 0.1f);
  screen.finger(SDL_FINGERDOWN, 2, 0.9f, 0.9f);
  screen.finger(SDL_FINGERMOTION, 2, 0.8f, 0.8f);
  screen.finger(SDL_FINGERUP, 2, 0.8f, 0.8f);
  CHECK(phases(screen.take()) == Phases{press});
  screen.finger(SDL_FINGERUP, 1, 0.1f, 0.1f);
  screen.finger(SDL_FINGERDOWN, 2, 0.9f, 0.9f);
  CHECK(phases(screen.take()) == Phases{release, press});
}

TEST_CASE("a window that loses its focus lets go of the finger where it was") {
  for (const Uint8 what : {SDL_WINDOWEVENT_FOCUS_LOST, SDL_WINDOWEVENT_HIDDEN}) {
    CAPTURE(static_cast<int>(what));
    Screen screen;
    screen.finger(SDL_FINGERDOWN, 1, 0.5f, 0.5f);
    screen.finger(SDL_FINGERMOTION, 1, 0.25f, 0.5f);
    screen.window(what);
    const auto events = screen.take();
    REQUIRE(phases(events) == Phases{press, move, cancel});
    CHECK(std::get<Pointer>(events[2]).at == input::Point{50, 50});
    // The release that comes after all is nobody's, and the next touch begins anew.
    screen.finger(SDL_FINGERUP, 1, 0.5f, 0.5f);
    CHECK(screen.take().empty());
    screen.finger(SDL_FINGERDOWN, 3, 0.5f, 0.5f);
    CHECK(phases(screen.take()) == Phases{press});
  }
  Screen untouched;
  untouched.window(SDL_WINDOWEVENT_FOCUS_LOST);
  CHECK(untouched.take().empty());
}

TEST_CASE("the left mouse button is a finger, and only one of both is down") {
  Screen screen;
  screen.mouse(SDL_MOUSEMOTION, 0, 40, 40);  // hovering means nothing
  screen.mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_RIGHT, 40, 40);
  CHECK(screen.take().empty());
  screen.mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 40, 80);
  screen.mouse(SDL_MOUSEMOTION, 0, 80, 80);
  screen.mouse(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 80, 80);
  const auto events = screen.take();
  REQUIRE(phases(events) == Phases{press, move, release});
  CHECK(std::get<Pointer>(events[0]).at == input::Point{10, 20});
  CHECK(std::get<Pointer>(events[2]).at == input::Point{20, 20});

  screen.finger(SDL_FINGERDOWN, 1, 0.5f, 0.5f);
  screen.mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 40, 80);
  CHECK(phases(screen.take()) == Phases{press});
}

TEST_CASE("a mouse that SDL makes of a touch is not a second touch") {
  Screen screen;
  screen.mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 40, 80, SDL_TOUCH_MOUSEID);
  screen.mouse(SDL_MOUSEMOTION, 0, 40, 80, SDL_TOUCH_MOUSEID);
  screen.mouse(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 40, 80, SDL_TOUCH_MOUSEID);
  CHECK(screen.take().empty());
}

TEST_CASE("a mouse that is held when the focus goes is let go of") {
  Screen screen;
  screen.mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 40, 80);
  screen.window(SDL_WINDOWEVENT_FOCUS_LOST);
  screen.mouse(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 40, 80);
  CHECK(phases(screen.take()) == Phases{press, cancel});
}

TEST_CASE("the wheel shows what is below when it turns down") {
  Screen screen;
  SDL_Event event{};
  event.type = SDL_MOUSEWHEEL;
  event.wheel.preciseY = -1.5f;
  event.wheel.mouseX = 40;
  event.wheel.mouseY = 8;
  screen.feed(event);
  CHECK(screen.take() == std::vector<input::Event>{input::Wheel{{10, 2}, 1.5f, start}});
}

TEST_CASE("keys that act come out by their meaning") {
  const struct {
    SDL_Scancode code;
    SDL_Keycode sym;
    Uint16 mod;
    Key key;
  } rows[] = {{SDL_SCANCODE_TAB, SDLK_TAB, KMOD_NONE, Key::tab},
              {SDL_SCANCODE_TAB, SDLK_TAB, KMOD_LSHIFT, Key::back_tab},
              {SDL_SCANCODE_RETURN, SDLK_RETURN, KMOD_NONE, Key::enter},
              {SDL_SCANCODE_KP_ENTER, SDLK_KP_ENTER, KMOD_NONE, Key::enter},
              {SDL_SCANCODE_ESCAPE, SDLK_ESCAPE, KMOD_NONE, Key::escape},
              {SDL_SCANCODE_BACKSPACE, SDLK_BACKSPACE, KMOD_NONE, Key::backspace},
              {SDL_SCANCODE_DELETE, SDLK_DELETE, KMOD_NONE, Key::del},
              {SDL_SCANCODE_LEFT, SDLK_LEFT, KMOD_NONE, Key::left},
              {SDL_SCANCODE_PAGEDOWN, SDLK_PAGEDOWN, KMOD_NONE, Key::page_down}};
  for (const auto& row : rows) {
    CAPTURE(static_cast<int>(row.code));
    Screen screen;
    screen.key(row.code, row.sym, row.mod);
    const auto events = screen.take();
    REQUIRE(events.size() == 1);
    CHECK(std::get<input::KeyPress>(events[0]).key == row.key);
  }
}

TEST_CASE("modifiers and shortcuts of the system mean nothing here") {
  Screen screen;
  screen.key(SDL_SCANCODE_LSHIFT, SDLK_LSHIFT, KMOD_LSHIFT);
  screen.key(SDL_SCANCODE_CAPSLOCK, SDLK_CAPSLOCK);
  screen.key(SDL_SCANCODE_RETURN, SDLK_RETURN, KMOD_LALT);
  screen.key(SDL_SCANCODE_TAB, SDLK_TAB, KMOD_LCTRL);
  screen.key(SDL_SCANCODE_ESCAPE, SDLK_ESCAPE, KMOD_LGUI);
  CHECK(screen.take().empty());
}

TEST_CASE("a key and the text that its layout makes are one thing typed") {
  Screen screen;
  screen.key(SDL_SCANCODE_APOSTROPHE, SDLK_QUOTE);
  screen.text("æ");
  const auto events = screen.take();
  REQUIRE(events.size() == 1);
  CHECK(std::get<input::Typed>(events[0]).text == "æ");
}

TEST_CASE("keys that come too fast for a person are one scan, whatever the layout made of them") {
  Screen screen;
  for (const char c : std::string_view("4006381333931")) {
    screen.key(static_cast<SDL_Scancode>(c == '0' ? SDL_SCANCODE_0 : SDL_SCANCODE_1 + (c - '1')),
               c);
    screen.text("é");
    screen.now += Ticks(10);
  }
  CHECK(screen.translator.deadline() ==
        start + Ticks(12 * 10) + input::Scanner::silence + Ticks(1));
  screen.key(SDL_SCANCODE_RETURN, SDLK_RETURN);
  const auto events = screen.take();
  REQUIRE(events.size() == 1);
  CHECK(std::get<input::Scan>(events[0]).text == "4006381333931");
  CHECK_FALSE(screen.translator.deadline().has_value());
}

TEST_CASE("a key that is held down is no scanner") {
  Screen screen;
  for (int i = 0; i < 10; ++i) {
    screen.key(SDL_SCANCODE_1, SDLK_1, KMOD_NONE, i > 0);
    screen.text("1");
    screen.now += Ticks(10);
  }
  const auto events = screen.take();
  CHECK(events.size() == 10);
  for (const auto& event : events) CHECK(holds_alternative<input::Typed>(event));
}

TEST_CASE("an event keeps the time it had though SDL's stamps wrap after 49 days") {
  const auto press_at = [](Ticks now, Uint32 stamp) {
    Translator translator(density);
    Polled polled;
    SDL_Event event{};
    event.type = SDL_FINGERDOWN;
    event.common.timestamp = stamp;
    translator.feed(event, now, width, height, polled);
    return std::get<Pointer>(polled.events.at(0)).time;
  };
  CHECK(press_at(Ticks(5000), 4990) == Ticks(4990));
  constexpr Ticks wrapped{(std::int64_t{1} << 32) + 5};
  CHECK(press_at(wrapped, 0xFFFF'FFFE) == wrapped - Ticks(7));
  CHECK(press_at(wrapped, 3) == wrapped - Ticks(2));
  // A stamp from the future, or of more than a minute ago, was not made by a hand: it is now.
  CHECK(press_at(Ticks(5000), 6000) == Ticks(5000));
  CHECK(press_at(Ticks(200'000), 100'000) == Ticks(200'000));
}

TEST_CASE("what the window says is told") {
  for (const Uint8 what : {SDL_WINDOWEVENT_EXPOSED, SDL_WINDOWEVENT_SHOWN, SDL_WINDOWEVENT_RESTORED,
                           SDL_WINDOWEVENT_SIZE_CHANGED}) {
    Screen screen;
    screen.window(what);
    CHECK(screen.polled.exposed);
    CHECK_FALSE(screen.polled.quit);
  }
  Screen closed;
  closed.window(SDL_WINDOWEVENT_CLOSE);
  CHECK(closed.polled.quit);
  Screen ended;
  SDL_Event event{};
  event.type = SDL_QUIT;
  ended.feed(event);
  CHECK(ended.polled.quit);
}

TEST_CASE("keys that lay in the queue while nobody looked are still one scan") {
  Screen screen;
  const std::string_view code = "NW8417731";
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (i == 4) {
      screen.translator.watched(screen.now);
      screen.now += Ticks(120);  // a slow frame; all that came meanwhile is stamped at its end
    }
    const char c = code[i];
    const int usage = c == '0'   ? SDL_SCANCODE_0
                      : c <= '9' ? SDL_SCANCODE_1 + (c - '1')
                                 : SDL_SCANCODE_A + (c - 'A');
    screen.key(static_cast<SDL_Scancode>(usage), c, c > '9' ? KMOD_LSHIFT : KMOD_NONE);
    screen.text("x");
    if (i < 4) {
      screen.translator.watched(screen.now);
      screen.now += Ticks(8);
    }
  }
  screen.key(SDL_SCANCODE_RETURN, SDLK_RETURN);
  const auto events = screen.take();
  REQUIRE(events.size() == 1);
  CHECK(std::get<input::Scan>(events[0]).text == code);
}
