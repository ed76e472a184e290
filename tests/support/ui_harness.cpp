#include "tests/support/ui_harness.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <map>
#include <stdexcept>
#include <tuple>

#include "storage/engine/sqlite/open.hpp"

namespace keepsake::test {

using input::Key;
using input::PointerPhase;
using input::Ticks;

namespace {

ui::Ui make_ui(ui::Ui::Options::Output output) {
  ui::Ui::Options options;
  options.output = output;
  options.bake = ui::Ui::Options::Bake::at_once;  // a frame of a test is whole at once
  auto ui = ui::Ui::make(options);
  if (!ui) throw std::runtime_error(to_line(ui.error()));
  return std::move(*ui);
}

/// Window and fonts of one display, shared by all harnesses of the process.
struct Stage {
  platform::Window window;
  ui::Ui ui;
};

Stage open_stage(const Display& display) {
  auto window = platform::Window::open({.width_px = display.width_px,
                                        .height_px = display.height_px,
                                        .px_per_mm = display.px_per_mm,
                                        .offscreen = true});
  if (!window) throw std::runtime_error(to_line(window.error()));
  window->clear(0, 0, 0);
  return {std::move(*window), make_ui(ui::Ui::Options::Output::opengl)};
}

Stage& stage_of(const Display& display) {
  static std::map<std::string_view, Stage> stages;
  const auto found = stages.find(display.name);
  if (found != stages.end()) return found->second;
  return stages.emplace(display.name, open_stage(display)).first->second;
}

/// Fonts are made once for each size of type that a display shows: making them is what costs.
ui::Ui& layout_of(const Display& display, ui::Audience audience, ui::TextScale text) {
  static std::map<std::tuple<std::string_view, ui::Audience, ui::TextScale>, ui::Ui> all;
  const std::tuple key(display.name, audience, text);
  const auto found = all.find(key);
  if (found != all.end()) return found->second;
  return all.emplace(key, make_ui(ui::Ui::Options::Output::none)).first->second;
}

std::uint16_t usage_of(Key key) {  // USB HID usages, page 7
  switch (key) {
    case Key::tab:
    case Key::back_tab:
      return 0x2B;
    case Key::enter:
      return 0x28;
    case Key::escape:
      return 0x29;
    case Key::backspace:
      return 0x2A;
    case Key::del:
      return 0x4C;
    case Key::left:
      return 0x50;
    case Key::right:
      return 0x4F;
    case Key::up:
      return 0x52;
    case Key::down:
      return 0x51;
    case Key::home:
      return 0x4A;
    case Key::end:
      return 0x4D;
    case Key::page_up:
      return 0x4B;
    case Key::page_down:
      return 0x4E;
  }
  return 0;
}

}  // namespace

Locale locale_of(Language language, std::string_view country) {
  static std::map<std::pair<Language, std::string>, Locale> made;
  const auto key = std::pair(language, std::string(country));
  const auto found = made.find(key);
  if (found != made.end()) return found->second;
  const auto folder = std::filesystem::path(KEEPSAKE_BINARY_DIR) / "locale";
  return made.emplace(key, Locale::make(language, country, folder)).first->second;
}

struct UiHarness::Impl {
  Display display;
  Stage* stage;  ///< null without pixels
  ui::Ui* ui;
  platform::Window& window() {
    if (stage == nullptr) throw std::logic_error("a harness without pixels has no window");
    return stage->window;
  }
  Draw draw = [](ui::Ui&) {};
  Ticks now = [] {  // what an earlier harness did on the shared stage was long ago
    static Ticks start{0};
    return start += Ticks(1'000'000);
  }();
  std::vector<input::Scan> scans{};
};

UiHarness::UiHarness(Display display, ui::Audience audience_, Pixels pixels) : audience(audience_) {
  if (pixels == Pixels::none) {
    impl_.reset(new Impl{display, nullptr, &layout_of(display, audience, look.text)});
    return;
  }
  Stage& stage = stage_of(display);
  impl_.reset(new Impl{display, &stage, &stage.ui});
  // What an earlier harness left on the shared stage is dropped.
  stage.ui.feed(input::Pointer{PointerPhase::cancel, {}, impl_->now});
  stage.window.wait(stage.window.now());
  frame(3);
  stage.ui.drop_focus();
  stage.ui.take_touched();
}
UiHarness::~UiHarness() = default;

void UiHarness::show(Draw draw) {
  impl_->draw = std::move(draw);
  frame(impl_->stage == nullptr ? 1 : 2);
  see();
}

void UiHarness::frame(int frames) {
  const auto& display = impl_->display;
  if (impl_->stage == nullptr) impl_->ui = &layout_of(display, audience, look.text);
  ui::Ui& ui = *impl_->ui;
  for (int i = 0; i < frames; ++i) {
    if (impl_->stage != nullptr) take_events();
    impl_->now += Ticks(16);
    ui.begin({.width_px = display.width_px,
              .height_px = display.height_px,
              .px_per_mm = display.px_per_mm,
              .now = impl_->now,
              .audience = audience,
              .look = look},
             locale);
    impl_->draw(ui);
    ui.end();
  }
}

void UiHarness::take_events() {
  auto& [window, ui] = *impl_->stage;
  auto polled = window.wait(window.now());
  for (auto& event : polled.events) {
    // Time is the test's, not the machine's.
    std::visit([this](auto& e) { e.time = impl_->now; }, event);
    if (auto* press = get_if<input::KeyPress>(&event)) press->burst.clear();
    if (auto* scan = get_if<input::Scan>(&event)) {
      impl_->scans.push_back(*scan);
    } else {
      ui.feed(event);
    }
  }
  // Glyphs go to this window; what nobody paints over is seen.
  window.clear(255, 0, 255);
}

void UiHarness::advance(std::chrono::milliseconds time) {
  impl_->now += time;
  frame();
}
Ticks UiHarness::now() const { return impl_->now; }

void UiHarness::see() { impl_->now += ui::dead_time; }

void UiHarness::press(float x, float y) {
  impl_->window().push_touch(PointerPhase::press, x, y);
  frame();
}
void UiHarness::move(float x, float y) {
  impl_->window().push_touch(PointerPhase::move, x, y);
  frame();
}
void UiHarness::release(float x, float y) {
  impl_->window().push_touch(PointerPhase::release, x, y);
  frame(3);
}

void UiHarness::tap(std::string_view id) {
  const auto* widget = probe().find(id);
  const std::string name(id);
  INFO("tap ", name);
  const bool alive = widget != nullptr && widget->enabled && widget->layer == probe().top_layer();
  CHECK_MESSAGE(alive, "no live widget ", name);
  if (!alive) return;
  see();
  const auto rect = widget->rect;
  press(rect.centre_x(), rect.centre_y());
  release(rect.centre_x(), rect.centre_y());
}

void UiHarness::drag(float x, float from_y, float to_y, std::chrono::milliseconds time) {
  press(x, from_y);
  const int steps = std::max(2, static_cast<int>(time.count() / 16));
  for (int i = 1; i <= steps; ++i) {
    move(x, from_y + (to_y - from_y) * static_cast<float>(i) / static_cast<float>(steps));
  }
  impl_->window().push_touch(PointerPhase::release, x, to_y);
  frame();
}

void UiHarness::key(Key key) {
  if (key == Key::enter) see();
  if (impl_->stage == nullptr) {
    impl_->ui->feed(input::KeyPress{key, impl_->now});
    return frame(1);
  }
  impl_->stage->window.push_key(usage_of(key), key == Key::back_tab);
  frame(3);
}

void UiHarness::type(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    impl_->window().push_text(text.substr(at, end - at));
    frame(2);
    at = end;
  }
}

