#pragma once
// A bounded queue between one producer and one thread that works it off (I10).

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace keepsake::app {

template <class T>
class Queue {
 public:
  explicit Queue(std::size_t limit) : limit_(limit) {}

  enum class Put { taken, full, closed };
  Put put(T item) {
    const std::lock_guard lock(mutex_);
    if (closed_) return Put::closed;
    if (items_.size() >= limit_) return Put::full;
    items_.push_back(std::move(item));
    ready_.notify_one();
    return Put::taken;
  }

  /// Waits; nullopt once closed and empty.
  std::optional<T> take() {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return closed_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    T item = std::move(items_.front());
    items_.pop_front();
    return item;
  }

  /// Those that wait and are of no interest any more.
  template <class Predicate>
  void drop_if(const Predicate& of_no_interest) {
    const std::lock_guard lock(mutex_);
    std::erase_if(items_, of_no_interest);
  }

  enum class Rest { finish, drop };  ///< what becomes of the items still waiting
  void close(Rest rest) {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    if (rest == Rest::drop) items_.clear();
    ready_.notify_all();
  }

 private:
  const std::size_t limit_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<T> items_;
  bool closed_ = false;
};

}  // namespace keepsake::app
