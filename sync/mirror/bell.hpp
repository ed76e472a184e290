#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>

#include "storage/domain/values/time.hpp"

namespace keepsake::sync::mirror {

/// Wakes threads that wait for something new. Thread-safe.
class Bell {
 public:
  void ring() {
    {
      const std::lock_guard lock(mutex_);
      ++count_;
    }
    wake_.notify_all();
  }
  /// Until it has rung since `heard`, which is brought up to date; until that moment of
  /// monotonic_now(); or until a stop. true: it rang.
  bool wait(std::uint64_t& heard, Instant until, const std::stop_token& token) {
    std::unique_lock lock(mutex_);
    const std::chrono::steady_clock::time_point end{std::chrono::milliseconds(until.ms)};
    const bool rang = wake_.wait_until(lock, token, end, [&] { return count_ != heard; });
    heard = count_;
    return rang;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::uint64_t count_ = 0;
};

}  // namespace keepsake::sync::mirror
