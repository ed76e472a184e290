#pragma once
// The thread that keeps a terminal's records at what head office knows.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "storage/domain/feed_base.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {
class Book;
class Clock;
}  // namespace keepsake

namespace keepsake::sync {

class Puller;

/// How far what head office knows is here.
struct PullState {
  /// When everything was here last, to the minute; nullopt: not since this program started.
  std::optional<Instant> up_to_date;
  std::optional<Error> trouble;
  /// The store's records are on their way; nullopt: they are not.
  std::optional<SnapshotArriving> arriving;
  bool operator==(const PullState&) const = default;
};

/// Thread-safe.
class Pulling {
 public:
  /// All are called on its thread; keep them short. `news`: the records changed by what others did.
  /// `selling`: a sale is under way, so prices wait for its end, up to longest_sale.
  Pulling(Book& book, const Clock& clock, std::function<void()> news, std::function<void()> changed,
          std::function<bool()> selling);
  ~Pulling();  ///< stops and joins; aborts a request under way
  Pulling(const Pulling&) = delete;
  Pulling& operator=(const Pulling&) = delete;
  void wake();       ///< a person wants it now, or the enrolment is another
  void reconnect();  ///< the certificate is another
  PullState state() const;

 private:
  void run(const std::stop_token& token);
  bool to_reconnect();
  void follow(Puller& puller, const std::stop_token& token);
  void sleep(const std::stop_token& token, std::chrono::milliseconds most);
  void attach(Puller* puller, const std::stop_token& token);
  void publish(PullState state);

  Book& book_;
  const Clock& clock_;
  const std::function<void()> news_;
  const std::function<void()> changed_;
  const std::function<bool()> selling_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  bool woken_ = false;
  bool reconnect_ = false;
  Puller* puller_ = nullptr;  ///< the one at work, to be aborted
  PullState state_;
  std::jthread thread_;  ///< last: it runs while all above stands
};

}  // namespace keepsake::sync
