#include "storage/engine/sqlite/open.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>

#include "tests/support/disk_calls.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/traces.hpp"

using namespace keepsake;
using keepsake::test::DiskCalls;
using keepsake::test::TemporaryFolder;

namespace {

constexpr Sql insert{"test.insert", "INSERT INTO t (a, b, c) VALUES ($3, $1, $2)"};
constexpr Sql all_rows{"test.select", "SELECT a, b, c FROM t ORDER BY a"};
constexpr Sql count{"test.count", "SELECT count(*) FROM t"};
constexpr Sql pragma_sync{"test.synchronous", "PRAGMA synchronous"};
constexpr Sql pragma_mode{"test.journal-mode", "PRAGMA journal_mode"};

std::unique_ptr<Database> opened(const std::filesystem::path& file, sqlite::Options options = {}) {
  auto database = sqlite::open(file, options);
  REQUIRE_MESSAGE(database.ok(), (database.ok() ? "" : to_line(database.error())));
  return std::move(*database);
}

std::unique_ptr<Database> with_table(const std::filesystem::path& file) {
  auto database = opened(file);
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
  auto reader = opened(folder.path() / "a.db", {.mode = sqlite::Mode::reader});
  CHECK(fault_of([&] { reader->execute("INSERT INTO t (a) VALUES (1)"); }).kind ==
        Failure::unavailable);
}

TEST_CASE("a commit that does not wait is on the disk with the next one that does") {
  TemporaryFolder folder;
  auto writer = with_table(folder.path() / "a.db");
  writer->execute("INSERT INTO t (a) VALUES (0)");  // begins the log
  const auto commit = [&](int n) {
    Transaction transaction(*writer);
    writer->execute("INSERT INTO t (a) VALUES (" + std::to_string(n) + ")");
    transaction.commit();
  };
  const DiskCalls disk;
  const std::string synced = "sync a.db-wal";
  {
    const sqlite::WithoutWaiting without(*writer);
    commit(1);
    CHECK(disk.told().empty());
    sqlite::sync_log(*writer);
    CHECK(disk.told() == std::vector{synced});
    commit(2);
    CHECK(disk.told().size() == 1);
  }
  commit(3);
  CHECK(disk.told() == std::vector{synced, synced});
  // Outside of a transaction, too.
  {
    const sqlite::WithoutWaiting without(*writer);
    commit(4);
  }
  writer->execute("INSERT INTO t (a) VALUES (5)");
  CHECK(disk.told() == std::vector{synced, synced, synced});
  CHECK(rows(*writer) == 6);
}

TEST_CASE("not to wait changes nothing where there is no log that it could wait for") {
  TemporaryFolder folder;
  const auto level_without = [&](const char* name, const sqlite::Options& options) {
    auto writer = opened(folder.path() / name, options);
    std::vector<std::int64_t> levels;
    const auto look = [&] {
      auto row = writer->query(pragma_sync);
      REQUIRE(row->step());
      levels.push_back(row->integer(0));
    };
    look();
    {
      const sqlite::WithoutWaiting without(*writer);
      look();
      sqlite::sync_log(*writer);
    }
    look();
    return levels;
  };
  using Levels = std::vector<std::int64_t>;  // 1 NORMAL, 2 FULL, 3 EXTRA
  CHECK(level_without("a.db", {}) == Levels{2, 1, 2});
  CHECK(level_without("b.db", {.log = sqlite::Log::rollback}) == Levels{3, 3, 3});
  CHECK(level_without("c.db", {.durability = sqlite::Durability::normal}) == Levels{1, 1, 1});
}

TEST_CASE("what is deleted is gone from the file, not only from the table") {
  TemporaryFolder folder;
  const auto file = folder.path() / "a.db";
  const auto left = [&](const char* before) {
    auto database = with_table(file);
    if (before != nullptr) database->execute(before);
    // Enough rows for pages of their own, and a long one that lies on overflow pages.
    for (int n = 0; n < 300; ++n)
      database->execute("INSERT INTO t (a, b) VALUES (" + std::to_string(n) +
                        ", 'Ingrid Haugen, Storgata 12')");
    database->execute("INSERT INTO t (a, b) VALUES (999, '" + std::string(20'000, 'h') + "')");
    sqlite::checkpoint(*database);
    database->execute("DELETE FROM t");
    sqlite::checkpoint(*database);
    database.reset();
    const std::string bytes = keepsake::test::holders(folder.path(), "Ingrid Haugen") +
                              keepsake::test::holders(folder.path(), std::string(100, 'h'));
    std::filesystem::remove(file);
    return bytes;
  };
  CHECK(left(nullptr) == "");
  CHECK(left("PRAGMA secure_delete = OFF") != "");  // the test can tell
}

TEST_CASE("a copy is on the disk before it gets its name, and then its name") {
  TemporaryFolder folder;
  auto source = with_table(folder.path() / "a.db");
  source->execute("INSERT INTO t (a) VALUES (1)");
  auto reader = opened(folder.path() / "a.db", {.mode = sqlite::Mode::reader});
  {
    const DiskCalls calls;
    REQUIRE(sqlite::backup(*reader, folder.path() / "copy.db", {}).ok());
    const auto& told = calls.told();
    const auto renamed = std::ranges::find_if(
        told, [](const std::string& each) { return each.ends_with(" copy.db"); });
    REQUIRE(renamed != told.end());
    const std::string part = renamed->substr(7, renamed->find(' ', 7) - 7);
    CHECK(std::find(told.begin(), renamed, "sync " + part) != renamed);
    CHECK(told.back() == "sync " + folder.path().filename().string());
  }
  CHECK(rows(*opened(folder.path() / "copy.db")) == 1);
}

TEST_CASE("a log that was left by the file whose place a copy took is not taken in") {
  TemporaryFolder folder;
  const auto file = folder.path() / "a.db", log = folder.path() / "a.db-wal";
  const auto copy = folder.path() / "copy.db", left = folder.path() / "left";
  {
    auto writer = with_table(file);
    writer->execute("INSERT INTO t (a) VALUES (1)");
    const auto reader = opened(file, {.mode = sqlite::Mode::reader});
    REQUIRE(sqlite::backup(*reader, copy, {}).ok());
    writer->execute("INSERT INTO t (a) VALUES (2)");
    std::filesystem::copy_file(log, left);  // as a writer that was killed leaves it
  }
  CHECK(!std::filesystem::exists(folder.path() / "copy.db-wal"));
  std::filesystem::rename(copy, file);
  std::filesystem::rename(left, log);
  for (const auto mode : {sqlite::Mode::reader, sqlite::Mode::writer}) {
    const auto refused = sqlite::open(file, {.mode = mode});
    REQUIRE(!refused.ok());
    CHECK(refused.error().code == "db.foreign-log");
    CHECK(refused.error().where == log.string());
  }
  std::filesystem::remove(log);
  CHECK(rows(*opened(file)) == 1);
  // One of its own is: the writer was killed, and nobody put anything in its place.
  {
    auto writer = opened(file);
    writer->execute("INSERT INTO t (a) VALUES (3)");
    std::filesystem::copy_file(file, copy);
    std::filesystem::copy_file(log, folder.path() / "copy.db-wal");
  }
  CHECK(rows(*opened(copy)) == 2);
}

TEST_CASE("a reader's transaction pins one moment") {
  TemporaryFolder folder;
  auto writer = with_table(folder.path() / "a.db");
  auto reader = opened(folder.path() / "a.db", {.mode = sqlite::Mode::reader});
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
  auto first = opened(file, {.log = sqlite::Log::rollback});
  first->execute("CREATE TABLE t (a INTEGER) STRICT");
  Transaction writing(*first);
  auto second = opened(file, {.log = sqlite::Log::rollback});
  second->execute("PRAGMA busy_timeout = 10");
  CHECK(fault_of([&] { second->begin(); }).kind == Failure::busy);
}
