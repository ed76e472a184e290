#pragma once

#include <filesystem>

#include "storage/domain/values/result.hpp"

namespace keepsake::app {

/// The kiosk's log: FOLDER/kiosk.log, three files of a megabyte; warnings on stderr too. Lines hold
/// kinds, codes and ids, never personal data (I9). Failure::unavailable "log.open".
Result<Done> open_log(const std::filesystem::path& folder);

}  // namespace keepsake::app
