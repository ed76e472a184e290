#include "storage/engine/sqlite/changes.hpp"

#include <doctest/doctest.h>
#include <vector>

#include "storage/engine/sqlite/open.hpp"

using namespace keepsake;

namespace {

const std::vector<std::string> followed{"parent", "child", "pair"};

constexpr Sql everything{"test.everything",
                         "SELECT 'parent', id, name FROM parent UNION ALL SELECT 'child', id, "
                         "parent FROM child UNION ALL"
                         " SELECT 'pair', a * 100 + b, c FROM pair ORDER BY 1, 2"};

std::string content(Database& database) {
  std::string text;
  for (auto row = database.query(everything); row->step();)
    text += std::string(row->text(0)) + " " + std::to_string(row->integer(1)) + " " +
            (row->is_null(2) ? std::string("nothing") : std::string(row->text(2))) + "\n";
  return text;
}

std::unique_ptr<Database> family() {
  auto database = sqlite::open(":memory:").value();
  database->execute(
      "CREATE TABLE parent (id INTEGER NOT NULL PRIMARY KEY, name TEXT) STRICT;"
      "CREATE TABLE child (id INTEGER NOT NULL PRIMARY KEY,"
      " parent INTEGER NOT NULL REFERENCES parent (id)) STRICT;"
      "CREATE TABLE pair (a INTEGER NOT NULL, b INTEGER NOT NULL, c TEXT, PRIMARY KEY (a, b))"
      " STRICT, WITHOUT ROWID;"
      "CREATE TABLE aside (id INTEGER NOT NULL PRIMARY KEY) STRICT;"
      "INSERT INTO parent VALUES (1, 'Anna'), (2, NULL); INSERT INTO child VALUES (10, 1);"
      "INSERT INTO pair VALUES (1, 1, 'x'), (1, 2, 'y')");
  return database;
}

template <class Work>
std::string changes_of(Database& database, Work&& work) {
  Transaction transaction(database);
  const sqlite::ChangeRecorder recorder(database, followed);
  work();
  std::string changes = recorder.changes();
  transaction.commit();
  return changes;
}

void undo(Database& database, const std::string& changes) {
  Transaction transaction(database);
  sqlite::take_back(database, changes);
  transaction.commit();
}

}  // namespace

TEST_CASE("rows that were added, changed and removed are again what they were") {
  const auto database = family();
  const std::string before = content(*database);
  const std::string changes = changes_of(*database, [&] {
    database->execute(
        "INSERT INTO parent VALUES (3, 'Per'); UPDATE parent SET name = 'Ane' WHERE id = 1;"
        "UPDATE child SET parent = 3; DELETE FROM parent WHERE id = 2;"
        "DELETE FROM pair WHERE b = 1; UPDATE pair SET c = NULL; INSERT INTO pair VALUES (2, 1, "
        "'z')");
  });
  CHECK(content(*database) != before);
  undo(*database, changes);
  CHECK(content(*database) == before);
}

TEST_CASE("changes are taken back one after the other, newest first") {
  const auto database = family();
  const std::string before = content(*database);
  const auto first = changes_of(
      *database, [&] { database->execute("UPDATE parent SET name = 'Ane' WHERE id = 1"); });
  const std::string between = content(*database);
  const auto second = changes_of(*database, [&] {
    database->execute("UPDATE parent SET name = 'Anne' WHERE id = 1; DELETE FROM child");
  });
  undo(*database, second);
  CHECK(content(*database) == between);
  undo(*database, first);
  CHECK(content(*database) == before);
}

TEST_CASE("a row that somebody else has changed since is told, and nothing is taken back") {
  const auto database = family();
  const auto changes = changes_of(*database, [&] {
    database->execute("UPDATE parent SET name = 'Ane' WHERE id = 1; DELETE FROM child");
  });
  database->execute("UPDATE parent SET name = 'Ellen' WHERE id = 1");
  const std::string now = content(*database);
  std::string code;
  try {
    undo(*database, changes);
  } catch (const DatabaseError& error) {
    code = error.error().code;
  }
  CHECK(code == "db.not-as-left");
  CHECK(content(*database) == now);
}

TEST_CASE("what changes nothing, or other tables alone, leaves nothing to take back") {
  const auto database = family();
  CHECK(changes_of(*database, [] {}).empty());
  CHECK(changes_of(*database, [&] { database->execute("INSERT INTO aside VALUES (1)"); }).empty());
  CHECK(changes_of(*database, [&] {
          database->execute("INSERT INTO parent VALUES (9, ''); DELETE FROM parent WHERE id = 9");
        }).empty());
}
