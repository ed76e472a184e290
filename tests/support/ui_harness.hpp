#pragma once
// Real screens without a display: SDL's offscreen driver, Mesa's software OpenGL, the real event
// path.

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/platform/window.hpp"
#include "kiosk/ui/ui.hpp"

namespace keepsake::test {

/// A display shape that the audit walks.
struct Display {
  std::string_view name;
  int width_px;
  int height_px;
  float px_per_mm;
};
inline constexpr Display till{"1280x800", 1280, 800, 5.88f};        // 10.1 inch
inline constexpr Display small_till{"1024x600", 1024, 600, 4.59f};  // 10.1 inch
inline constexpr Display stand{"1080x1920", 1080, 1920, 4.03f};     // 21.5 inch portrait
inline constexpr Display low_till{"1024x600-8in", 1024, 600,
                                  5.88f};  // as small_till, set up wrong, or 7.9 inch
inline constexpr Display laptop{"1920x1080-14in", 1920, 1080, 6.2f};
inline constexpr Display large_laptop{"1920x1080-16in", 1920, 1080, 5.65f};  // 15.6 inch
inline constexpr std::array all_displays{till, small_till, stand, low_till, laptop, large_laptop};

/// An audit and a walk with the keyboard look at what was laid out: they need no window and no
/// pixel.
enum class Pixels { drawn, none };

/// The six languages with the catalogues of this build.
Locale locale_of(Language language, std::string_view country = "NO");

class UiHarness {
 public:
  using Draw = std::function<void(ui::Ui&)>;

  /// One window per size lives for the whole process: opening one costs 100 ms.
  explicit UiHarness(Display display = till, ui::Audience audience = ui::Audience::customer,
                     Pixels pixels = Pixels::drawn);
  ~UiHarness();

  /// What draws the screen from now on; called once per frame.
  void show(Draw draw);
  ui::Look look;
  ui::Audience audience;
  Locale locale = locale_of(Language::en);

  /// Draws `frames` frames; time moves 16 ms each. Only picture() paints one on the window.
  void frame(int frames = 1);
  void advance(std::chrono::milliseconds time);  ///< then draws a frame
  /// The time that a person takes to see what is new; tap() and show() take it by themselves.
  void see();
  input::Ticks now() const;

  /// Press and release in the middle of widget `id`, through SDL's queue. Fails the test (doctest
  /// CHECK) when there is no such enabled widget in the top layer.
  void tap(std::string_view id);
  void press(float x_mm, float y_mm);
  void move(float x_mm, float y_mm);
  void release(float x_mm, float y_mm);
  void drag(float x_mm, float from_y_mm, float to_y_mm, std::chrono::milliseconds time);
  void key(input::Key key);
  void type(std::string_view text);
  /// A wedge scan through SDL's queue; comes back in scans().
  void scan(std::string_view text);
  const std::vector<input::Scan>& scans() const;

  bool sees(std::string_view text) const;
  bool has(std::string_view id) const;
  const ui::Probe& probe() const;
  ui::Ui& ui();

  platform::Window::Picture picture();
  void save_png(const std::filesystem::path& file);
  /// Compares with tests/golden/<name>.png: at most 0.5 % of pixels may differ by more than 24 of
  /// 255 in a channel. KEEPSAKE_UPDATE_GOLDEN=1 writes it instead. Empty when equal, else what is
  /// wrong; the picture then lies beside the build as <name>.actual.png.
  std::string compare_golden(std::string_view name);

 private:
  void take_events();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Everything kiosk/ui/UX.md demands of a frame at rest; empty when all is well. One sentence per finding:
/// target or gap too small, overlap, text that does not fit or overlaps, missing glyph, contrast.
std::vector<std::string> audit(const ui::Ui& ui);
/// Walks with Tab through the whole screen: widgets the keyboard does not reach.
std::vector<std::string> audit_keyboard(UiHarness& harness);

}  // namespace keepsake::test
