#pragma once

#include <string_view>

namespace keepsake {

/// The national part of a number in E.164 ("+4791234417" gives "91234417"). Country codes are one
/// to three digits and none begins another (ITU-T E.164, list of assigned codes), so the number
/// itself says where its own ends.
std::string_view national_part(std::string_view e164);

}  // namespace keepsake
