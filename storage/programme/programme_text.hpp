#pragma once

#include <string>

namespace keepsake {

/// One file of a programme, as it was read.
struct ProgrammeText {
  std::string file;  ///< its name in errors
  std::string text;
};

}  // namespace keepsake
