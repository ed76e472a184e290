#include "storage/records/schema.hpp"

#include <algorithm>
#include <cassert>

#include "all_records_migrations.hpp"
#include "records_migrations.hpp"
#include "storage/engine/migrate.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/records/customers/similarity_keys.hpp"
#include "storage/records/customers/summary.hpp"
#include "storage/records/value/value_lots.hpp"

namespace keepsake::records {

namespace {

constexpr Sql all_tables{"schema.tables",
                         "SELECT name FROM sqlite_schema WHERE type = 'table'"
                         " AND name <> 'schema_part' AND name NOT LIKE 'sqlite_%' ORDER BY name"};
constexpr Sql references{"schema.references",
                         "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1)"};

struct Table {
  std::string name;
  std::vector<std::string> parents;
  std::string
      drop;  ///< the statement that empties it; statements are known by their text's address
  bool of_schema = false;  ///< a new database has rows in it: they are no facts' doing
};

/// Those that name others before those that are named, so that a row's deletion finds its children
/// gone and none with ON DELETE CASCADE takes them behind anybody's back.
std::vector<Table> children_first(std::vector<Table> tables) {
  std::vector<Table> sorted;
  while (!tables.empty()) {
    const auto named = [&](const Table& table) {
      return std::ranges::any_of(tables, [&](const Table& other) {
        return other.name != table.name && std::ranges::count(other.parents, table.name) > 0;
      });
    };
    const auto next = std::ranges::find_if_not(tables, named);
    assert(next != tables.end() && "tables name one another");
    sorted.push_back(std::move(*next));
    tables.erase(next);
  }
  return sorted;
}

/// As a new database has them; found out once.
const std::vector<Table>& known_tables() {
  static const std::vector<Table> known = [] {
    const auto fresh = sqlite::open(":memory:");
    if (!fresh) throw DatabaseError(fresh.error());
    if (auto ok = migrate(**fresh); !ok) throw DatabaseError(ok.error());
    std::vector<Table> found;
    for (auto row = (*fresh)->query(all_tables); row->step();) {
      const std::string name(row->text(0));
      found.push_back({name, {}, "DELETE FROM " + name});
    }
    for (Table& each : found) {
      auto row = (*fresh)->query(references);
      row->bind_text(1, each.name);
      while (row->step()) each.parents.emplace_back(row->text(0));
      const std::string any = "SELECT 1 FROM " + each.name + " LIMIT 1";
      each.of_schema = (*fresh)->query({"schema.filled", any})->step();
    }
    return children_first(std::move(found));
  }();
  return known;
}

}  // namespace

Result<Done> migrate(Database& database) {
  if (auto ok = keepsake::migrate(database, "records", embedded::records_migrations,
                                  embedded::all_records_migrations.front().text);
      !ok)
    return ok;
  try {
    fill_search(database);
    settle_old_value(database);
  } catch (const DatabaseError& error) {
    return error.error();
  }
  return refill_similarity_keys(database);
}

std::int64_t schema_version() {
  return static_cast<std::int64_t>(embedded::records_migrations.size());
}

Result<Done> check_schema(Database& database) {
  return keepsake::check_schema(database, "records", embedded::records_migrations);
}

std::vector<std::string> tables() {
  std::vector<std::string> names;
  for (const Table& each : known_tables()) names.push_back(each.name);
  return names;
}

std::vector<std::string> tables_of_facts() {
  std::vector<std::string> names;
  for (const Table& each : known_tables())
    if (!each.of_schema) names.push_back(each.name);
  std::ranges::reverse(names);
  return names;
}

void clear(Database& database) {
  database.execute("PRAGMA defer_foreign_keys = ON");
  for (const Table& each : known_tables())
    if (!each.of_schema) database.execute(each.drop);
}

}  // namespace keepsake::records
