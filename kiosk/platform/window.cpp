#include "kiosk/platform/window.hpp"

#include <SDL.h>
#include <SDL_opengl.h>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <set>

#include "kiosk/platform/translate.hpp"
#include "storage/domain/values/picture.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake::platform {

using input::PointerPhase;
using input::Ticks;

namespace {

constexpr float usual_px_per_mm = 5.88f;

struct WindowDeleter {
  void operator()(SDL_Window* window) const { SDL_DestroyWindow(window); }
};

Error no_window(const char* step) {
  return {Failure::unavailable, "window.open", std::string("no window: ") + SDL_GetError(), step,
          "check the display and its driver, or run without one"};
}

/// Shared with wakers on other threads, which may outlive the window.
struct Wake {
  std::atomic<bool> pending{false};
  std::mutex mutex;
  std::condition_variable condition;  // for the offscreen driver, which cannot wait for events
  Uint32 event_type = 0;

  void wake() {
    if (pending.exchange(true)) return;
    SDL_Event event{};
    event.type = event_type;
    SDL_PushEvent(&event);
    const std::lock_guard lock(mutex);
    condition.notify_one();
  }
};

void set_hints(const WindowOptions& options) {
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
  SDL_SetHint(SDL_HINT_APP_NAME, "Keepsake");
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
  SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");  // the application decides what a signal means
  if (!options.offscreen) return;
  SDL_SetHint(SDL_HINT_VIDEODRIVER, "offscreen");
  setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
}

/// Where there is no window manager nobody makes a window as large as the display later.
SDL_Rect first_display() {
  SDL_Rect bounds{};
  if (SDL_GetDisplayBounds(0, &bounds) == 0 && bounds.w > 0 && bounds.h > 0) return bounds;
  return {SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, 1280, 800};
}

float guessed_px_per_mm(SDL_Window* window) {
  float dpi = 0;
  const int display = SDL_GetWindowDisplayIndex(window);
  if (display < 0 || SDL_GetDisplayDPI(display, nullptr, &dpi, nullptr) != 0) {
    return usual_px_per_mm;
  }
  const float px_per_mm = dpi / 25.4f;
  // Displays lie about their size; what no till can have is not believed.
  return px_per_mm > 2.5f && px_per_mm < 16.0f ? px_per_mm : usual_px_per_mm;
}

struct Stroke {
  std::uint16_t usage;
  bool shift;
};

std::optional<Stroke> stroke_of(char c) {
  for (std::uint16_t usage = 4; usage < 0x39; ++usage) {
    for (const bool shift : {false, true}) {
      if (input::us_character(usage, shift) == c) return Stroke{usage, shift};
    }
  }
  return std::nullopt;
}

}  // namespace

struct Window::Impl {
  std::unique_ptr<SDL_Window, WindowDeleter> window;
  SDL_GLContext context = nullptr;
  float px_per_mm = usual_px_per_mm;
  bool offscreen = false;
  std::set<GLenum> told;  ///< OpenGL errors
  std::shared_ptr<Wake> wake = std::make_shared<Wake>();
  std::optional<Translator> translator;

  ~Impl() {
    if (context != nullptr) SDL_GL_DeleteContext(context);
    window.reset();
    SDL_QuitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS);
  }

  void make_current() { SDL_GL_MakeCurrent(window.get(), context); }

  /// Blocks until SDL may have something, at most until `until`.
  void block(std::optional<Ticks> until, Ticks now) {
    if (offscreen) {
      std::unique_lock lock(wake->mutex);
      const auto ready = [this] { return wake->pending.load(); };
      if (until) {
        wake->condition.wait_for(lock, *until - now, ready);
      } else {
        wake->condition.wait(lock, ready);
      }
      return;
    }
    if (!until) {
      SDL_WaitEvent(nullptr);
    } else {
      SDL_WaitEventTimeout(nullptr, static_cast<int>((*until - now).count()));
    }
  }
};

Result<Window> Window::open(const WindowOptions& options) {
  set_hints(options);
  if (SDL_InitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS) != 0) return no_window("SDL video");
  auto impl = std::make_unique<Impl>();
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 2);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
  SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
  SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
  SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
  const bool full = options.width_px <= 0 || options.height_px <= 0;
  Uint32 flags = SDL_WINDOW_OPENGL;
  if (full) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
  const SDL_Rect at = full ? first_display()
                           : SDL_Rect{SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                      options.width_px, options.height_px};
  impl->window.reset(SDL_CreateWindow(options.title.c_str(), at.x, at.y, at.w, at.h, flags));
  if (!impl->window) return no_window("window");
  impl->context = SDL_GL_CreateContext(impl->window.get());
  if (impl->context == nullptr) return no_window("OpenGL 3.2");
  if (SDL_GL_SetSwapInterval(options.offscreen ? 0 : 1) != 0) SDL_GL_SetSwapInterval(0);
  impl->offscreen = options.offscreen;
  impl->px_per_mm =
      options.px_per_mm > 0 ? options.px_per_mm : guessed_px_per_mm(impl->window.get());
  impl->wake->event_type = SDL_RegisterEvents(1);
  impl->translator.emplace(impl->px_per_mm);
  SDL_EventState(SDL_SYSWMEVENT, SDL_ENABLE);  // the device's time of keys
  SDL_StartTextInput();
  return Window(std::move(impl));
}

