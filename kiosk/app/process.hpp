#pragma once
// What the operating system should know of this process.

#include <atomic>
#include <functional>
#include <thread>

namespace keepsake::app {

/// Blocks SIGTERM, SIGINT and SIGHUP for this thread and those it will start: call it first.
void block_stop_signals();

/// Turns the blocked signals into one call, on a thread of its own.
class StopSignals {
 public:
  /// `asked` is called at most once, and never after this object is gone.
  explicit StopSignals(std::function<void()> asked);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

 private:
  std::atomic<bool> over_ = false;
  std::thread thread_;
};

}  // namespace keepsake::app
