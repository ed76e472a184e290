#include "storage/domain/views/shift_sync.hpp"

#include <doctest/doctest.h>

#include "storage/domain/sale/shift.hpp"
#include "storage/domain/views/sync_state.hpp"

using namespace keepsake;

namespace {

constexpr Instant opened{1'000'000};
constexpr Instant later{2'000'000};

/// Opened by record 100.
ShiftView shift_with(std::int64_t exceptions) {
  ShiftView shift;
  shift.id = FactId::make({}, {17}, {1}, 100);
  shift.opening.at.at = opened;
  shift.exceptions = exceptions;
  return shift;
}

SyncState state_of(std::int64_t acknowledged, std::int64_t waiting) {
  SyncState state;
  state.acknowledged = acknowledged;
  state.waiting = waiting;
  if (waiting > 0) state.oldest_waiting = later;
  return state;
}

}  // namespace

TEST_CASE("a shift's records are those from its opening on, and each is in one place") {
  // Up to record 120, of which 115 are at head office.
  const ShiftSync part = shift_sync(shift_with(2), state_of(115, 5));
  CHECK(part == ShiftSync{21, 5, 2, later});
  CHECK(part.sent() == 16);
  CHECK(part.accepted() == 14);
  // All are there.
  CHECK(shift_sync(shift_with(0), state_of(120, 0)) == ShiftSync{21, 0, 0, {}});
  // Those of the shift before wait as well: they are not this shift's, and older than its oldest.
  CHECK(shift_sync(shift_with(0), state_of(60, 60)) == ShiftSync{21, 21, 0, opened});
  CHECK(shift_sync(shift_with(0), state_of(99, 21)) == ShiftSync{21, 21, 0, opened});
  CHECK(shift_sync(shift_with(0), state_of(100, 20)) == ShiftSync{21, 20, 0, later});
}

TEST_CASE("a state from before the shift was opened knows its opening, and that it waits") {
  CHECK(shift_sync(shift_with(0), state_of(99, 0)) == ShiftSync{1, 1, 0, opened});
  CHECK(shift_sync(shift_with(0), {}) == ShiftSync{1, 1, 0, opened});
}

TEST_CASE("there are never more exceptions than records that head office has") {
  const ShiftSync of = shift_sync(shift_with(9), state_of(102, 10));
  CHECK(of.exceptions == 3);
  CHECK(of.accepted() == 0);
}
