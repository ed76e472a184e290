#pragma once
// What a PIN may be, whoever's it is.

#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// 4 to 8 digits. Failure::bad_input "pin.syntax".
Result<Done> check_pin_syntax(std::string_view pin);
/// One that somebody chooses now: what others would try first is refused. Failure::bad_input
/// "pin.syntax", ::refused "pin.common".
Result<Done> check_new_pin(std::string_view pin);

}  // namespace keepsake
