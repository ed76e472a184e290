#include "storage/book/believed_clock.hpp"

#include <algorithm>

#include "storage/book/terminal.hpp"
#include "storage/domain/happened.hpp"
#include "storage/domain/loyalty/events.hpp"

namespace keepsake {

namespace {

constexpr std::chrono::hours kept_every{1};  // so that a sale costs no second write

}  // namespace

BelievedClock::BelievedClock(Database& database, const Clock& clock, const journal::Head& newest)
    : database_(database), clock_(clock) {
  if (const auto kept = terminal::trusted_clock(database)) {
    kept_ = *kept;
    look();
    return;
  }
  const Instant now = clock.now();
  keep({newest.seq == 0 ? now : std::min(newest.time.instant(), now), now});
}

void BelievedClock::keep(const ClockTrust& trust) {
  Transaction transaction(database_);
  terminal::put_trusted_clock(database_, trust);
  transaction.commit();
  kept_ = trust;
}

ClockTrust BelievedClock::look() {
  ClockTrust trust = now();
  if (trust.after() - trust.believed >= kept_every) {
    trust.believed = trust.after();
    keep(trust);
  }
  return {kept_.believed, trust.now, kept_.office};
}

Done BelievedClock::confirm() {
  keep(confirmed(now()));
  return {};
}

Done BelievedClock::hear(Instant there) {
  const ClockTrust trust = heard(now(), there);
  const bool moved = trust.believed - kept_.believed >= kept_every ||
                     kept_.believed - trust.believed >= kept_every;
  if (moved || trust.office != kept_.office) keep(trust);
  return {};
}

void BelievedClock::mark(Seq seq, const Fact& fact) const {
  const auto right = expect_right(now());
  if (right || !is_sale_of_the_moment(fact)) return;
  const bool ahead = right.error().code == "clock.ahead";
  const FactOutcome doubted{seq, ahead ? "date.ahead" : "date.behind", right.error().what};
  terminal::note_outcomes(database_, std::span(&doubted, 1));
}

Result<Done> BelievedClock::check(const Fact& fact) const {
  const auto* expired = get_if<PointsExpired>(&fact);
  if (expired == nullptr) return Done{};
  return expect_believed(
      {kept_.believed, {std::int64_t{to_days(expired->as_of)} * 86'400'000}, kept_.office});
}

}  // namespace keepsake
