#include "storage/book/believed_clock.hpp"

#include <algorithm>

#include "storage/book/terminal.hpp"
#include "storage/domain/loyalty/events.hpp"

namespace keepsake {

BelievedClock::BelievedClock(Database& database, const Clock& clock, const journal::Head& newest)
    : database_(database), clock_(clock) {
  if (const auto kept = terminal::trusted_clock(database)) {
    believed_ = *kept;
    look();
    return;
  }
  const Instant now = clock.now();
  believe(newest.seq == 0 ? now : std::min(newest.time.instant(), now));
}

void BelievedClock::believe(Instant at) {
  Transaction transaction(database_);
  terminal::put_trusted_clock(database_, at);
  transaction.commit();
  believed_ = at;
}

ClockTrust BelievedClock::look() {
  const ClockTrust trust{believed_, clock_.now()};
  if (trust.after() - believed_ >= std::chrono::hours(1)) believe(trust.after());
  return {believed_, trust.now};
}

void BelievedClock::confirm() { believe(clock_.now()); }

Result<Done> BelievedClock::check(const Fact& fact) const {
  const auto* expired = get_if<PointsExpired>(&fact);
  if (expired == nullptr) return Done{};
  return expect_believed({believed_, {std::int64_t{to_days(expired->as_of)} * 86'400'000}});
}

}  // namespace keepsake
