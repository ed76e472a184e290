// Letters on the display: whatever its size, they are there, and no frame waits for them.
#include "kiosk/ui/glyph_cache.hpp"

#include <algorithm>
#include <atomic>
#include <doctest/doctest.h>

#include "kiosk/ui/kit.hpp"
#include "tests/support/ui_harness.hpp"

using namespace keepsake;
using namespace keepsake::test;
using namespace keepsake::ui;

namespace {

platform::Window opened(const Display& display) {
  auto window = platform::Window::open({.width_px = display.width_px,
                                        .height_px = display.height_px,
                                        .px_per_mm = display.px_per_mm,
                                        .offscreen = true});
  REQUIRE_MESSAGE(window.ok(), to_line(window.error()));
  return std::move(*window);
}

Frame frame_of(const Display& display) {
  return {
      .width_px = display.width_px, .height_px = display.height_px, .px_per_mm = display.px_per_mm};
}

/// Every size and weight that a screen can use, a letter of other faces, and an icon.
void draw_words(Ui& ui, std::string_view words) {
  ui.ground(Token::paper);
  const Rect all = ui.screen().inset(2, 2);
  float y = all.y;
  for (const auto size :
       {TextSize::caption, TextSize::body, TextSize::heading, TextSize::title, TextSize::number}) {
    for (const auto weight : {Weight::regular, Weight::bold}) {
      const TextStyle style{.size = size, .weight = weight};
      text(ui, {all.x, y, all.w, line_height(ui, style)}, words, style);
      y += line_height(ui, style);
    }
  }
  ui.icon(Icon::search, all.right() - 8, all.y + 8, 10, Token::ink);
}

/// One frame into the back buffer.
void draw_frame(platform::Window& window, Ui& ui, const Display& display,
                std::string_view words = "Kaffe 王 1 234,50") {
  window.clear(0, 0, 0);
  ui.begin(frame_of(display), locale_of(Language::en));
  draw_words(ui, words);
  ui.end();
  ui.paint();
}

std::size_t pixels_darker(const platform::Window::Picture& picture, int than) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < picture.rgb.size(); i += 3) count += picture.rgb[i] < than;
  return count;
}

/// Words are read: there is ink, and by far more paper.
void check_legible(const platform::Window::Picture& picture) {
  const auto pixels = picture.rgb.size() / 3;
  const auto ink = pixels_darker(picture, 100);
  CHECK(ink > pixels / 200);
  CHECK(ink < pixels / 3);
}

}  // namespace

TEST_CASE("no display is black whatever its size and density") {
  const Display displays[] = {{"any unknown one", 1280, 800, 5.88f},
                              {"14 inch full HD laptop", 1920, 1080, 6.2f},
                              {"10 inch full HD", 1920, 1200, 8.8f},
                              {"15 inch 4K", 3840, 2160, 11.1f},
                              {"the densest that is believed", 2560, 1600, 16.0f}};
  for (const Display& display : displays) {
    CAPTURE(display.name);
    auto window = opened(display);
    auto ui = Ui::make({.bake = Ui::Options::Bake::at_once});
    REQUIRE_MESSAGE(ui.ok(), to_line(ui.error()));
    draw_frame(window, *ui, display);
    CHECK(ui->complete());
    CHECK_FALSE(ui->take_error());
    check_legible(window.read_back());
  }
}

TEST_CASE("a frame does not wait for its letters and shows nothing until it has them") {
  auto window = opened(till);
  std::atomic<int> told = 0;
  auto ui = Ui::make({.glyphs_ready = [&] { ++told; }});
  REQUIRE(ui.ok());
  draw_frame(window, *ui, till);
  REQUIRE_FALSE(ui->complete());
  CHECK(pixels_darker(window.read_back(), 1) == std::size_t{1280} * 800);  // as it was cleared
  ui->wait_for_glyphs();
  draw_frame(window, *ui, till);
  REQUIRE(ui->complete());
  const auto later = window.read_back();
  check_legible(later);
  draw_frame(window, *ui, till);
  CHECK(ui->complete());

  auto at_once = Ui::make({.bake = Ui::Options::Bake::at_once});
  REQUIRE(at_once.ok());
  draw_frame(window, *at_once, till);
  CHECK(window.read_back().rgb == later.rgb);
  ui = std::move(at_once);  // its baker has ended
  CHECK(told >= 1);
}

TEST_CASE("a touch on what was drawn but never shown does nothing") {
  auto window = opened(till);
  auto ui = Ui::make({});
  REQUIRE(ui.ok());
  auto frame = frame_of(till);
  int taken = 0;
  const auto draw = [&] {
    window.clear(0, 0, 0);
    frame.now += input::Ticks(16);
    ui->begin(frame, locale_of(Language::en));
    ui->ground(Token::paper);
    taken += button(*ui, {.id = "take", .at = {10, 10, 80, 20}, .label = "Nehmen 王 17"});
    ui->end();
  };
  const auto tap = [&] {
    ui->feed(input::Pointer{input::PointerPhase::press, {20, 20}, frame.now});
    ui->feed(input::Pointer{input::PointerPhase::release, {20, 20}, frame.now});
  };
  frame.now = input::Ticks(1'000'000);
  draw();
  REQUIRE_FALSE(ui->complete());
  frame.now += 2 * dead_time;  // it has stood there long, and nobody saw it
  tap();
  draw();
  draw();
  ui->wait_for_glyphs();
  for (int i = 0; i < 5; ++i) draw();
  REQUIRE(ui->complete());
  CHECK(taken == 0);
  frame.now += dead_time;
  tap();
  for (int i = 0; i < 3; ++i) draw();
  CHECK(taken == 1);
}

TEST_CASE("when there is no room for a frame's letters they are coarser and still read") {
  auto window = opened(stand);
  for (const auto bake : {Ui::Options::Bake::at_once, Ui::Options::Bake::in_background}) {
    auto ui = Ui::make({.bake = bake, .glyph_page_px = 256});
    REQUIRE(ui.ok());
    int frames = 0;
    do {
      draw_frame(window, *ui, stand, "The Quick Brown Fox Jumps Over 12 Lazy Dogs, 王小明");
      ui->wait_for_glyphs();
    } while (!ui->complete() && ++frames < 20);
    CHECK(ui->complete());
    check_legible(window.read_back());
  }
}
