#pragma once

#include <string>

#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/loyalty/rules.hpp"

namespace keepsake {

/// A programme as it stands: what was published, and what it means (storage/programme).
struct ActiveProgramme {
  Programme programme;  ///< version 0: none, which earns nothing
  loyalty::Rules rules;
  std::string store = {};  ///< by which rules tell stores apart
};

}  // namespace keepsake
