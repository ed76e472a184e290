#include "storage/domain/values/trusted_time.hpp"

namespace keepsake {
namespace {

constexpr Instant first_plausible{0};  // a clock that lost its battery starts in 1970
constexpr Instant last_plausible{7'258'118'400'000};  // 2200-01-01, exclusive

std::string day_of(Instant t) { return to_iso(LocalTime{t, 0}.date()); }

}  // namespace

Result<Done> expect_believed(const ClockTrust& trust) {
  if (trust.holds()) return Done{};
  return Error{Failure::refused, "clock.ahead",
               "The clock shows " + day_of(trust.now) + ", the last day known to be right is " +
                   day_of(trust.believed),
               "", "Set the date, or say that it is right: keepsake clock confirm"};
}

Result<Done> expect_plausible(Instant now) {
  if (now >= first_plausible && now < last_plausible) return Done{};
  return Error{Failure::refused, "clock.wrong",
               "The date of this machine is wrong: it shows " + day_of(now), "",
               "Set the date and the time."};
}

}  // namespace keepsake
