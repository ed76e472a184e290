#include "storage/records/schema.hpp"

#include <doctest/doctest.h>
#include <map>
#include <regex>
#include <string>

#include "all_records_migrations.hpp"
#include "records_migrations.hpp"
#include "storage/engine/migrate.hpp"
#include "storage/engine/sqlite/open.hpp"

using namespace keepsake;

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
