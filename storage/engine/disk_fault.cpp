#include "storage/engine/disk_fault.hpp"

#include <cerrno>
#include <system_error>

namespace keepsake {

Error disk_fault(int code, const std::string& what, const std::filesystem::path& where) {
  if (code == ENOSPC || code == EDQUOT)
    return {Failure::unavailable, "disk.full", what + ": the disk is full", where.string(),
            "Free some space; nothing that was confirmed is lost."};
  return {Failure::unavailable, "disk.io", what + ": " + std::generic_category().message(code),
          where.string(), "Check the disk and the folder's permissions."};
}

}  // namespace keepsake
