#pragma once

#include <filesystem>

namespace keepsake {

/// Where the catalogues of the running program are: beside it in a build, under share/ where it is
/// installed.
std::filesystem::path catalogue_folder();

}  // namespace keepsake
