#pragma once
// A fact that a centre cannot take: to store a sale of this total it has to read a table of its
// database that is damaged, so that its answer is 500 and no verdict on the fact.

#include <cstdint>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

#include "storage/engine/sqlite/open.hpp"

namespace keepsake::sync::test {

inline constexpr std::int64_t poison_minor = 66'600;

/// Nobody else has the database open.
inline void poison(const std::filesystem::path& central_db) {
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
        "CREATE TRIGGER poisoned AFTER INSERT ON purchase WHEN NEW.total_minor = 66600 BEGIN"
        "  UPDATE poison SET a = 2; END");
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
  (*database)->execute("DROP TRIGGER poisoned");
}

}  // namespace keepsake::sync::test
