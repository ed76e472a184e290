#pragma once
// All rows of another database's tables, copied as they are.

#include <filesystem>
#include <span>
#include <string>

#include "storage/engine/database.hpp"

namespace keepsake::sqlite {

/// Into `to`'s empty tables of the same names and columns, inside the caller's transaction; nothing else
/// of `to` is changed. Rows are not looked at one by one where SQLite can copy pages of them, and what
/// they name is not looked for: `file` is sound (complaints()). It stays attached until
/// let_go_of_rows(). Throws DatabaseError: ::corrupt "rows.columns" where the columns differ.
void copy_rows(Database& to, const std::filesystem::path& file,
               std::span<const std::string> tables);

/// Outside of a transaction: what copy_rows() attached is let go of. Nothing where it attached nothing.
void let_go_of_rows(Database& to);

/// Writes the file anew, without what was deleted from it; outside of a transaction. Whole or as it was
/// after a power cut. Throws DatabaseError.
void write_anew(Database& writer);

}  // namespace keepsake::sqlite
