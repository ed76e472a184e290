#pragma once
// The files of a data folder.

#include <filesystem>
#include <memory>

#include "storage/domain/values/result.hpp"

namespace keepsake {

class Database;
class Vault;

inline std::filesystem::path database_file(const std::filesystem::path& folder) {
  return folder / "keepsake.db";
}
inline std::filesystem::path settings_file(const std::filesystem::path& folder) {
  return folder / "keepsake.toml";
}

/// Opens the vault that came with the folder. Failure::corrupt "vault.missing" rather than a new,
/// empty one: its keys are what profiles were sealed and batches signed with.
Result<std::unique_ptr<Vault>> open_existing_vault(const std::filesystem::path& folder);

/// A read-only connection to a folder's keepsake.db, its schema checked.
Result<std::unique_ptr<Database>> open_to_read(const std::filesystem::path& folder);

}  // namespace keepsake
