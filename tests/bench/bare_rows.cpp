#include "tests/bench/bare_rows.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sqlite3.h>

#include "tests/bench/store.hpp"

namespace keepsake::bench {

namespace {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;
struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using Connection = std::unique_ptr<sqlite3, Close>;

[[noreturn]] void fail(const std::string& what, sqlite3* database) {
  std::fprintf(stderr, "%s: %s\n", what.c_str(), sqlite3_errmsg(database));
  std::exit(1);
}

void run(sqlite3* database, const std::string& sql) {
  if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    fail(sql, database);
}

Statement prepare(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* made = nullptr;
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &made, nullptr) != SQLITE_OK)
    fail(sql, database);
  return Statement(made);
}

std::string text(const Statement& row, int column) {
  return reinterpret_cast<const char*>(sqlite3_column_text(row.get(), column));
}

sqlite3* open_file(const std::filesystem::path& file) {
  sqlite3* database = nullptr;
  if (sqlite3_open(file.c_str(), &database) != SQLITE_OK) fail(file.string(), database);
  return database;
}

}  // namespace

NewRows::NewRows(const std::filesystem::path& before, const std::filesystem::path& after,
                 const std::vector<std::string>& tables) {
  const Connection database(open_file(after));
  run(database.get(), "ATTACH '" + before.string() + "' AS former");
  const auto names = prepare(database.get(),
                             "SELECT name FROM sqlite_schema WHERE type = 'table'"
                             " AND name NOT LIKE 'sqlite_%' ORDER BY rowid");
  while (sqlite3_step(names.get()) == SQLITE_ROW) {
    Table table;
    const std::string name = text(names, 0);
    if (!tables.empty() && std::ranges::find(tables, name) == tables.end()) continue;
    const auto rows = prepare(
        database.get(), "SELECT * FROM main." + name + " EXCEPT SELECT * FROM former." + name);
    table.columns = sqlite3_column_count(rows.get());
    table.insert = "INSERT OR REPLACE INTO " + name + " VALUES (";
    for (int i = 0; i < table.columns; ++i) table.insert += i == 0 ? "?" : ",?";
    table.insert += ")";
    for (; sqlite3_step(rows.get()) == SQLITE_ROW; ++count_)
      for (int i = 0; i < table.columns; ++i)
        table.values.push_back(sqlite3_value_dup(sqlite3_column_value(rows.get(), i)));
    if (!table.values.empty()) tables_.push_back(std::move(table));
  }
}

NewRows::~NewRows() {
  for (const Table& table : tables_)
    for (sqlite3_value* value : table.values) sqlite3_value_free(value);
}

BareWriter::BareWriter(const std::filesystem::path& file) : database_(open_file(file)) {
  run(database_,
      "PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;"
      "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;"
      "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;"
      "PRAGMA journal_size_limit = 67108864");
}

BareWriter::~BareWriter() { sqlite3_close(database_); }

double BareWriter::write(const NewRows& rows) {
  std::vector<Statement> statements;
  for (const auto& table : rows.tables_) statements.push_back(prepare(database_, table.insert));
  const auto began = SteadyClock::now();
  run(database_, "BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON");
  for (std::size_t n = 0; n < statements.size(); ++n) {
    const auto& table = rows.tables_[n];
    sqlite3_stmt* insert = statements[n].get();
    const auto columns = static_cast<std::size_t>(table.columns);
    for (std::size_t at = 0; at < table.values.size(); at += columns) {
      for (std::size_t i = 0; i < columns; ++i)
        sqlite3_bind_value(insert, static_cast<int>(i) + 1, table.values[at + i]);
      if (sqlite3_step(insert) != SQLITE_DONE) fail(table.insert, database_);
      sqlite3_reset(insert);
    }
  }
  run(database_, "COMMIT");
  return ms_since(began);
}

void copy_database(const std::filesystem::path& from, const std::filesystem::path& to) {
  const Connection source(open_file(from)), target(open_file(to));
  sqlite3_backup* backup = sqlite3_backup_init(target.get(), "main", source.get(), "main");
  if (backup == nullptr || sqlite3_backup_step(backup, -1) != SQLITE_DONE)
    fail("copy", target.get());
  sqlite3_backup_finish(backup);
}

}  // namespace keepsake::bench
