#include <doctest/doctest.h>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/engine/durable_file.hpp"
#include "storage/engine/lock_file.hpp"
#include "storage/engine/migrate.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/engine/system_clock.hpp"
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

constexpr Sql insert{"test.insert", "INSERT INTO t (a, b, c) VALUES ($3, $1, $2)"};
constexpr Sql all_rows{"test.select", "SELECT a, b, c FROM t ORDER BY a"};
constexpr Sql count{"test.count", "SELECT count(*) FROM t"};
constexpr Sql pragma_sync{"test.synchronous", "PRAGMA synchronous"};
constexpr Sql pragma_mode{"test.journal-mode", "PRAGMA journal_mode"};

std::unique_ptr<Database> open(const std::filesystem::path& file, sqlite::Options options = {}) {
  auto database = sqlite::open(file, options);
  REQUIRE_MESSAGE(database.ok(), (database.ok() ? "" : to_line(database.error())));
  return std::move(*database);
}

std::unique_ptr<Database> with_table(const std::filesystem::path& file) {
  auto database = open(file);
  database->execute("CREATE TABLE t (a INTEGER NOT NULL UNIQUE, b TEXT, c BLOB) STRICT");
  return database;
}

std::int64_t rows(Database& database) {
  auto row = database.query(count);
  return row->step() ? row->integer(0) : -1;
}

template <class F>
Error fault_of(F&& work) {
  try {
    work();
  } catch (const DatabaseError& error) {
    return error.error();
  }
  return {};
}

}  // namespace

TEST_CASE("parameters go by their number and values come back as they were") {
  TemporaryFolder folder;
  auto database = with_table(folder.path() / "a.db");
  {
    auto row = database->query(insert);
    row->bind(3, 7);
    row->bind_text(1, std::string_view("two\0halves", 10));
    row->bind_blob(2, std::string_view("\0\xff", 2));
    CHECK_FALSE(row->step());
    row->bind(3, 8);
    row->bind_text(1, "");
    row->bind_null(2);
    CHECK_FALSE(row->step());
  }
  auto row = database->query(all_rows);
  REQUIRE(row->step());
  CHECK(row->integer(0) == 7);
  CHECK(row->text(1) == std::string_view("two\0halves", 10));
  CHECK(row->blob(2) == std::string_view("\0\xff", 2));
  REQUIRE(row->step());
  CHECK(row->text(1).empty());
  CHECK_FALSE(row->is_null(1));
  CHECK(row->is_null(2));
  CHECK_FALSE(row->step());
}

TEST_CASE("a transaction that is not committed leaves nothing") {
  TemporaryFolder folder;
  auto database = with_table(folder.path() / "a.db");
  {
    Transaction transaction(*database);
    database->execute("INSERT INTO t (a) VALUES (1)");
  }
  CHECK(rows(*database) == 0);
  Transaction transaction(*database);
  database->execute("INSERT INTO t (a) VALUES (1)");
  transaction.commit();
  CHECK(rows(*database) == 1);
}

TEST_CASE("the writer is durable and a reader cannot write") {
  TemporaryFolder folder;
  auto writer = with_table(folder.path() / "a.db");
  {
    auto row = writer->query(pragma_sync);
    REQUIRE(row->step());
    CHECK(row->integer(0) == 2);  // FULL
    auto mode = writer->query(pragma_mode);
    REQUIRE(mode->step());
    CHECK(mode->text(0) == "wal");
  }
  auto reader = open(folder.path() / "a.db", {.mode = sqlite::Mode::reader});
  CHECK(fault_of([&] { reader->execute("INSERT INTO t (a) VALUES (1)"); }).kind ==
        Failure::unavailable);
}

TEST_CASE("a reader's transaction pins one moment") {
  TemporaryFolder folder;
  auto writer = with_table(folder.path() / "a.db");
  auto reader = open(folder.path() / "a.db", {.mode = sqlite::Mode::reader});
  Transaction moment(*reader);
  CHECK(rows(*reader) == 0);
  writer->execute("INSERT INTO t (a) VALUES (1)");
  CHECK(rows(*reader) == 0);
  moment.commit();
  CHECK(rows(*reader) == 1);
}

