#pragma once

#include <string>

namespace keepsake {

/// What an import read of one customer; `digests` is the importer's own.
struct ImportMark {
  std::string origin;
  std::string digests;
  bool operator==(const ImportMark&) const = default;
};

}  // namespace keepsake