Window::Window(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Window::Window(Window&&) noexcept = default;
Window& Window::operator=(Window&&) noexcept = default;
Window::~Window() = default;

int Window::width_px() const {
  int width = 0;
  SDL_GL_GetDrawableSize(impl_->window.get(), &width, nullptr);
  return width;
}
int Window::height_px() const {
  int height = 0;
  SDL_GL_GetDrawableSize(impl_->window.get(), nullptr, &height);
  return height;
}
float Window::px_per_mm() const { return impl_->px_per_mm; }
Ticks Window::now() const { return Ticks(SDL_GetTicks64()); }

Polled Window::wait(std::optional<Ticks> until) {
  Polled out;
  for (;;) {
    SDL_Event event;
    while (SDL_PollEvent(&event) != 0) {
      if (event.type == impl_->wake->event_type) {
        impl_->wake->pending.store(false);
        out.woken = true;
      } else {
        impl_->translator->feed(event, now(), width_px(), height_px(), out);
      }
    }
    const Ticks time = now();
    impl_->translator->watched(time);
    impl_->translator->settle(time, out);
    const bool something = !out.events.empty() || out.quit || out.woken || out.exposed;
    if (something || (until && time >= *until)) return out;
    auto deadline = until;
    if (const auto scan = impl_->translator->deadline()) {
      deadline = deadline ? std::min(*deadline, *scan) : *scan;
    }
    if (!deadline || *deadline > time) {
      impl_->block(deadline, time);
      impl_->translator->watched(now());  // SDL stamped what came meanwhile as it came
    }
  }
}

void Window::wake() { impl_->wake->wake(); }
std::function<void()> Window::waker() const {
  return [wake = impl_->wake] { wake->wake(); };
}

void Window::clear(std::uint8_t r, std::uint8_t g, std::uint8_t b) {
  impl_->make_current();
  glViewport(0, 0, width_px(), height_px());
  glClearColor(static_cast<float>(r) / 255.0f, static_cast<float>(g) / 255.0f,
               static_cast<float>(b) / 255.0f, 1.0f);
  glClear(GL_COLOR_BUFFER_BIT);
}

void Window::present() { SDL_GL_SwapWindow(impl_->window.get()); }

std::optional<Error> Window::take_error() {
  constexpr int most_kinds = 16;  // a lost context never runs out of them
  std::optional<Error> first;
  for (int i = 0; i < most_kinds; ++i) {
    const GLenum error = glGetError();
    if (error == GL_NO_ERROR) break;
    if (!impl_->told.insert(error).second || first) continue;
    first = Error{Failure::unavailable, "window.opengl", "The graphics card refused to draw",
                  "OpenGL error " + std::to_string(error), "Check the graphics driver."};
  }
  return first;
}

Window::Picture Window::read_back() const {
  impl_->make_current();
  Picture out{width_px(), height_px(), {}};
  const auto row = static_cast<std::size_t>(out.width) * 3;
  std::vector<std::uint8_t> bottom_up(row * static_cast<std::size_t>(out.height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadBuffer(GL_BACK);
  glReadPixels(0, 0, out.width, out.height, GL_RGB, GL_UNSIGNED_BYTE, bottom_up.data());
  out.rgb.resize(bottom_up.size());
  const auto rows = static_cast<std::size_t>(out.height);
  for (std::size_t y = 0; y < rows; ++y) {
    std::memcpy(out.rgb.data() + y * row, bottom_up.data() + (rows - 1 - y) * row, row);
  }
  return out;
}

void Window::push_touch(PointerPhase phase, float x_mm, float y_mm) {
  SDL_Event event{};
  event.type = phase == PointerPhase::press  ? SDL_FINGERDOWN
               : phase == PointerPhase::move ? SDL_FINGERMOTION
                                             : SDL_FINGERUP;
  event.tfinger.touchId = 1;
  event.tfinger.fingerId = 1;
  event.tfinger.x = x_mm * impl_->px_per_mm / static_cast<float>(width_px());
  event.tfinger.y = y_mm * impl_->px_per_mm / static_cast<float>(height_px());
  SDL_PushEvent(&event);
}

void Window::push_key(std::uint16_t hid_usage, bool shift) {
  SDL_Event event{};
  event.type = SDL_KEYDOWN;
  event.key.state = SDL_PRESSED;
  event.key.keysym.scancode = static_cast<SDL_Scancode>(hid_usage);
  event.key.keysym.sym = SDL_GetKeyFromScancode(event.key.keysym.scancode);
  event.key.keysym.mod = shift ? KMOD_LSHIFT : KMOD_NONE;
  SDL_PushEvent(&event);
}

void Window::push_scan(std::string_view text) {
  for (const char c : text) {
    if (const auto stroke = stroke_of(c)) push_key(stroke->usage, stroke->shift);
  }
  push_key(SDL_SCANCODE_RETURN, false);
}

void Window::push_text(std::string_view utf8) {
  constexpr std::size_t room = SDL_TEXTINPUTEVENT_TEXT_SIZE - 1;
  while (!utf8.empty()) {
    const std::size_t bytes = first_bytes(utf8, room).size();
    SDL_Event event{};
    event.type = SDL_TEXTINPUT;
    std::memcpy(event.text.text, utf8.data(), bytes);
    SDL_PushEvent(&event);
    utf8.remove_prefix(bytes);
  }
}

}  // namespace keepsake::platform
