#include "storage/engine/version.hpp"

namespace keepsake {

std::string_view version() { return KEEPSAKE_VERSION; }

}  // namespace keepsake
