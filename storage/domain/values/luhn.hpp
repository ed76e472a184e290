#pragma once

#include <string_view>

namespace keepsake {

/// The check digit after Luhn (ISO/IEC 7812-1, annex B), the last of at least two digits, is right.
bool luhn_holds(std::string_view digits);

}  // namespace keepsake
