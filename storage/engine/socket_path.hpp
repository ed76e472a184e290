#pragma once

#include <fcntl.h>
#include <filesystem>
#include <string>

#include "storage/engine/descriptor.hpp"

namespace keepsake {

/// A name for FOLDER/control.sock that fits: a path of a socket has 107 bytes at most, and one below
/// an open folder is always short enough. Valid while this lives.
class SocketPath {
 public:
  explicit SocketPath(const std::filesystem::path& folder)
      : folder_(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {}
  std::string text() const {
    return "/proc/self/fd/" + std::to_string(folder_.number()) + "/control.sock";
  }

 private:
  Descriptor folder_;
};

}  // namespace keepsake
