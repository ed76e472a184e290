#include "storage/domain/views/shift_sync.hpp"

#include <algorithm>
#include <cassert>

#include "storage/domain/sale/shift.hpp"
#include "storage/domain/views/sync_state.hpp"

namespace keepsake {

// A journal has no gaps: what a shift has recorded is everything from its opening on.
ShiftSync shift_sync(const ShiftView& shift, const SyncState& sync) {
  const std::int64_t first = shift.id.seq();
  const std::int64_t last = std::max(first, sync.acknowledged + sync.waiting);
  ShiftSync of;
  of.records = last - first + 1;
  of.waiting = last - std::clamp(sync.acknowledged, first - 1, last);
  of.exceptions = std::min(shift.exceptions, of.sent());
  if (of.waiting > 0) {
    const bool all_wait = sync.acknowledged < first;
    of.oldest_waiting = all_wait ? shift.opening.at.at : sync.oldest_waiting;
  }
  assert(of.accepted() >= 0);
  return of;
}

}  // namespace keepsake
