#pragma once

#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// An address as it is kept: tidied, one '@', no blanks, the domain in small letters as people read
/// it (RFC 5890: "пошта.укр", not "xn--..."). The part before the '@' keeps its case, which says
/// nothing when addresses are looked up or compared. Failure::bad_input "email.syntax".
Result<std::string> normalise_email(std::string_view typed);

}  // namespace keepsake
