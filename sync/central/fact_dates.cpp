#include "sync/central/fact_dates.hpp"

#include <algorithm>

#include "storage/domain/happened.hpp"
#include "storage/domain/values/trusted_time.hpp"
#include "sync/central/central_clock.hpp"

namespace keepsake::sync::central {

namespace {

std::string day_of(Instant t) { return to_iso(LocalTime{t, 0}.date()); }

}  // namespace

std::optional<FactOutcome> doubt_of_date(Database& database, const SetAside& came,
                                         const Fact& fact) {
  const Record& record = came.record;
  const auto at = happened(fact);
  if (!at) return std::nullopt;
  if (*at - came.received > may_differ) {
    // Where head office's own clock is behind, tills are not wrong.
    const Instant here = std::max(came.received, trust_in_clock(database, came.received).believed);
    if (*at - here <= may_differ) return std::nullopt;
    return FactOutcome{record.seq, "date.ahead",
                       "It bears the date " + day_of(*at) + " and came on " + day_of(here)};
  }
  // Ids only go on: they show the latest day that the till's clock ever showed.
  const Instant shown = record.id.time().instant();
  if (!is_sale_of_the_moment(fact) || shown - *at <= may_differ ||
      shown - came.received > may_differ)
    return std::nullopt;
  return FactOutcome{record.seq, "date.behind",
                     "It bears the date " + day_of(*at) + " after facts of " + day_of(shown)};
}

}  // namespace keepsake::sync::central
