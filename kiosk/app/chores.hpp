#pragma once
// The daily work that nobody should have to think of: points and gift cards past their last day
// expire, and what the retention rules no longer allow to be kept goes. On a thread of its own, so
// that neither the screen nor the worker waits for it; both jobs are idempotent and right however
// long the terminal was off. Neither is done on a day that does not follow from the last one that
// was believed (Book::look_at_clock), nor to many customers at once: then a manager is told.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "kiosk/flow/shared/news.hpp"
#include "storage/book/book.hpp"
#include "storage/services/active_programme.hpp"

namespace keepsake::app {

/// When the work is due, and doing it; without a thread, for tests.
class ChoreList {
 public:
  ChoreList(Book& book, CurrentProgramme& programme, const Clock& clock)
      : book_(book), programme_(programme), clock_(clock) {}

  /// At the first call and then once on each day of the shop's calendar; after a failure again when
  /// `again_after` has passed, and whenever the date is doubted or is no more: head office may say so at
  /// any time of the day. nullopt: nothing was due.
  std::optional<flow::ChoresDone> run_due();

  static constexpr std::chrono::minutes again_after{10};

 private:
  std::optional<Error> run(LocalTime now);
  bool doubt_changed();

  Book& book_;
  CurrentProgramme& programme_;
  const Clock& clock_;
  std::optional<Date> done_on_;
  std::optional<Instant> failed_at_;
  bool doubted_ = false;
};

class Chores {
 public:
  /// `book`, `programme`, `clock` and what `tell` reaches outlive it. `tell` is called on the thread.
  Chores(Book& book, CurrentProgramme& programme, const Clock& clock,
         std::function<void(const flow::ChoresDone&)> tell);
  ~Chores();
  Chores(const Chores&) = delete;
  Chores& operator=(const Chores&) = delete;

 private:
  static constexpr std::chrono::minutes look_every{1};

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace keepsake::app
