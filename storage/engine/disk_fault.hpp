#pragma once

#include <filesystem>
#include <string>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// What the operating system says of a file or folder, as what a person can do about it:
/// Failure::unavailable "disk.full" (no space, or the user's quota is used up) or "disk.io".
/// `code` is an errno; `what` could not be done, such as "Cannot write".
Error disk_fault(int code, const std::string& what, const std::filesystem::path& where);
/// Whether an errno says that there is no space.
bool says_full(int code);
/// Failure::unavailable "disk.full", in these words.
Error disk_full(std::string what, std::string where);

}  // namespace keepsake
