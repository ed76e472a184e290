#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "sync/agent/office_line.hpp"
#include "sync/mirror/bell.hpp"
#include "sync/mirror/listening.hpp"

namespace keepsake {
class Book;
class Clock;
}  // namespace keepsake

namespace keepsake::sync::mirror {

class MirrorFile;

/// Keeps the listener open, knows who the neighbours are, and hands in what is kept for them: as soon as
/// head office answers, and without hurry while it does not.
class ErrandThread {
 public:
  /// Called on its thread, all but `kept` of Listening. `listed`: head office said who is there.
  /// `handed_in`: it has more of what was kept.
  struct Told {
    std::function<void()> listed;
    std::function<void()> handed_in;
  };
  ErrandThread(Book& book, const Clock& clock, MirrorFile& file, std::optional<Address> listen,
               Told told);
  ~ErrandThread();  ///< stops and joins; aborts a request under way

  void start();
  void line_is_up();
  const Listening& listening() const { return listening_; }

 private:
  /// When which errand is next; by monotonic_now().
  struct Due {
    Instant ask, hand_in, again;
    int ask_failures = 0, hand_in_failures = 0;
  };
  void run(const std::stop_token& token);
  void serve(OfficeLine& line, const std::string& certificate, const std::stop_token& token);
  void ask(OfficeLine& line, Due& due);
  void hand_in(OfficeLine& line, Due& due);
  void attach(Transport* line, const std::stop_token& token);

  Book& book_;
  const Clock& clock_;
  MirrorFile& file_;
  const Told told_;
  Bell bell_;
  std::atomic<bool> kept_ = true;  ///< something may be kept that head office has not had
  std::atomic<bool> line_up_ = false;
  Listening listening_;
  std::mutex mutex_;
  Transport* line_ = nullptr;  ///< at work, to be aborted
  std::jthread thread_;        ///< last: it runs while all above stands
};

}  // namespace keepsake::sync::mirror