void UiHarness::scan(std::string_view text) {
  impl_->window().push_scan(text);
  frame(3);
}
const std::vector<input::Scan>& UiHarness::scans() const { return impl_->scans; }

bool UiHarness::sees(std::string_view text) const { return probe().sees(text); }
bool UiHarness::has(std::string_view id) const { return probe().find(id) != nullptr; }
const ui::Probe& UiHarness::probe() const { return impl_->ui->probe(); }
ui::Ui& UiHarness::ui() { return *impl_->ui; }

platform::Window::Picture UiHarness::picture() {
  frame();
  impl_->ui->paint();
  return impl_->window().read_back();
}

void UiHarness::save_png(const std::filesystem::path& file) {
  const auto done = platform::write_png(picture(), file);
  CHECK_MESSAGE(done.ok(), file.string());
}

std::string UiHarness::compare_golden(std::string_view name) {
  namespace fs = std::filesystem;
  const auto golden = fs::path(KEEPSAKE_SOURCE_DIR) / "tests/golden" / (std::string(name) + ".png");
  const auto actual = picture();
  if (std::getenv("KEEPSAKE_UPDATE_GOLDEN") != nullptr) {
    const auto done = platform::write_png(actual, golden);
    return done.ok() ? std::string() : to_line(done.error());
  }
  const auto beside = fs::path(KEEPSAKE_BINARY_DIR) / (std::string(name) + ".actual.png");
  const auto expected = platform::read_png(golden);
  if (!expected.ok()) return to_line(expected.error());
  std::string fault;
  if (expected->width != actual.width || expected->height != actual.height) {
    fault = "another size";
  } else {
    constexpr int tolerance = 24;
    std::size_t different = 0;
    const auto pixels = actual.rgb.size() / 3;
    for (std::size_t i = 0; i < pixels; ++i) {
      bool same = true;
      for (std::size_t c = 0; c < 3; ++c) {
        same = same && std::abs(actual.rgb[i * 3 + c] - expected->rgb[i * 3 + c]) <= tolerance;
      }
      different += !same;
    }
    if (different * 200 > pixels) fault = std::to_string(different) + " pixels differ";
  }
  if (fault.empty()) return {};
  (void)platform::write_png(actual, beside);
  return fault + ": compare " + golden.string() + " with " + beside.string();
}

}  // namespace keepsake::test
