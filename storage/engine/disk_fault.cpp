#include "storage/engine/disk_fault.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

namespace keepsake {

bool says_full(int code) { return code == ENOSPC || code == EDQUOT; }

Error disk_full(std::string what, std::string where) {
  return {Failure::unavailable, "disk.full", std::move(what), std::move(where),
          "Free some space; nothing that was confirmed is lost."};
}

Error disk_fault(int code, const std::string& what, const std::filesystem::path& where) {
  if (says_full(code)) return disk_full(what + ": the disk is full", where.string());
  return {Failure::unavailable, "disk.io", what + ": " + std::generic_category().message(code),
          where.string(), "Check the disk and the folder's permissions."};
}

}  // namespace keepsake
