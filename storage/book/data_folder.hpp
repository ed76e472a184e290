#pragma once
// The files of a data folder.

#include <filesystem>
#include <memory>
#include <string_view>

#include "storage/domain/values/money.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

class Database;
namespace sqlite {
enum class Durability;
}

/// The store of a terminal's own records.
inline constexpr std::string_view own_store;

inline std::filesystem::path database_file(const std::filesystem::path& folder) {
  return folder / "keepsake.db";
}
inline std::filesystem::path settings_file(const std::filesystem::path& folder) {
  return folder / "keepsake.toml";
}

/// "book.none".
Error no_book(const std::filesystem::path& folder);

/// The writing connection, its tables brought up to date; makes the file when it is absent. Failure
/// as sqlite::open and migrate().
Result<std::unique_ptr<Database>> open_to_write(const std::filesystem::path& folder,
                                                sqlite::Durability durability);

/// A read-only connection to a folder's keepsake.db, its schema checked.
Result<std::unique_ptr<Database>> open_to_read(const std::filesystem::path& folder);

/// One folder counts in one currency: amounts are kept in minor units, so that another code in
/// keepsake.toml would make other money of them. Failure::bad_input "settings.currency". Throws
/// DatabaseError.
Result<Done> check_currency(Database& database, Currency in_settings,
                            const std::filesystem::path& folder);

}  // namespace keepsake
