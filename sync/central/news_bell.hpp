#pragma once
// Wakes those who wait for news of a store.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace keepsake::sync::central {

/// Thread-safe.
class NewsBell {
 public:
  /// How often there was news: read before looking, so that news in between is not missed.
  std::uint64_t count(const std::string& store) const;
  void ring(const std::string& store);
  /// Until there is news beyond `heard`, or the time is up, or the bell is closed.
  boost::asio::awaitable<void> wait(std::string store, std::uint64_t heard,
                                    std::chrono::steady_clock::time_point until);
  void close();  ///< everybody goes, and nobody waits any more
  bool closed() const;

 private:
  using Timer = boost::asio::steady_timer;
  struct Listeners {
    std::uint64_t rung = 0;
    std::vector<std::weak_ptr<Timer>> waiting;
  };
  static void wake(Listeners& listeners);

  mutable std::mutex mutex_;
  std::map<std::string, Listeners> stores_;
  bool closed_ = false;
};

}  // namespace keepsake::sync::central
