#pragma once
// Where threads leave events for the loop. Thread-safe; the waker makes the loop look.

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "kiosk/flow/event.hpp"

namespace keepsake::app {

class Mailbox {
 public:
  explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  void post(flow::Event event) {
    {
      const std::lock_guard lock(mutex_);
      events_.push_back(std::move(event));
    }
    wake_();
  }

  bool empty() const {
    const std::lock_guard lock(mutex_);
    return events_.empty();
  }

  /// In the order they came. Bounded by who posts: each queue of effects is (Worker, Printing), and
  /// sync leaves at most one at a time (App).
  std::vector<flow::Event> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(events_, {});
  }

 private:
  const std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::vector<flow::Event> events_;
};

}  // namespace keepsake::app
