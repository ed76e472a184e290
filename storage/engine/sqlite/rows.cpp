#include "storage/engine/sqlite/rows.hpp"

#include <sqlite3.h>
#include <vector>

#include "storage/engine/sqlite/fault.hpp"
#include "storage/engine/sqlite/handle.hpp"

namespace keepsake::sqlite {

namespace {

constexpr const char* other = "other";
constexpr Sql attach{"rows.attach", "ATTACH $1 AS other"};
constexpr Sql columns{"rows.columns", "SELECT name FROM pragma_table_info($1, $2) ORDER BY cid"};

bool is_attached(sqlite3* handle) { return sqlite3_db_filename(handle, other) != nullptr; }

std::vector<std::string> columns_of(Database& database, std::string_view table,
                                    std::string_view schema) {
  std::vector<std::string> names;
  const auto row = database.query(columns);
  row->bind_text(1, table);
  row->bind_text(2, schema);
  while (row->step()) names.emplace_back(row->text(0));
  return names;
}

/// SQLite copies pages instead of rows only where it need not look for what they name. A PRAGMA would
/// change nothing inside a transaction.
class WithoutLooking {
 public:
  explicit WithoutLooking(sqlite3* handle) : handle_(handle) {
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_FKEY, 0, nullptr);
  }
  ~WithoutLooking() { sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr); }
  WithoutLooking(const WithoutLooking&) = delete;
  WithoutLooking& operator=(const WithoutLooking&) = delete;

 private:
  sqlite3* handle_;
};

}  // namespace

void copy_rows(Database& to, const std::filesystem::path& file,
               std::span<const std::string> tables) {
  sqlite3* handle = handle_of(to);
  let_go_of_rows(to);
  {
    const auto row = to.query(attach);
    row->bind_text(1, file.string());
    row->step();
  }
  const WithoutLooking without(handle);
  for (const std::string& table : tables) {
    // Only this form, and only of the same columns in the same order, is copied page by page.
    if (columns_of(to, table, "main") != columns_of(to, table, other))
      throw DatabaseError({Failure::corrupt, "rows.columns", "The tables of two files differ",
                           table, "Report this as a defect."});
    to.execute("INSERT INTO main." + table + " SELECT * FROM " + other + "." + table);
  }
}

void let_go_of_rows(Database& to) {
  sqlite3* handle = handle_of(to);
  if (is_attached(handle) && sqlite3_get_autocommit(handle) != 0)
    to.execute("DETACH " + std::string(other));
}

void write_anew(Database& writer) { writer.execute("VACUUM"); }

}  // namespace keepsake::sqlite
