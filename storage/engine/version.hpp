#pragma once

#include <string_view>

namespace keepsake {

/// Of all programs of one build: "1.2.3" (project() in CMakeLists.txt).
std::string_view version();

}  // namespace keepsake
