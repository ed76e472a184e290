#include "storage/locale/catalogue_folder.hpp"

#include <system_error>

namespace keepsake {

std::filesystem::path catalogue_folder() {
  std::error_code ec;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ec);
  const auto prefix = program.parent_path().parent_path();
  const auto installed = prefix / "share" / "keepsake" / "locale";
  return std::filesystem::is_directory(installed, ec) ? installed : prefix / "locale";
}

}  // namespace keepsake
