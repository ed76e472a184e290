#include "storage/engine/system_clock.hpp"

#include <unicode/timezone.h>

namespace keepsake {

namespace {

class IcuClock : public SystemClock {
 public:
  explicit IcuClock(std::unique_ptr<icu::TimeZone> zone) : zone_(std::move(zone)) {}

  Instant now() const override {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
  }

  LocalTime local(Instant t) const override {
    std::int32_t raw_ms = 0;
    std::int32_t summer_ms = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone_->getOffset(static_cast<UDate>(t.ms), /*local=*/0, raw_ms, summer_ms, status);
    if (U_FAILURE(status)) raw_ms = summer_ms = 0;
    return {t, static_cast<std::int16_t>((raw_ms + summer_ms) / 60'000)};
  }

 private:
  std::unique_ptr<icu::TimeZone> zone_;  // const use is thread-safe
};

}  // namespace

Result<std::unique_ptr<SystemClock>> SystemClock::open(std::string_view time_zone) {
  const std::string name(time_zone);
  std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  if (!zone || *zone == icu::TimeZone::getUnknown())
    return Error{Failure::bad_input, "time-zone.unknown", "Unknown time zone", name,
                 "Use an IANA name such as Europe/Oslo."};
  return std::unique_ptr<SystemClock>(std::make_unique<IcuClock>(std::move(zone)));
}

}  // namespace keepsake
