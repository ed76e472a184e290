#pragma once
// Instants, local times and calendar dates. Time is always a parameter; only Clock asks the
// machine.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// Milliseconds since 1970-01-01 UTC.
struct Instant {
  std::int64_t ms = 0;
  auto operator<=>(const Instant&) const = default;
};
inline Instant operator+(Instant t, std::chrono::milliseconds d) { return {t.ms + d.count()}; }
inline Instant operator-(Instant t, std::chrono::milliseconds d) { return {t.ms - d.count()}; }
inline std::chrono::milliseconds operator-(Instant a, Instant b) {
  return std::chrono::milliseconds(a.ms - b.ms);
}

/// A calendar day; days since 1970-01-01 where it is stored or sent.
using Date = std::chrono::year_month_day;

/// An instant together with the offset that the shop's wall clock had.
struct LocalTime {
  Instant at;
  std::int16_t offset_minutes = 0;  ///< east of UTC is positive

  Date date() const;
  int minute_of_day() const;  ///< 0..1439 on the wall
  auto operator<=>(const LocalTime&) const = default;
};

std::int32_t to_days(Date date);
Date from_days(std::int32_t days);
Result<Date> parse_date(std::string_view iso);  ///< "2026-11-21"; Failure::bad_input "date.syntax"
/// "2026-12-01T06:00+01:00" or "2026-12-01T05:00Z": a minute with its offset.
/// Failure::bad_input "time.syntax".
Result<Instant> parse_instant(std::string_view iso);
std::string to_iso(Date date);
std::string to_iso(Instant t);    ///< "2026-11-21T14:02:07.123Z"
std::string to_iso(LocalTime t);  ///< "2026-11-21T15:02:07+01:00"

/// start + months by calendar, clamped to the month's last day: 31 Jan + 1 month is 28 or 29 Feb.
Date add_months(Date start, int months);

/// Where the time comes from. Thread-safe. Abstract because tests set the time: SystemClock
/// (storage/engine) asks the machine, FakeClock (tests/support) is told.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  virtual LocalTime local(Instant t) const = 0;  ///< in the shop's time zone
  LocalTime local_now() const { return local(now()); }
};

}  // namespace keepsake
