#include "kiosk/app/chores.hpp"

#include <spdlog/spdlog.h>
#include <utility>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/values/trusted_time.hpp"
#include "storage/services/expiry.hpp"

namespace keepsake::app {
namespace {

Result<loyalty::Expiry> expiry_now(Book& book, CurrentProgramme& current) {
  auto reader = book.reader();
  if (!reader.ok()) return reader.error();
  const auto programme = current.get(**reader);
  if (!programme.ok()) return programme.error();
  return (*programme)->rules.expiry;
}

}  // namespace

std::optional<Error> ChoreList::run(LocalTime now) {
  const auto trust = book_.look_at_clock();
  if (!trust.ok()) return trust.error();
  if (const auto ok = expect_right(*trust); !ok.ok()) return ok.error();
  // One that fails does not keep the other from being done.
  std::optional<Error> trouble;
  // Where there is a head office, it lets things expire.
  if (book_.enrolment()) {
  } else if (const auto rule = expiry_now(book_, programme_); !rule.ok()) {
    trouble = rule.error();
  } else if (const auto expiry = run_expiry(book_, *rule, now); !expiry.ok()) {
    trouble = expiry.error();
  } else if (!expiry->facts.empty()) {
    spdlog::info("expired: {} lots, {} gift cards", expiry->lots, expiry->cards);
  }
  if (const auto kept = book_.run_retention(now.at); !kept.ok()) {
    if (!trouble) trouble = kept.error();
  } else if (*kept != RetentionDone{}) {
    spdlog::info("retention: {} customers, {} audit entries", kept->customers_erased,
                 kept->audit_removed);
    if (kept->customers_waiting > 0 && !trouble)
      trouble = Error{Failure::refused, "retention.many",
                      std::to_string(kept->customers_waiting) +
                          " customers are due to be erased, too many to do it unasked",
                      "", "See who and say yes: keepsake retention --yes"};
  }
  return trouble;
}

bool ChoreList::doubt_changed() {
  const auto trust = book_.look_at_clock();
  const bool doubted = trust.ok() && !expect_right(*trust).ok();
  return std::exchange(doubted_, doubted) != doubted;
}

std::optional<flow::ChoresDone> ChoreList::run_due() {
  const LocalTime now = clock_.local_now();
  const Date today = now.date();
  if (!doubt_changed()) {
    if (done_on_ == today) return std::nullopt;
    // A clock that was set back must not put the next try off for long.
    if (failed_at_ && now.at >= *failed_at_ && now.at < *failed_at_ + again_after)
      return std::nullopt;
  }
  flow::ChoresDone outcome{today, run(now)};
  if (outcome.trouble) {
    failed_at_ = now.at;
    done_on_.reset();
    spdlog::warn("daily work: {} ({})", outcome.trouble->code, outcome.trouble->what);
  } else {
    failed_at_.reset();
    done_on_ = today;
  }
  return outcome;
}

Chores::Chores(Book& book, CurrentProgramme& programme, const Clock& clock,
               std::function<void(const flow::ChoresDone&)> tell) {
  thread_ = std::thread(
      [this, list = ChoreList(book, programme, clock), tell = std::move(tell)]() mutable {
        std::unique_lock lock(mutex_);
        while (!stop_) {
          lock.unlock();
          const auto outcome = list.run_due();
          if (outcome) tell(*outcome);
          lock.lock();
          wake_.wait_for(lock, look_every, [&] { return stop_; });
        }
      });
}

Chores::~Chores() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

}  // namespace keepsake::app
