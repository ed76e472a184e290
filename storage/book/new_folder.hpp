#pragma once

#include <filesystem>

#include "storage/domain/values/result.hpp"

namespace keepsake {

struct Settings;

/// Settings, databases and a provisional identity into a folder whose lock the caller holds; what a
/// crash left half made is made again. Failure::refused "book.exists". Throws DatabaseError.
Result<Done> fill_folder(const std::filesystem::path& folder, const Settings& settings);

}  // namespace keepsake
