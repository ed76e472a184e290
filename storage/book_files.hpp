#pragma once
// The files of a data folder, and opening a book with less durability than a shop gets.

#include <filesystem>
#include <memory>

#include "storage/book.hpp"
#include "storage/engine/sqlite/open.hpp"

namespace keepsake {

inline std::filesystem::path database_file(const std::filesystem::path& folder) {
  return folder / "keepsake.db";
}
inline std::filesystem::path settings_file(const std::filesystem::path& folder) {
  return folder / "keepsake.toml";
}

/// Opens the vault that came with the folder. Failure::corrupt "vault.missing" rather than a new,
/// empty one: its keys are what profiles were sealed and batches signed with.
Result<std::unique_ptr<Vault>> open_existing_vault(const std::filesystem::path& folder);

/// As Book::open; `durability` other than full is for the control run of the power-cut test.
Result<std::unique_ptr<Book>> open_book(const std::filesystem::path& folder, const Clock& clock,
                                        sqlite::Durability durability);

/// A read-only connection to a folder's keepsake.db, its schema checked.
Result<std::unique_ptr<Database>> open_to_read(const std::filesystem::path& folder);

/// `vault`: of the book that made it, which outlives it; null: opened from `folder` when needed.
std::unique_ptr<Reader> make_reader(std::unique_ptr<Database> database,
                                    const std::filesystem::path& folder, Vault* vault);

}  // namespace keepsake
