#pragma once

#include <atomic>
#include <mutex>

namespace keepsake {

/// A mutex, for std::lock_guard, whose holder can see that others wait: long work ends early for them.
class Door {
 public:
  void lock() {
    ++waiting_;
    mutex_.lock();
    --waiting_;
  }
  void unlock() { mutex_.unlock(); }
  bool others_wait() const { return waiting_ > 0; }

 private:
  std::mutex mutex_;
  std::atomic<int> waiting_ = 0;
};

}  // namespace keepsake
