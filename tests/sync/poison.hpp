#pragma once
// A fact with which a centre cannot cope: to store a sale of this total it has to read a table of its
// database that is damaged, which is no verdict on the fact.

#include <cstdint>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

#include "storage/engine/sqlite/open.hpp"

namespace keepsake::sync::test {

inline constexpr std::int64_t poison_minor = 66'600;

/// What fails: to take the fact, so that the answer is 500, or to apply it when it has been acknowledged.
enum class Poisoned { taking, applying };

/// Nobody else has the database open.
inline void poison(const std::filesystem::path& central_db, Poisoned what) {
  constexpr Sql root_page{"test.root-page",
                          "SELECT s.rootpage, p.page_size FROM sqlite_schema s, pragma_page_size p"
                          " WHERE s.name = 'poison'"};
  std::int64_t at = 0;
  {
    const auto database = sqlite::open(central_db);
    REQUIRE(database.ok());
    (*database)->execute(
        "CREATE TABLE poison (a INTEGER);"
        "INSERT INTO poison (a) VALUES (1);"
        // Of the body as it is encoded.
        "CREATE TRIGGER poisoned_taking AFTER INSERT ON central_fact"
        " WHEN instr(NEW.body, x'a88804') BEGIN UPDATE poison SET a = 2; END;"
        "CREATE TRIGGER poisoned_opening AFTER UPDATE OF body ON central_fact"
        " WHEN instr(NEW.body, x'a88804') BEGIN UPDATE poison SET a = 2; END;"
        "CREATE TRIGGER poisoned_applying AFTER INSERT ON purchase"
        " WHEN NEW.total_minor = 66600 BEGIN UPDATE poison SET a = 2; END");
    (*database)->execute(what == Poisoned::taking
                             ? "DROP TRIGGER poisoned_applying"
                             : "DROP TRIGGER poisoned_taking; DROP TRIGGER poisoned_opening");
    {
      const auto row = (*database)->query(root_page);
      REQUIRE(row->step());
      at = (row->integer(0) - 1) * row->integer(1);
    }
    sqlite::checkpoint(**database);
  }
  std::fstream file(central_db, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(at);
  file.put('\xFF');  // no kind of page
  REQUIRE(file.good());
}

inline void cure(const std::filesystem::path& central_db) {
  const auto database = sqlite::open(central_db);
  REQUIRE(database.ok());
  (*database)->execute(
      "DROP TRIGGER IF EXISTS poisoned_taking; DROP TRIGGER IF EXISTS poisoned_opening;"
      "DROP TRIGGER IF EXISTS poisoned_applying");
}

}  // namespace keepsake::sync::test
