#include "storage/domain/values/trusted_time.hpp"

namespace keepsake {
namespace {

constexpr Instant first_plausible{0};  // a clock that lost its battery starts in 1970
constexpr Instant last_plausible{7'258'118'400'000};  // 2200-01-01, exclusive

std::string day_of(Instant t) { return to_iso(LocalTime{t, 0}.date()); }

constexpr auto say_so = "Set the date, or say that it is right: keepsake clock confirm";

std::string both_days(const ClockTrust& trust) {
  return "The clock shows " + day_of(trust.now) + ", the last day known to be right is " +
         day_of(trust.believed);
}

}  // namespace

ClockTrust heard(const ClockTrust& trust, Instant there) {
  const bool agrees = trust.now - there <= may_differ && there - trust.now <= may_differ;
  if (agrees) {
    const bool doubted = trust.denied() || !trust.is_right();
    return {doubted ? trust.now : trust.after(), trust.now, OfficeWord::none};
  }
  if (trust.office == OfficeWord::overruled && trust.is_right()) return trust;
  return {there, trust.now, OfficeWord::denies};
}

ClockTrust confirmed(const ClockTrust& trust) {
  const bool against = trust.office != OfficeWord::none;
  return {trust.now, trust.now, against ? OfficeWord::overruled : OfficeWord::none};
}

Result<Done> expect_believed(const ClockTrust& trust) {
  if (trust.holds()) return Done{};
  return Error{Failure::refused, "clock.ahead", both_days(trust), "", say_so};
}

Result<Done> expect_right(const ClockTrust& trust) {
  if (trust.is_right() || !trust.holds()) return expect_believed(trust);
  return Error{Failure::refused, "clock.behind", both_days(trust), "", say_so};
}

bool doubts_clock(const Error& error) {
  return error.code == "clock.ahead" || error.code == "clock.behind";
}

Result<Done> expect_plausible(Instant now) {
  if (now >= first_plausible && now < last_plausible) return Done{};
  return Error{Failure::refused, "clock.wrong",
               "The date of this machine is wrong: it shows " + day_of(now), "",
               "Set the date and the time."};
}

}  // namespace keepsake
