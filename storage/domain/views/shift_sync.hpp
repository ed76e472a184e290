#pragma once
// How far head office has the records of a shift, for whoever closes it.

#include <cstdint>
#include <optional>

#include "storage/domain/values/time.hpp"

namespace keepsake {

struct ShiftView;
struct SyncState;

struct ShiftSync {
  std::int64_t records = 0;     ///< from its opening on
  std::int64_t waiting = 0;     ///< that head office has not acknowledged
  std::int64_t exceptions = 0;  ///< that head office has, and a person has to settle
  std::optional<Instant> oldest_waiting;
  std::int64_t sent() const { return records - waiting; }
  std::int64_t accepted() const { return sent() - exceptions; }
  bool operator==(const ShiftSync&) const = default;
};

/// By a state that may be older than the shift's figures, or newer: never more than the shift has.
ShiftSync shift_sync(const ShiftView& shift, const SyncState& sync);

}  // namespace keepsake
