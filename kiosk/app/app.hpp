#pragma once
// The kiosk put together: one loop that waits, drains, reduces, performs, draws; and the threads it
// talks to (worker, printing, sync agent) through the mailbox. Owns the session; everything about
// it but stop() belongs to the loop's thread.
//
// Drawing: three frames after something happened, full rate while a finger is down or a fade runs,
// otherwise none (kiosk/ui/UX.md).

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "kiosk/app/printing.hpp"
#include "kiosk/flow/reduce.hpp"
#include "kiosk/flow/session.hpp"
#include "kiosk/platform/window.hpp"
#include "kiosk/ui/ui.hpp"
#include "storage/book/book.hpp"

namespace keepsake::app {

enum class SyncRole { off, on };  ///< off: no agent thread; the state says how much waits

struct AppOptions {
  flow::Language language = flow::Language::english;  ///< of visits that choose none
  flow::Theme theme = flow::Theme::light;
  std::filesystem::path locale_folder;  ///< compiled catalogues
  SyncRole sync = SyncRole::on;
  std::optional<Devices> devices;  ///< instead of the printer of the settings; for tests
};

/// What the loop did, for the idle benchmark.
struct Counters {
  std::uint64_t wakeups = 0;  ///< times the wait returned
  std::uint64_t frames = 0;
};

class App {
 public:
  /// `book`, `clock` and `window` outlive the app.
  static Result<std::unique_ptr<App>> make(Book& book, const Clock& clock, platform::Window& window,
                                           const AppOptions& options);
  virtual ~App() = default;

  /// Until stop(), the window closes, or `until`.
  virtual void run(std::optional<input::Ticks> until = std::nullopt) = 0;
  /// One round of the loop; waits no longer than `until`.
  virtual void turn(std::optional<input::Ticks> until) = 0;
  /// Thread-safe.
  virtual void stop() = 0;
  virtual bool stopped() const = 0;

  /// Nothing is left to draw, to answer or to print.
  virtual bool at_rest() const = 0;
  virtual const flow::Session& session() const = 0;
  virtual const flow::Context& context() const = 0;
  virtual const ui::Probe& probe() const = 0;
  /// The present screen drawn once more, and read back.
  virtual platform::Window::Picture picture() = 0;
  virtual Counters counters() const = 0;
};

}  // namespace keepsake::app
