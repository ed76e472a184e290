// The window without a display: SDL's offscreen driver and its real queue.
#include "kiosk/platform/window.hpp"

#include <SDL.h>
#include <SDL_opengl.h>
#include <doctest/doctest.h>
#include <thread>

#include "tests/support/temporary_folder.hpp"

using namespace keepsake;
using namespace keepsake::platform;
using input::PointerPhase;
using input::Ticks;

namespace {

Window opened(float px_per_mm = 4) {
  auto window =
      Window::open({.width_px = 320, .height_px = 160, .px_per_mm = px_per_mm, .offscreen = true});
  REQUIRE_MESSAGE(window.ok(), to_line(window.error()));
  (void)window->wait(window->now() + Ticks(1));  // what SDL says of a new window
  return std::move(*window);
}

Polled taken(Window& window) { return window.wait(window.now()); }

}  // namespace

TEST_CASE("a window has the size and the scale that were asked for") {
  const Window window = opened(4);
  CHECK(window.width_px() == 320);
  CHECK(window.height_px() == 160);
  CHECK(window.px_per_mm() == 4);
}

TEST_CASE("a window without a size is as large as the display") {
  const auto window = Window::open({.offscreen = true});
  REQUIRE(window.ok());
  SDL_Rect display{};
  REQUIRE(SDL_GetDisplayBounds(0, &display) == 0);
  CHECK(window->width_px() == display.w);
  CHECK(window->height_px() == display.h);
}

TEST_CASE("what the graphics card refuses is told once") {
  Window window = opened();
  window.clear(0, 0, 0);
  CHECK_FALSE(window.take_error());
  glEnable(0xFFFF);  // there is no such thing
  const auto error = window.take_error();
  REQUIRE(error);
  CHECK(error->code == "window.opengl");
  glEnable(0xFFFF);
  CHECK_FALSE(window.take_error());
}

TEST_CASE("a scale that nobody gave is one that a till can have") {
  const Window window = opened(0);
  CHECK(window.px_per_mm() > 2.5f);
  CHECK(window.px_per_mm() < 16.0f);
}

TEST_CASE("a touch that is pushed comes back where it was") {
  Window window = opened();
  window.push_touch(PointerPhase::press, 40, 20);
  window.push_touch(PointerPhase::release, 60, 30);
  const auto polled = taken(window);
  REQUIRE(polled.events.size() == 2);
  const auto& press = std::get<input::Pointer>(polled.events[0]);
  CHECK(press.phase == PointerPhase::press);
  CHECK(press.at.x == doctest::Approx(40));
  CHECK(press.at.y == doctest::Approx(20));
  const auto& release = std::get<input::Pointer>(polled.events[1]);
  CHECK(release.phase == PointerPhase::release);
  CHECK(release.at.x == doctest::Approx(60));
}

TEST_CASE("a scan that is pushed is a scan and a word is typed whole") {
  Window window = opened();
  window.push_scan("4006381333931");
  const auto scanned = taken(window);
  REQUIRE(scanned.events.size() == 1);
  CHECK(std::get<input::Scan>(scanned.events[0]).text == "4006381333931");

  const std::string word = "Привіт, дорогий покупець цієї крамниці";  // more than one event holds
  window.push_text(word);
  std::string typed;
  const auto polled = taken(window);
  for (const auto& event : polled.events) typed += get<input::Typed>(event).text;
  CHECK(typed == word);
}

TEST_CASE("waiting ends when its time comes, and not before something happens") {
  Window window = opened();
  const Ticks until = window.now() + Ticks(30);
  const auto polled = window.wait(until);
  CHECK(window.now() >= until);
  CHECK(polled.events.empty());
  CHECK_FALSE(polled.woken);
}

TEST_CASE("another thread ends the waiting, and many wakes are one") {
  Window window = opened();
  std::jthread other([wake = window.waker()] {
    for (int i = 0; i < 100; ++i) wake();
  });
  CHECK(window.wait(std::nullopt).woken);
  other.join();
  (void)taken(window);  // one more may have come after the first was taken
  CHECK_FALSE(taken(window).woken);
  window.wake();
  CHECK(taken(window).woken);
}

TEST_CASE("a waker outlives its window") {
  std::function<void()> wake;
  {
    const Window window = opened();
    wake = window.waker();
  }
  wake();
}

TEST_CASE("what is drawn is read back from the top and written as a picture") {
  Window window = opened();
  window.clear(10, 200, 30);
  const auto picture = window.read_back();
  CHECK(picture.width == 320);
  CHECK(picture.height == 160);
  REQUIRE(picture.rgb.size() == 320 * 160 * 3);
  CHECK(picture.rgb[0] == 10);
  CHECK(picture.rgb[1] == 200);
  CHECK(picture.rgb[2] == 30);
  test::TemporaryFolder folder;
  const auto file = folder.path() / "a.png";
  REQUIRE(write_png(picture, file).ok());
  const auto again = read_png(file);
  REQUIRE(again.ok());
  CHECK(again->rgb == picture.rgb);
  CHECK(read_png(folder.path() / "none.png").error().code == "png.read");
  CHECK(write_png(picture, folder.path() / "none" / "a.png").error().code == "png.write");
}
