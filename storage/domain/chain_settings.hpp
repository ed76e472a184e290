#pragma once

#include <string>

namespace keepsake {

/// What head office says of the settings of its stores' tills; what it said of them before is void. What
/// the text means: storage/book/settings.hpp.
struct ChainSettings {
  std::string source;  ///< the text of the file; at most limits::settings_bytes
  bool operator==(const ChainSettings&) const = default;
};

}  // namespace keepsake
