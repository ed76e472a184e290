#pragma once
// How long a cover lasts, and its last day. WARRANTY.md gives the rules and where they come from.

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/domain/values/time.hpp"

namespace keepsake {

/// Stored and sent as a number: never reordered.
enum class PeriodUnit : std::uint8_t { day, week, month, year };

/// So many days, weeks, months or years by the calendar. {0, month}: none.
struct Period {
  std::int32_t count = 0;
  PeriodUnit unit = PeriodUnit::month;

  bool none() const { return count == 0; }
  bool operator==(const Period&) const = default;
};

/// Failure::bad_input "cover.period" (below zero, unknown unit), Failure::limit "cover.limit" (longer
/// than fifty years, limits::cover_months).
Result<Done> check(const Period& period);

/// "24 months", "1 year", "90 days", "2 weeks"; a number alone is months. Failure as check(), and
/// "cover.period" for everything else.
Result<Period> parse_period(std::string_view text);
/// As parse_period() takes it, in English; empty for none.
std::string to_text(const Period& period);

/// The last day of a period that begins on `start`: the same day so much later, which is covered to its
/// end. The day of the event is not counted, as Regulation (EEC) 1182/71, Article 3, has it:
/// 2017-01-01 and 24 months end on 2019-01-01. A day that the last month lacks is that month's last:
/// 2023-01-31 and 1 month end on 2023-02-28. check(period) holds, and it is not none().
Date last_day(Date start, const Period& period);

}  // namespace keepsake
