#include "storage/records/schema.hpp"

#include <doctest/doctest.h>
#include <map>
#include <regex>
#include <string>

#include "all_records_migrations.hpp"
#include "records_migrations.hpp"
#include "storage/engine/migrate.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "tests/support/distribution.hpp"

using namespace keepsake;
using test::SpreadBy;

namespace {

/// What made a table or an index, however it is written: a column that was added later stands in a line with the one
/// before it.
std::string plain(std::string sql) {
  for (const auto& [from, to] :
       {std::pair{"--[^\n]*", ""}, {"[\\s\"]+", " "}, {" ?([(),]) ?", "$1"}})
    sql = std::regex_replace(sql, std::regex(from), to);
  return sql;
}

struct Made {
  std::map<std::string, std::string> sql;  ///< by name
  std::map<std::string, std::int64_t> rows;
};

Made made_by(std::string_view whole) {
  static constexpr Sql everything{
      "test.schema", "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"};
  auto database = sqlite::open(":memory:");
  REQUIRE(database.ok());
  REQUIRE(migrate(**database, "records", embedded::records_migrations, whole).ok());
  Made made;
  std::map<std::string, std::string> counts;
  for (auto row = (*database)->query(everything); row->step();) {
    const std::string name(row->text(1));
    made.sql[name] = plain(std::string(row->text(2)));
    if (row->text(0) == "table") counts[name] = "SELECT count(*) FROM " + name;
  }
  for (const auto& [name, text] : counts) {
    auto row = (*database)->query({"test.count", text});
    REQUIRE(row->step());
    made.rows[name] = row->integer(0);
  }
  return made;
}

std::unique_ptr<Database> with(std::string_view script) {
  auto database = sqlite::open(":memory:");
  REQUIRE(database.ok());
  (*database)->execute(script);
  return std::move(*database);
}

}  // namespace

TEST_CASE("a new database is what the migrations from the first one on make") {
  const Made migrated = made_by({});
  const Made whole = made_by(embedded::all_records_migrations.front().text);
  CHECK(migrated.sql.size() > 80);
  CHECK(whole.sql.size() == migrated.sql.size());
  for (const auto& [name, sql] : migrated.sql) {
    REQUIRE_MESSAGE(whole.sql.contains(name), name, " is not in schema.sql");
    CHECK(whole.sql.at(name) == sql);
  }
  CHECK(whole.rows == migrated.rows);
}

TEST_CASE("every key and every reference of the records holds what its table is spread by") {
  auto database = sqlite::open(":memory:");
  REQUIRE(database.ok());
  REQUIRE(records::migrate(**database).ok());
  CHECK(test::faults_of_distribution(**database, test::spreads_of_records) == "");
}

TEST_CASE("a key that does not hold what its table is spread by is found") {
  const test::Spreads two{{"sale", {SpreadBy::store, "store"}},
                          {"line", {SpreadBy::store, "store"}},
                          {"person", {SpreadBy::owner, "ref"}},
                          {"rate", {SpreadBy::everywhere}}};
  constexpr std::string_view sound =
      "CREATE TABLE rate (code TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;"
      "CREATE TABLE person (ref BLOB NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;"
      "CREATE TABLE sale (id BLOB NOT NULL, store TEXT NOT NULL, till INTEGER NOT NULL,"
      " PRIMARY KEY (id, store)) STRICT, WITHOUT ROWID;"
      "CREATE TABLE line (sale BLOB NOT NULL, store TEXT NOT NULL, n INTEGER NOT NULL, rate TEXT"
      " REFERENCES rate (code), PRIMARY KEY (sale, n, store),"
      " FOREIGN KEY (sale, store) REFERENCES sale (id, store)) STRICT, WITHOUT ROWID;";
  CHECK(test::faults_of_distribution(*with(sound), two) == "");
  const auto also = [&](const char* more) {
    return test::faults_of_distribution(*with(std::string(sound) + more), two);
  };
  CHECK(also("CREATE TABLE visit (id BLOB) STRICT;") ==
        "visit is in no list: decide what it is spread by\n");
  CHECK(also("CREATE UNIQUE INDEX sale_till ON sale (till);") ==
        "sale has a unique key without store: sale_till\n");
  CHECK(also("DROP TABLE person;") == "person is listed and is not there\n");
  CHECK(also("DROP TABLE line; CREATE TABLE line (n INTEGER NOT NULL PRIMARY KEY, store TEXT)"
             " STRICT;") ==
        "line has no store that is always given\nline has a primary key without store\n");
  CHECK(also("ALTER TABLE line ADD COLUMN who BLOB REFERENCES person (ref);") ==
        "line names a row of person that may be on another machine\n");
  CHECK(also("CREATE UNIQUE INDEX sale_id ON sale (id, store);"
             "ALTER TABLE line ADD COLUMN first BLOB REFERENCES line (sale);") ==
        "line names a row of line that may be on another machine\n");
}
