#pragma once
// What comes down, asked for on a connection of its own: a pull may wait at head office for news
// while facts go up on another.

#include <chrono>
#include <memory>
#include <optional>

#include "storage/book/enrolment.hpp"
#include "sync/agent/transport.hpp"

namespace keepsake {
class Book;
struct FeedPage;
}  // namespace keepsake

namespace keepsake::sync {

class Puller {
 public:
  /// Failure::refused "sync.not-enrolled" or "identity.missing", or what the book says.
  static Result<std::unique_ptr<Puller>> open(Book& book);
  Puller(Book& book, Enrolment enrolment, std::unique_ptr<Transport> transport);

  struct Pulled {
    bool news = false;    ///< the records changed
    bool has_all = true;  ///< head office has no more now
  };
  /// One page. `wait`: so long head office may keep it when there is nothing new (0: not at all).
  /// Failure::refused when head office does not know this terminal (any more), ::unavailable when
  /// it cannot be reached or asks to wait (retry_after()), ::corrupt as Book::take_in.
  Result<Pulled> pull(std::chrono::seconds wait);
  std::optional<std::chrono::seconds> retry_after() const { return retry_after_; }
  void abort() noexcept { transport_->abort(); }  ///< from any thread
  const Enrolment& enrolment() const { return enrolment_; }

 private:
  Result<FeedPage> checked(const HttpAnswer& answer) const;

  Book& book_;
  const Enrolment enrolment_;
  std::unique_ptr<Transport> transport_;
  std::optional<std::chrono::seconds> retry_after_;
};

}  // namespace keepsake::sync
