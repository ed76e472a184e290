#pragma once

#include <memory>
#include <string_view>

#include "storage/domain/values/time.hpp"

namespace keepsake {

/// The machine's clock, with local times of one time zone (IANA name, "Europe/Oslo"; rules from
/// ICU).
class SystemClock : public Clock {
 public:
  /// Failure::bad_input "time-zone.unknown".
  static Result<std::unique_ptr<SystemClock>> open(std::string_view time_zone);
};

}  // namespace keepsake
