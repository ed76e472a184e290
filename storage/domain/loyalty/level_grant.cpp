#include "storage/domain/loyalty/level_grant.hpp"

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {

Result<Done> check(const LevelGranted& granted) {
  using enum Presence;
  if (granted.customer.nobody())
    return Error{Failure::bad_input, "level.nobody", "A level needs a customer", "customer",
                 "Correct the entry"};
  if (granted.until && *granted.until < granted.at.date())
    return Error{Failure::bad_input, "level.until", "The last day of the level is over", "until",
                 "Give a day that is still to come, or today"};
  if (granted.until && granted.level.empty())
    return Error{Failure::bad_input, "level.until", "What ends has no last day", "until",
                 "Leave it out"};
  return check_texts({{granted.staff, limits::name_bytes, required, "staff"},
                      {granted.level, limits::code_bytes, optional, "level"},
                      {granted.reason, limits::name_bytes, required, "reason"}});
}

}  // namespace keepsake
