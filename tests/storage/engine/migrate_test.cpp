#include "storage/engine/migrate.hpp"

#include <doctest/doctest.h>
#include <memory>
#include <vector>

#include "storage/engine/sqlite/open.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace keepsake;
using keepsake::test::TemporaryFolder;

#ifndef KEEPSAKE_EMBEDDED_FILE
namespace keepsake::embedded {
struct EmbeddedFile {
  std::string_view name, text;
};
}  // namespace keepsake::embedded
#endif

namespace {

std::unique_ptr<Database> open(const std::filesystem::path& file) {
  auto database = sqlite::open(file);
  REQUIRE_MESSAGE(database.ok(), (database.ok() ? "" : to_line(database.error())));
  return std::move(*database);
}

}  // namespace

TEST_CASE("migrations run once and in order and a newer file is refused") {
  TemporaryFolder folder;
  auto database = open(folder.path() / "a.db");
  std::vector<embedded::EmbeddedFile> files{
      {"0001_first.sql", "CREATE TABLE a (x INTEGER) STRICT;"}};
  REQUIRE(migrate(*database, "one", files).ok());
  CHECK(check_schema(*database, "one", files).ok());
  files.push_back(
      {"0002_second.sql", "ALTER TABLE a ADD COLUMN y INTEGER; INSERT INTO a VALUES (1, 2);"});
  CHECK(check_schema(*database, "one", files).error().code == "schema.older");
  REQUIRE(migrate(*database, "one", files).ok());
  REQUIRE(migrate(*database, "one", files).ok());
  static constexpr Sql sum{"test.sum", "SELECT count(*), sum(y) FROM a"};
  {
    auto row = database->query(sum);
    REQUIRE(row->step());
    CHECK(row->integer(0) == 1);
    CHECK(row->integer(1) == 2);
  }
  // Another part in the same file counts by itself.
  REQUIRE(migrate(*database, "two", {{"0001_b.sql", "CREATE TABLE b (x INTEGER) STRICT;"}}).ok());
  files.pop_back();
  const auto refused = migrate(*database, "one", files);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "schema.newer");
  CHECK(refused.error().kind == Failure::refused);
}

TEST_CASE("a part that is not there is made of one text, one that is grows by its files") {
  const std::vector<embedded::EmbeddedFile> files{
      {"0001_first.sql", "CREATE TABLE a (x INTEGER) STRICT;"},
      {"0002_second.sql", "ALTER TABLE a ADD COLUMN y INTEGER;"}};
  const std::string_view whole =
      "CREATE TABLE a (x INTEGER, y INTEGER, made_whole INTEGER) STRICT;";
  const auto columns = [](Database& database) {
    static constexpr Sql count{"test.columns", "SELECT count(*) FROM pragma_table_info('a')"};
    auto row = database.query(count);
    REQUIRE(row->step());
    return row->integer(0);
  };
  TemporaryFolder folder;
  auto fresh = open(folder.path() / "fresh.db");
  REQUIRE(migrate(*fresh, "one", files, whole).ok());
  CHECK(check_schema(*fresh, "one", files).ok());
  CHECK(columns(*fresh) == 3);

  auto old = open(folder.path() / "old.db");
  REQUIRE(migrate(*old, "one", {files.front()}).ok());
  REQUIRE(migrate(*old, "one", files, whole).ok());
  CHECK(columns(*old) == 2);
}

TEST_CASE("a migration that fails leaves the file as it was") {
  TemporaryFolder folder;
  auto database = open(folder.path() / "a.db");
  const std::vector<embedded::EmbeddedFile> files{
      {"0001_first.sql", "CREATE TABLE a (x INTEGER) STRICT;"},
      {"0002_bad.sql", "CREATE TABLE a (x);"}};
  CHECK_FALSE(migrate(*database, "one", files).ok());
  static constexpr Sql tables{"test.tables", "SELECT count(*) FROM sqlite_schema"};
  auto row = database->query(tables);
  REQUIRE(row->step());
  CHECK(row->integer(0) == 0);
}