TEST_CASE("faults say what can be done and never quote a value") {
  TemporaryFolder folder;
  auto database = with_table(folder.path() / "a.db");
  database->execute("INSERT INTO t (a) VALUES (1)");
  const Error twice = fault_of([&] { database->execute("INSERT INTO t (a) VALUES (1)"); });
  CHECK(twice.kind == Failure::refused);
  CHECK(twice.code == "db.constraint");
  const Error wrong_type =
      fault_of([&] { database->execute("INSERT INTO t (a) VALUES ('Ingrid')"); });
  CHECK(wrong_type.kind == Failure::refused);
  CHECK(to_line(wrong_type).find("Ingrid") == std::string::npos);
  static constexpr Sql nonsense{"test.nonsense", "SELECT nothing FROM nowhere"};
  const Error defect = fault_of([&] { (void)database->query(nonsense); });
  CHECK(defect.kind == Failure::internal);
  CHECK(defect.where == "test.nonsense");

  CHECK(sqlite::open(folder.path() / "none.db", {.mode = sqlite::Mode::reader}).error().kind ==
        Failure::not_found);
  CHECK(sqlite::open(folder.path() / "no" / "folder.db").error().kind == Failure::unavailable);
  std::ofstream(folder.path() / "junk.db") << std::string(4096, 'j');
  CHECK(sqlite::open(folder.path() / "junk.db").error().code == "db.not-a-database");
}

TEST_CASE("a second write transaction is busy and not a fault of the disk") {
  TemporaryFolder folder;
  const auto file = folder.path() / "a.db";
  auto first = open(file, {.log = sqlite::Log::rollback});
  first->execute("CREATE TABLE t (a INTEGER) STRICT");
  Transaction writing(*first);
  auto second = open(file, {.log = sqlite::Log::rollback});
  second->execute("PRAGMA busy_timeout = 10");
  CHECK(fault_of([&] { second->begin(); }).kind == Failure::busy);
}

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

TEST_CASE("the lock names its holder and falls with it") {
  TemporaryFolder folder;
  const auto file = folder.path() / "lock";
  {
    auto held = LockFile::acquire(file);
    REQUIRE(held.ok());
    const auto second = LockFile::acquire(file);
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().kind == Failure::busy);
    CHECK(second.error().where.find("process " + std::to_string(::getpid())) != std::string::npos);
  }
  CHECK(LockFile::acquire(file).ok());
}

TEST_CASE("a durable file replaces the old one whole") {
  TemporaryFolder folder;
  const auto file = folder.path() / "a.txt";
  REQUIRE(write_durably(file, "first, longer").ok());
  REQUIRE(write_durably(file, "second").ok());
  std::ifstream in(file);
  std::string words;
  std::getline(in, words);
  CHECK(words == "second");
  CHECK_FALSE(std::filesystem::exists(folder.path() / "a.txt.part"));
  CHECK(write_durably(folder.path() / "none" / "a", "x").error().kind == Failure::unavailable);
}

TEST_CASE("local time follows the zone through summer time") {
  const auto oslo = SystemClock::open("Europe/Oslo");
  REQUIRE(oslo.ok());
  CHECK((*oslo)->local({1795269600000}).offset_minutes == 60);   // November 2026
  CHECK((*oslo)->local({1782000000000}).offset_minutes == 120);  // June 2026
  const auto kathmandu = SystemClock::open("Asia/Kathmandu");
  REQUIRE(kathmandu.ok());
  CHECK((*kathmandu)->local({1795269600000}).offset_minutes == 345);
  CHECK(SystemClock::open("Europe/Nowhere").error().code == "time-zone.unknown");
  CHECK((*oslo)->now().ms > 1'600'000'000'000);
}
