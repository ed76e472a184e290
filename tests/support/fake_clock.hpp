#pragma once
// A clock that stands still until told otherwise; fixed offset from UTC.

#include <atomic>
#include <chrono>

#include "storage/domain/values/time.hpp"

namespace keepsake::test {

class FakeClock : public Clock {
 public:
  /// 2026-11-21T14:00:00Z, an hour east, unless told otherwise.
  explicit FakeClock(Instant start = {1795269600000}, std::int16_t offset_minutes = 60)
      : ms_(start.ms), offset_minutes_(offset_minutes) {}

  Instant now() const override { return {ms_.load()}; }
  LocalTime local(Instant t) const override { return {t, offset_minutes_}; }
  void advance(std::chrono::milliseconds by) { ms_ += by.count(); }
  void set(Instant t) { ms_ = t.ms; }

 private:
  std::atomic<std::int64_t> ms_;
  std::int16_t offset_minutes_;
};

}  // namespace keepsake::test
