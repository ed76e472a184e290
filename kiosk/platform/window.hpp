#pragma once
// The only door to SDL: a window with OpenGL, its events, its picture, its time.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/platform/polled.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake::platform {

struct WindowOptions {
  int width_px = 0;  ///< 0: full screen on the first display
  int height_px = 0;
  float px_per_mm = 0;  ///< 0: guessed from the display's own dpi, else 5.88
  std::string title = "Keepsake";
  bool offscreen = false;  ///< no display needed: SDL's offscreen driver, real OpenGL picture
};

class Window {
 public:
  /// Failure::unavailable "window.open" with SDL's words when there is no display or no OpenGL 3.
  static Result<Window> open(const WindowOptions& options);
  Window(Window&&) noexcept;
  Window& operator=(Window&&) noexcept;
  ~Window();

  int width_px() const;
  int height_px() const;
  float px_per_mm() const;
  input::Ticks now() const;  ///< steady, the clock of all events

  /// Waits until an event, wake() or `until`, whichever is first; none waits for an event. Then
  /// takes everything that has come. Wakes earlier only for its scanner's own deadline.
  Polled wait(std::optional<input::Ticks> until);
  /// Thread-safe; wait() returns soon with woken. Many wakes between two waits are one.
  void wake();
  /// Hand-off for other threads that must outlive a moved Window.
  std::function<void()> waker() const;

  void clear(std::uint8_t r, std::uint8_t g, std::uint8_t b);  ///< before Ui::end draws
  void present();  ///< swap, waits for vsync where there is one
  /// What OpenGL refused since the last call, Failure::unavailable "window.opengl"; the first error
  /// of each kind in the life of a window, because a fault comes back with every frame.
  std::optional<Error> take_error();
  /// The frame drawn last, before present(): rows from the top, RGB.
  struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;
  };
  Picture read_back() const;

  // Synthetic input through SDL's own queue: the real path from there on.
  void push_touch(input::PointerPhase phase, float x_mm, float y_mm);
  void push_key(std::uint16_t hid_usage, bool shift);
  /// US layout, ended by Enter, one key after the other at once.
  void push_scan(std::string_view text);
  void push_text(std::string_view utf8);

 private:
  struct Impl;
  explicit Window(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Failure::unavailable "png.write" / "png.read" with the path.
Result<Done> write_png(const Window::Picture& picture, const std::filesystem::path& file);
Result<Window::Picture> read_png(const std::filesystem::path& file);

}  // namespace keepsake::platform
