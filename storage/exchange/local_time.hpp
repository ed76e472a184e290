#pragma once

#include "storage/domain/values/time.hpp"

namespace keepsake {

/// The instant at which the shop's wall clock showed `wall_s` (seconds since 1970-01-01, as if
/// UTC). A time that the clock showed twice (autumn) is the first of the two; one it never showed
/// (spring) is read with the offset before.
LocalTime from_wall(const Clock& clock, std::int64_t wall_s);

/// Noon of that day on the shop's wall: no change of the clock moves it to another day.
LocalTime noon_of(const Clock& clock, Date day);

}  // namespace keepsake
