#pragma once
// A level that a manager gives to one person.

#include <optional>
#include <string>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// Type 45. The newest of a reference counts. It holds beside what the member earns: whichever is
/// higher is theirs, and when it ends they have what they have earned.
struct LevelGranted {
  LocalTime at;
  std::string staff;
  CustomerRef customer;
  std::string level;          ///< id in the programme; "": what was given before ends
  std::optional<Date> until;  ///< the last day; none: until another is given
  std::string reason;
  bool operator==(const LevelGranted&) const = default;
};
/// Failure::bad_input "level.*", "text.*".
Result<Done> check(const LevelGranted& granted);

}  // namespace keepsake
