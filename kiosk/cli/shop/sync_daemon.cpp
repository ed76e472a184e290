#include "kiosk/cli/shop/sync_daemon.hpp"

#include <condition_variable>
#include <csignal>
#include <functional>
#include <mutex>
#include <optional>
#include <ostream>
#include <thread>
#include <utility>

#include "kiosk/cli/shop/sync_state.hpp"
#include "kiosk/control/control_socket.hpp"
#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/exchange/table.hpp"
#include "sync/agent/agent.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/mirror/mirror.hpp"

namespace keepsake::cli {
namespace {

/// Blocked before a thread is started, so that all of them leave these signals to wait_for_end().
sigset_t block_ends() {
  sigset_t ends;
  sigemptyset(&ends);
  for (const int each : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&ends, each);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  return ends;
}

void wait_for_end(const sigset_t& ends) {
  int signal = 0;
  while (sigwait(&ends, &signal) != 0) {
  }
}

void tell(Program& program, const Clock& clock, const SyncState& state) {
  if (program.json()) {
    program.print(to_json_state(state, clock));
  } else {
    program.out() << to_iso(clock.now()) << " " << name_of(state.link) << ", waiting "
                  << grouped(state.waiting);
    if (const auto& trouble = trouble_of(state)) program.out() << ": " << trouble->what;
    program.out() << "\n";
  }
  program.out().flush();
}

/// Says on a thread of its own what changed: the agent's threads must not wait for a terminal.
class Telling {
 public:
  Telling(Program& program, const Clock& clock) : program_(program), clock_(clock) {}

  /// From any thread.
  void changed() {
    {
      const std::lock_guard lock(mutex_);
      news_ = true;
    }
    wake_.notify_one();
  }
  void run(const sync::Agent& agent, const std::function<void()>& came_online,
           const std::stop_token& token) {
    std::optional<SyncState> last;
    while (wait(token)) {
      const SyncState state = agent.state();
      const bool same = last && last->link == state.link && last->waiting == state.waiting &&
                        last->last_error == state.last_error;
      if (!same) tell(program_, clock_, state);
      const bool was_online = last && last->link == LinkState::online;
      if (state.link == LinkState::online && !was_online) came_online();
      last = state;
    }
  }

 private:
  bool wait(const std::stop_token& token) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, token, [this] { return news_; });
    news_ = false;
    return !token.stop_requested();
  }

  Program& program_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool news_ = false;
};

}  // namespace

Exit run_sync_daemon(Program& program) {
  const auto open = program.open_book_alone();
  if (!open) return program.fail(open.error());
  if (!open->book->enrolment()) return program.fail(sync::not_enrolled(), Failure::refused);
  const sigset_t ends = block_ends();
  Telling telling(program, *open->clock);
  const auto agent = sync::Agent::start(
      *open->book, *open->clock, [&] { telling.changed(); }, [] {});
  const auto mirror =
      sync::mirror::Mirror::start(*open->book, *open->clock, {[] {}, [&] { agent->nudge(); }});
  // What has to be sent is, all the same.
  if (!mirror) program.fail(mirror.error());
  const auto came_online = [&] {
    if (mirror && *mirror) (*mirror)->line_is_up();
  };
  const std::jthread teller(
      [&](const std::stop_token& token) { telling.run(*agent, came_online, token); });
  const auto commands = control::ControlSocket::open(
      *open->book, {{}, [&](std::string_view, const std::optional<Error>& trouble) {
                      if (trouble) return;
                      agent->nudge();
                      if (mirror && *mirror) (*mirror)->recorded();
                    }});
  // What has to be sent is, all the same; commands are told that the folder is in use.
  if (!commands) program.fail(commands.error());
  wait_for_end(ends);
  return Exit::ok;
}

}  // namespace keepsake::cli
