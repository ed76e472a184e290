#pragma once
// The files of a data folder.

#include <filesystem>
#include <memory>

#include "storage/domain/values/money.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

class Database;

inline std::filesystem::path database_file(const std::filesystem::path& folder) {
  return folder / "keepsake.db";
}
inline std::filesystem::path settings_file(const std::filesystem::path& folder) {
  return folder / "keepsake.toml";
}

/// A read-only connection to a folder's keepsake.db, its schema checked.
Result<std::unique_ptr<Database>> open_to_read(const std::filesystem::path& folder);

/// One folder counts in one currency: amounts are kept in minor units, so that another code in
/// keepsake.toml would make other money of them. Failure::bad_input "settings.currency". Throws
/// DatabaseError.
Result<Done> check_currency(Database& database, Currency in_settings,
                            const std::filesystem::path& folder);

}  // namespace keepsake
