#pragma once

#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// A serial number as it is compared: letters A-Z and digits, upper case, without spaces, dashes,
/// dots or slashes, and without the name that a plate has before it: "S/N: ", "IMEI: ", "(21)".
/// Failure::bad_input "serial.length" (3..limits::code_bytes after that) or
/// "serial.character".
Result<std::string> normalise_serial(std::string_view typed);

}  // namespace keepsake
