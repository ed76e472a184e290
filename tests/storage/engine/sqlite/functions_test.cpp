#include "storage/engine/sqlite/functions.hpp"

#include <doctest/doctest.h>

#include "storage/engine/sqlite/open.hpp"

using namespace keepsake;

TEST_CASE("SQL calls a function of ours with what stands in a row, and no view of a file does") {
  const auto database = sqlite::open(":memory:").value();
  sqlite::define(*database, "marked", [](std::int64_t kind, std::string_view text) {
    return std::to_string(kind) + ":" + std::string(text) + std::string(1, '\0');
  });
  database->execute(
      "CREATE TABLE contact (n INTEGER PRIMARY KEY, value TEXT, made BLOB) STRICT;"
      "INSERT INTO contact VALUES (1, 'a', NULL), (2, NULL, NULL), (3, 'c', NULL);"
      "UPDATE contact SET made = marked(n, value) WHERE n < 3");
  static constexpr Sql read{"test.made", "SELECT made FROM contact ORDER BY n"};
  {
    const auto row = database->query(read);
    REQUIRE(row->step());
    CHECK(row->blob(0) == std::string_view("1:a\0", 4));
    REQUIRE(row->step());
    CHECK(row->blob(0) == std::string_view("2:\0", 3));
    REQUIRE(row->step());
    CHECK(row->is_null(0));
  }
  database->execute("CREATE VIEW sly AS SELECT marked(1, 'x') AS made");
  static constexpr Sql ask{"test.sly", "SELECT made FROM sly"};
  CHECK_THROWS_AS(static_cast<void>(database->query(ask)->step()), DatabaseError);
  // A value that cannot be made fails the statement, not the program.
  sqlite::define(*database, "marked",
                 [](std::int64_t, std::string_view) -> std::string { throw std::bad_alloc(); });
  CHECK_THROWS_AS(database->execute("UPDATE contact SET made = marked(n, value)"), DatabaseError);
}
