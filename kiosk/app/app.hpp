#pragma once
// The kiosk put together: one loop that waits, drains, reduces, performs, draws; and the threads it
// talks to (worker, printing, sync agent, commands) through the mailbox. Owns the session; everything about
// it but stop() belongs to the loop's thread.
//
// Drawing: three frames after something happened, full rate while a finger is down or a fade runs,
// otherwise none (kiosk/ui/UX.md).

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "kiosk/app/chores.hpp"
#include "kiosk/app/mailbox.hpp"
#include "kiosk/app/printing.hpp"
#include "kiosk/app/worker.hpp"
#include "kiosk/control/control_socket.hpp"
#include "kiosk/flow/reduce.hpp"
#include "kiosk/flow/session.hpp"
#include "kiosk/platform/sound.hpp"
#include "kiosk/platform/window.hpp"
#include "kiosk/ui/ui.hpp"
#include "storage/book/book.hpp"
#include "storage/services/active_programme.hpp"
#include "sync/agent/agent.hpp"
#include "sync/mirror/mirror.hpp"

namespace keepsake::app {

enum class SyncRole { off, on };  ///< off: no agent thread; the state says how much waits

struct AppOptions {
  Language language = Language::en;  ///< of visits that choose none
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
  ~App();

  /// Until stop(), the window closes, or `until`.
  void run(std::optional<input::Ticks> until = std::nullopt);
  /// One round of the loop; waits no longer than `until`.
  void turn(std::optional<input::Ticks> until);
  /// Thread-safe.
  void stop();
  bool stopped() const { return stop_; }

  /// Nothing is left to draw, to answer or to print.
  bool at_rest() const;
  const flow::Session& session() const { return session_; }
  const flow::Context& context() const { return context_; }
  const ui::Probe& probe() const { return ui_.probe(); }
  /// A tap on it now would count (ui::Ui::is_ripe).
  bool is_ripe(std::string_view widget) const { return ui_.is_ripe(widget, window_.now()); }
  /// The present screen drawn once more, and read back.
  platform::Window::Picture picture();
  Counters counters() const { return counters_; }

 private:
  App(Book& book, const Clock& clock, platform::Window& window, ui::Ui ui,
      const AppOptions& options);
  Result<Done> start(Reader& reader);
  void look_at_news();
  void answer_commands();
  void keep_copies();
  void sync_soon();
  void look_at_sync();
  void take_settings();
  LookUp look_up();
  HoldLine holds();
  Result<std::vector<StaffMember>> staff_of(Reader& reader) const;
  bool due_now() const;
  struct Face {
    std::int64_t minute = -1;
    std::int64_t seconds_left = 0;
    bool operator==(const Face&) const = default;
  };
  Face face() const;
  input::Ticks next_wake(std::optional<input::Ticks> until) const;
  void drain(const platform::Polled& polled);
  void handle(const flow::Event& event);
  void perform(const flow::Effect& effect);
  void drop_forgotten();
  platform::Sound& sound();
  void play(flow::Sound sound);
  ui::Frame frame() const;
  const Locale& locale();
  std::optional<flow::Touch> lay_out();
  void tell_graphics_errors();
  void draw();

  Book& book_;
  const Clock& clock_;
  platform::Window& window_;
  ui::Ui ui_;
  const AppOptions options_;
  flow::Context context_;
  const Settings* settings_ = nullptr;  ///< that the context is made of; the book keeps it
  const std::function<void()> wake_;
  std::optional<platform::Sound> sound_;  ///< open only around touches: its thread never sleeps
  input::Ticks sound_used_{};
  std::array<std::optional<Locale>, all_languages.size()> locales_;

  flow::Session session_;
  Face drawn_face_;
  int frames_due_ = 3;
  int printing_now_ = 0;
  input::Ticks last_frame_{};
  Counters counters_;
  std::atomic<bool> stop_ = false;
  std::atomic<bool> sync_changed_ = false;
  std::atomic<bool> answered_elsewhere_ = false;  ///< another till brought an acknowledgement
  std::atomic<bool> online_ = false;
  std::atomic<bool> selling_ = false;  ///< for other threads: prices wait for the end of a sale

  // Threads last: they are the first to go, and use what stands above.
  Mailbox mailbox_;
  CurrentProgramme programme_;
  std::unique_ptr<Worker> worker_;
  std::unique_ptr<Printing> printing_;
  std::unique_ptr<sync::Agent> agent_;
  std::unique_ptr<sync::mirror::Mirror> mirror_;  ///< nothing: this till takes no part
  std::unique_ptr<Chores> chores_;
  std::unique_ptr<control::ControlSocket> commands_;
};

}  // namespace keepsake::app
