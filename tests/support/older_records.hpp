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

/// Of facts that took lots which were another's by then, or not yet, the old ledger does not tell whose
/// the counter-postings are: where tills hear of merges in other orders, that is somebody's of the two.
enum class CountersOf : unsigned char { their_owner, somebody };

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
  std::string here;
  std::string there;
  const auto newer = columns_of(ask, table, "book");
  const auto take = [&](const std::string& name, const std::string& now) {
    if (std::ranges::count(newer, now) == 0) return;
    here += (here.empty() ? "" : ", ") + name;
    there += (there.empty() ? "" : ", ") + now;
  };
  for (const std::string& name : columns_of(ask, table, "main"))
    take(name, name == "cover_months" ? "cover_count" : name);
  ask.run("INSERT INTO main." + table + " (" + here + ") SELECT " + there + " FROM book." + table);
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

/// Every table of the scratch as the file has it, apart from those in which other rows stood.
inline void take_all(Asking& ask, const std::vector<std::string>& apart) {
  std::vector<std::string> tables;
  for (auto row = ask("SELECT name FROM main.sqlite_schema WHERE type = 'table'"); row->step();)
    tables.emplace_back(row->text(0));
  for (const std::string& table : tables) {
    ask.run("DELETE FROM main." + table);
    if (std::ranges::count(apart, table) == 0) take_rows(ask, table);
  }
  take_ledger(ask);
}

inline std::string differences(Asking& ask, std::vector<std::string> tables,
                               CountersOf counters_of) {
  std::string found;
  if (counters_of == CountersOf::somebody) {
    std::erase_if(tables, [](const auto& each) { return each == "posting" || each == "account"; });
    for (const std::string schema : {"book.", "main."}) {
      ask.run("CREATE TEMP VIEW " + schema.substr(0, 4) +
              "_ledger AS SELECT fact, n, unit, kind,"
              " CASE WHEN kind IN (1, 6, 11, 12) THEN owner END AS owner, amount FROM " +
              schema + "posting WHERE kind NOT IN (7, 17)");
      if (ask("SELECT 1 FROM " + schema +
              "posting GROUP BY fact, owner, unit HAVING sum(amount) <> 0")
              ->step())
        found += "a fact's postings are not zero for their owner in " + schema + "posting\n";
    }
    if (ask("SELECT 1 FROM (SELECT * FROM book_ledger EXCEPT SELECT * FROM main_ledger)")->step() ||
        ask("SELECT 1 FROM (SELECT * FROM main_ledger EXCEPT SELECT * FROM book_ledger)")->step())
      found += "the postings differ\n";
  }
  const auto compare = [&](const std::string& table, const char* a, const char* b) {
    const std::string sql = "SELECT * FROM " + std::string(a) + "." + table +
                            " EXCEPT SELECT * FROM " + b + "." + table;
    auto row = ask("SELECT count(*) FROM (" + sql + ")");
    if (row->step() && row->integer(0) > 0)
      found += std::to_string(row->integer(0)) + " rows of " + table + " are only in " + a + "\n";
  };
  for (const std::string& table : tables) {
    compare(table, "book", "main");
    compare(table, "main", "book");
  }
  if (auto row = ask("SELECT * FROM pragma_foreign_key_check"); row->step())
    found += "a row names one that is not there\n";
  return found;
}

/// What the older version did not keep is there as the file has it.
inline void take_newer(Asking& ask, const std::vector<std::string>& tables) {
  for (const std::string& table : tables)
    ask.run("INSERT INTO main." + table + " SELECT * FROM book." + table);
}

/// Those from the `first` on, up to the one before `end`.
inline void run_migrations(Database& database, const std::vector<embedded::EmbeddedFile>& files,
                           std::size_t first, std::size_t end) {
  for (std::size_t n = first; n < end; ++n) database.execute(files[n].text);
}

}  // namespace older

/// What differs between the records of this file and what migrations make of the same rows in the
/// tables of before; empty when nothing does.
inline std::string migrated_otherwise(const std::filesystem::path& file,
                                      CountersOf counters_of = CountersOf::their_owner) {
  const auto& files = embedded::records_migrations;
  auto scratch = sqlite::open_scratch(file.parent_path()).value();
  scratch->execute("PRAGMA foreign_keys = OFF");
  older::run_migrations(*scratch, files, 0, before_counter_accounts);
  sqlite::attach_to_read(*scratch, file);
  older::Asking ask{*scratch, {}};
  older::take_all(ask, {"posting", "account"});
  scratch->execute("PRAGMA foreign_keys = ON");
  older::run_migrations(*scratch, files, before_counter_accounts, files.size());
  older::take_newer(ask, {"dormant_customer"});
  return older::differences(ask, records::tables(), counters_of);
}

}  // namespace keepsake::test
