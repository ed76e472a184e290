#include "storage/engine/sqlite/traces.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

#include "storage/engine/database.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace keepsake;
using keepsake::test::TemporaryFolder;

namespace {

constexpr Sql sum{"test.sum", "SELECT count(*), sum(length(b)) FROM t"};

/// A table whose pages were split, filled and emptied, with a copy of a deleted value in the free space
/// of one of them.
struct Split {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "a.db";
  std::unique_ptr<Database> database = std::move(*sqlite::open(file));

  Split() {
    database->execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT");
    for (int n = 0; n < 2000; ++n)
      database->execute("INSERT INTO t VALUES (" + std::to_string((n * 7919) % 2000) +
                        ", 'Kunigunde " + std::to_string(n) + std::string(80, '.') + "')");
    database->execute("DELETE FROM t WHERE a % 3 = 0");
    REQUIRE(sqlite::empty_log(*database).ok());
    // As where secure_delete did not reach.
    const auto look = sqlite::FileLook::open(file);
    REQUIRE(look.ok());
    REQUIRE((*look)->pages() > 20);
  }
  std::string bytes() const {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::vector<std::uint32_t> found(const std::optional<std::vector<std::string>>& values) {
    const auto look = sqlite::FileLook::open(file);
    REQUIRE(look.ok());
    const auto pages = (*look)->find(1, (*look)->pages(), values);
    REQUIRE(pages.ok());
    return *pages;
  }
  std::int64_t rows() {
    const auto row = database->query(sum);
    REQUIRE(row->step());
    return row->integer(0) * 1'000'000 + row->integer(1);
  }
};

}  // namespace

TEST_CASE("what deleted rows left in free space is overwritten and nothing else changes") {
  Split split;
  const std::int64_t before = split.rows();
  const auto anything = split.found(std::nullopt);
  REQUIRE_FALSE(anything.empty());  // SQLite leaves copies where it splits pages
  const auto named = split.found(std::vector<std::string>{"Kunigunde"});
  REQUIRE_FALSE(named.empty());
  CHECK(named.size() <= anything.size());
  CHECK(split.found(std::vector<std::string>{"Olufine"}).empty());
  REQUIRE(sqlite::overwrite_gaps(*split.database, named).ok());
  CHECK(split.found(std::vector<std::string>{"Kunigunde"}).empty());
  REQUIRE(sqlite::overwrite_gaps(*split.database, anything).ok());
  CHECK(split.found(std::nullopt).empty());
  CHECK(split.rows() == before);
  CHECK(sqlite::complaints(*split.database).empty());
  // Nor does it come back from what the connection had in memory.
  split.database->execute("UPDATE t SET b = b || 'x'");
  REQUIRE(sqlite::empty_log(*split.database).ok());
  split.database.reset();
  split.database = std::move(*sqlite::open(split.file));
  CHECK(sqlite::complaints(*split.database).empty());
}

TEST_CASE("what the writer had in memory does not bring a trace back") {
  Split split;
  CHECK(split.rows() > 0);  // every page is in memory now
  const auto pages = split.found(std::nullopt);
  REQUIRE(sqlite::overwrite_gaps(*split.database, pages).ok());
  // Same length: pages are written as they stand in memory, with their free space.
  split.database->execute("UPDATE t SET b = replace(b, '.', ',')");
  REQUIRE(sqlite::empty_log(*split.database).ok());
  CHECK(split.found(std::vector<std::string>{"........"}).empty());
}

TEST_CASE("a reader goes on while pages are overwritten") {
  Split split;
  const auto reader = sqlite::open(split.file, {.mode = sqlite::Mode::reader});
  REQUIRE(reader.ok());
  const Transaction moment(**reader);
  const auto row = (*reader)->query(sum);
  REQUIRE(row->step());
  const std::int64_t bytes = row->integer(1);
  REQUIRE(sqlite::overwrite_gaps(*split.database, split.found(std::nullopt)).ok());
  CHECK(sqlite::complaints(*split.database).empty());
  CHECK(bytes > 0);
}
