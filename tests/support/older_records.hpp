#pragma once
// What an older version's database with the same contents becomes: the same as a new one's.

#include <algorithm>
#include <deque>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "records_migrations.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/records/schema.hpp"

namespace keepsake::test {

/// The last migration of the version whose ledger had one account of each kind for the whole
/// programme, and whose keys were of facts alone.
inline constexpr std::size_t before_counter_accounts = 25;

namespace older {

/// Statements are known by the address of their text, which outlives the connection.
struct Asking {
  Database& database;
  std::deque<std::string> texts;

  std::unique_ptr<Query> operator()(std::string text) {
    return database.query({"test.older", texts.emplace_back(std::move(text))});
  }
  void run(std::string text) { (*this)(std::move(text))->step(); }
};

inline std::vector<std::string> columns_of(Asking& ask, const std::string& table,
                                           const std::string& schema) {
  std::vector<std::string> names;
  for (auto row = ask("SELECT name FROM pragma_table_info('" + table + "', '" + schema + "')");
       row->step();)
    names.emplace_back(row->text(0));
  return names;
}

/// The older one's columns, out of the newer one's rows.
inline void take_rows(Asking& ask, const std::string& table) {
  std::string shared;
  const auto newer = columns_of(ask, table, "book");
  for (const std::string& name : columns_of(ask, table, "main"))
    if (std::ranges::count(newer, name) > 0) shared += (shared.empty() ? "" : ", ") + name;
  ask.run("INSERT INTO main." + table + " (" + shared + ") SELECT " + shared + " FROM book." +
          table);
}

inline void take_ledger(Asking& ask) {
  ask.run(
      "INSERT INTO main.posting (fact, n, store, unit, kind, owner, amount, lot_fact, lot_n)"
      " SELECT fact, n, store, unit, kind, CASE WHEN kind IN (1, 6, 11, 12) THEN owner ELSE x'' "
      "END,"
      " amount, lot_fact, lot_n FROM book.posting WHERE kind NOT IN (7, 17)");
  ask.run(
      "INSERT INTO main.account (unit, kind, owner, amount)"
      " SELECT unit, kind, owner, amount FROM book.account WHERE kind IN (1, 6, 11, 12)");
  ask.run(
      "INSERT INTO main.account (unit, kind, owner, amount) SELECT unit, kind, x'', sum(amount)"
      " FROM main.posting WHERE kind NOT IN (1, 6, 11, 12) GROUP BY unit, kind");
}

}  // namespace older

/// What differs between the records of this file and what migrations make of the same rows in the tables
/// of before; empty when nothing does.
inline std::string migrated_otherwise(const std::filesystem::path& file) {
  auto scratch = sqlite::open_scratch(file.parent_path()).value();
  scratch->execute("PRAGMA foreign_keys = OFF");
  for (std::size_t n = 0; n < before_counter_accounts; ++n)
    scratch->execute(embedded::records_migrations[n].text);
  sqlite::attach_to_read(*scratch, file);
  older::Asking ask{*scratch, {}};
  std::vector<std::string> tables;
  for (auto row = ask("SELECT name FROM main.sqlite_schema WHERE type = 'table'"); row->step();)
    tables.emplace_back(row->text(0));
  for (const std::string& table : tables) {
    ask.run("DELETE FROM main." + table);
    if (table != "posting" && table != "account") older::take_rows(ask, table);
  }
  older::take_ledger(ask);
  scratch->execute("PRAGMA foreign_keys = ON");
  for (std::size_t n = before_counter_accounts; n < embedded::records_migrations.size(); ++n)
    scratch->execute(embedded::records_migrations[n].text);

  std::string differences;
  const auto compare = [&](const std::string& table, const char* a, const char* b) {
    const std::string sql = "SELECT * FROM " + std::string(a) + "." + table +
                            " EXCEPT SELECT * FROM " + b + "." + table;
    auto row = ask("SELECT count(*) FROM (" + sql + ")");
    if (row->step() && row->integer(0) > 0)
      differences +=
          std::to_string(row->integer(0)) + " rows of " + table + " are only in " + a + "\n";
  };
  for (const std::string& table : records::tables()) {
    compare(table, "book", "main");
    compare(table, "main", "book");
  }
  if (auto row = ask("SELECT * FROM pragma_foreign_key_check"); row->step())
    differences += "a row names one that is not there\n";
  return differences;
}

}  // namespace keepsake::test
