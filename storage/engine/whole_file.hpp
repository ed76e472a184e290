#pragma once
// Small files read at once: settings, keys, a customer's papers.

#include <cstddef>
#include <filesystem>
#include <string>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// What is in `file`, of at most `most` bytes. Failure::not_found "file.none"; ::bad_input
/// "file.unreadable": a folder, pipe or device, which may never end; ::limit "file.limit";
/// ::unavailable "disk.io": no permission, or a disk that fails.
Result<std::string> read_whole(const std::filesystem::path& file, std::size_t most);

}  // namespace keepsake
