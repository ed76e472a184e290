#include "storage/engine/migrate.hpp"

#include <charconv>

#ifndef KEEPSAKE_EMBEDDED_FILE
#define KEEPSAKE_EMBEDDED_FILE
namespace keepsake::embedded {
struct EmbeddedFile {
  std::string_view name, text;
};
}  // namespace keepsake::embedded
#endif

namespace keepsake {

namespace {

constexpr Sql part_version{"schema.version", "SELECT version FROM schema_part WHERE part = $1"};
constexpr Sql set_part_version{"schema.set-version",
                               "INSERT INTO schema_part (part, version) VALUES ($1, $2)"
                               " ON CONFLICT (part) DO UPDATE SET version = excluded.version"};
constexpr Sql has_parts{
    "schema.exists", "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_part'"};

std::int64_t version_of(Database& database, std::string_view part) {
  if (!database.query(has_parts)->step()) return 0;
  auto row = database.query(part_version);
  row->bind_text(1, part);
  return row->step() ? row->integer(0) : 0;
}

Error newer(std::string_view part, std::int64_t version, std::int64_t known) {
  return {Failure::refused, "schema.newer", "This data was written by a newer version of Keepsake",
          std::string(part) + " is at " + std::to_string(version) + ", this version knows " +
              std::to_string(known),
          "Install the newer version, or restore a backup made with this one."};
}

[[maybe_unused]] bool numbered_from_one(const std::vector<embedded::EmbeddedFile>& files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::size_t number = 0;
    std::from_chars(files[i].name.data(), files[i].name.data() + files[i].name.size(), number);
    if (number != i + 1) return false;
  }
  return true;
}

}  // namespace

Result<Done> migrate(Database& database, std::string_view part,
                     const std::vector<embedded::EmbeddedFile>& files, std::string_view whole) {
  assert(numbered_from_one(files));
  const auto known = static_cast<std::int64_t>(files.size());
  try {
    // The common case writes nothing, so that opening a book costs no commit.
    const std::int64_t seen = version_of(database, part);
    if (seen > known) return newer(part, seen, known);
    if (seen == known) return Done{};

    Transaction transaction(database);
    database.execute(
        "CREATE TABLE IF NOT EXISTS schema_part ("
        " part TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL) STRICT");
    const std::int64_t had = version_of(database, part);
    if (had == 0 && !whole.empty()) {
      database.execute(whole);
    } else {
      for (std::int64_t at = had; at < known; ++at)
        database.execute(files[static_cast<std::size_t>(at)].text);
    }
    {
      auto set = database.query(set_part_version);
      set->bind_text(1, part);
      set->bind(2, known);
      set->step();
    }
    transaction.commit();
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<Done> check_schema(Database& database, std::string_view part,
                          const std::vector<embedded::EmbeddedFile>& files) {
  const auto known = static_cast<std::int64_t>(files.size());
  try {
    const std::int64_t seen = version_of(database, part);
    if (seen > known) return newer(part, seen, known);
    if (seen < known)
      return Error{Failure::refused, "schema.older",
                   "This data was written by an older version of Keepsake",
                   std::string(part) + " is at " + std::to_string(seen),
                   "Open it once with a program that writes, such as the kiosk, to upgrade it."};
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake
