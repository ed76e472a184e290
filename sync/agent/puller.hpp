#pragma once
// What comes down, asked for on a connection of its own: a pull may wait at head office for news
// while facts go up on another.

#include <chrono>
#include <memory>
#include <optional>

#include "storage/book/enrolment.hpp"
#include "storage/domain/feed.hpp"
#include "storage/domain/feed_base.hpp"
#include "sync/agent/office_line.hpp"

namespace keepsake {
class Book;
class Clock;
class Reader;
}  // namespace keepsake

namespace keepsake::sync {

class SnapshotFetch;

class Puller {
 public:
  /// Failure::refused "sync.not-enrolled" or "identity.missing", or what the book says.
  static Result<std::unique_ptr<Puller>> open(Book& book, const Clock& clock);
  Puller(Book& book, const Clock& clock, OfficeLine line, std::unique_ptr<Reader> reader);
  ~Puller();

  struct Pulled {
    bool news = false;    ///< the records changed, or it was said what became of own facts
    bool has_all = true;  ///< head office has no more now
    bool waits = false;   ///< a page is here and not taken in: it changes prices
    std::optional<SnapshotArriving> arriving = {};  ///< instead of pages, and how much is here
    std::chrono::seconds again{0};                  ///< head office wants to be asked then
  };
  /// Whether what changes prices may be taken in now.
  enum class Prices : bool { wait, may_change };
  /// One page. `wait`: so long head office may keep it when there is nothing new (0: not at all).
  /// Failure::refused when head office does not know this terminal (any more), ::unavailable when
  /// it cannot be reached or asks to wait (retry_after()), ::corrupt as Book::take_in.
  /// Where much is lacking head office sends the store's records instead, a part at a time, which come
  /// into force as prices do. A page that waited for its prices is taken in first, without asking for another. What head office
  /// sets aside for this terminal comes with it.
  Result<Pulled> pull(std::chrono::seconds wait, Prices prices = Prices::may_change);
  std::optional<std::chrono::seconds> retry_after() const { return retry_after_; }
  void abort() noexcept { line_.transport->abort(); }  ///< from any thread
  const Enrolment& enrolment() const { return line_.enrolment; }

 private:
  Result<Pulled> ask(std::chrono::seconds wait, Prices prices);
  Result<Pulled> take_in(FeedPage page, Prices prices);
  enum class Wants {
    none,
    much,  ///< of the feed may be lacking
    lost,  ///< what the records began with is
  };
  Result<Wants> wants_snapshot(const FeedCursor& cursor);
  Result<std::optional<Pulled>> look_for_snapshot(const FeedCursor& cursor);
  Result<Pulled> fetch(Prices prices);
  Pulled begin_fetching_anew();

  Book& book_;
  const Clock& clock_;
  OfficeLine line_;
  std::unique_ptr<Reader> reader_;
  std::optional<std::chrono::seconds> retry_after_;
  std::optional<FeedPage> waiting_;       ///< until prices may change
  std::unique_ptr<SnapshotFetch> fetch_;  ///< under way
  bool fetched_ = false;                  ///< all of it, and it is to be taken in
  bool behind_ = false;                   ///< the last page was not the last that there is
  std::optional<std::chrono::steady_clock::time_point> asked_;  ///< for a snapshot, without one
  bool prices_staged_ = false;  ///< pages of which the last one brings the others into force
};

}  // namespace keepsake::sync
