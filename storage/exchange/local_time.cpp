#include "storage/exchange/local_time.hpp"

#include <algorithm>

namespace keepsake {

LocalTime from_wall(const Clock& clock, std::int64_t wall_s) {
  constexpr std::int64_t day_ms = 86'400'000;
  const std::int64_t wall_ms = wall_s * 1000;
  const auto with_offset = [&](std::int16_t minutes) {
    return Instant{wall_ms - std::int64_t{minutes} * 60'000};
  };
  // No zone is further than a day from UTC, and none changes its offset twice within these two
  // days.
  const std::int16_t before = clock.local(Instant{wall_ms - day_ms}).offset_minutes;
  const std::int16_t after = clock.local(Instant{wall_ms + day_ms}).offset_minutes;
  for (const std::int16_t offset : {std::max(before, after), std::min(before, after)}) {
    const LocalTime candidate = clock.local(with_offset(offset));
    if (candidate.offset_minutes == offset) return candidate;
  }
  return clock.local(with_offset(before));
}

LocalTime noon_of(const Clock& clock, Date day) {
  return from_wall(clock, std::int64_t{to_days(day)} * 86'400 + 12 * 3'600);
}

}  // namespace keepsake
