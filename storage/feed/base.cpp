#include "storage/feed/base.hpp"

#include <cstring>

#include "storage/engine/sqlite/open.hpp"
#include "storage/engine/sqlite/rows.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/dormancy.hpp"
#include "storage/records/customers/erasures.hpp"
#include "storage/records/customers/look_ups.hpp"
#include "storage/records/schema.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::feed {

namespace {

constexpr Sql read_base{"base.read",
                        "SELECT id, generation, position, hash, placed FROM feed_base"};
constexpr Sql insert_base{"base.put",
                          "INSERT INTO feed_base (one, id, generation, position, hash, placed)"
                          " VALUES (1, $1, $2, $3, $4, $5)"};
constexpr Sql drop_base{"base.drop", "DELETE FROM feed_base"};

Error missing(const std::filesystem::path& file) {
  return {Failure::corrupt, "feed.base-missing", "The file that the records began with is missing",
          file.string(),
          "Put it back from a backup, or connect to head office: it sends another one."};
}

Error not_sound(const std::string& complaint) {
  return {Failure::corrupt, "feed.base-damaged", "The rows that the records began with are damaged",
          complaint, "Head office sends them again automatically when the file is taken away."};
}

/// The file as a database that one process writes, whole or as it was after a power cut.
Result<std::unique_ptr<Database>> open_base(const std::filesystem::path& file) {
  return sqlite::open(file, {.mode = sqlite::Mode::writer, .log = sqlite::Log::rollback});
}

}  // namespace

std::optional<FeedBase> base(Database& database) {
  const auto row = database.query(read_base);
  if (!row->step()) return std::nullopt;
  FeedBase found;
  if (row->blob(0).size() == found.id.bytes.size())
    std::memcpy(found.id.bytes.data(), row->blob(0).data(), found.id.bytes.size());
  found.at = {row->integer(1), row->integer(2)};
  found.hash = records::hash_at(*row, 3);
  found.placed = static_cast<Seq>(row->integer(4));
  return found;
}

void put_base(Database& database, const FeedBase& base) {
  clear_base(database);
  const auto row = database.query(insert_base);
  row->bind_blob(1, records::view(base.id.bytes));
  row->bind(2, base.at.generation);
  row->bind(3, base.at.position);
  row->bind_blob(4, view(base.hash));
  row->bind(5, base.placed);
  row->step();
}

void clear_base(Database& database) { database.query(drop_base)->step(); }

std::filesystem::path base_file(const std::filesystem::path& folder, const SnapshotId& id) {
  return folder / ("base-" + to_hex(id) + ".db");
}

Result<Done> begin_records(Database& database, const std::filesystem::path& folder) {
  const auto begun = base(database);
  if (!begun) return Done{};
  const auto file = base_file(folder, begun->id);
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return missing(file);
  sqlite::copy_rows(database, file, records::tables_of_facts());
  return Done{};
}

bool began_with(Database& database, const std::filesystem::path& folder,
                const CustomerRef& customer) {
  const auto begun = base(database);
  if (!begun) return false;
  const auto rows = sqlite::open(base_file(folder, begun->id), {.mode = sqlite::Mode::reader});
  return rows && records::is_known(**rows, customer);
}

Result<Done> check_base(const std::filesystem::path& folder, const FeedBase& base) {
  const auto file = base_file(folder, base.id);
  std::error_code ignored;
  return std::filesystem::exists(file, ignored) ? check_rows(file) : missing(file);
}

Result<Done> check_rows(const std::filesystem::path& file) {
  auto rows = sqlite::open(file, {.mode = sqlite::Mode::reader});
  if (!rows) return rows.error();
  try {
    for (const std::string& complaint : sqlite::complaints(**rows)) return not_sound(complaint);
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<Done> make_own(const std::filesystem::path& file, Vault& vault,
                      std::span<const CustomerRef> erased) {
  auto destroyed = vault.destroyed();
  if (!destroyed) return destroyed.error();
  destroyed->insert(destroyed->end(), erased.begin(), erased.end());
  auto rows = sqlite::open(file, {.mode = sqlite::Mode::writer, .log = sqlite::Log::none});
  if (!rows) return rows.error();
  try {
    if (auto ok = records::migrate(**rows); !ok) return ok;
    Transaction all(**rows);
    records::look_up_by(**rows, vault);
    records::strip(**rows, *destroyed);
    all.commit();
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<Done> upgrade_base(Database& database, const std::filesystem::path& folder) {
  const auto begun = base(database);
  if (!begun) return Done{};
  const auto file = base_file(folder, begun->id);
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return Done{};
  const auto rows = open_base(file);
  return rows ? records::migrate(**rows) : Result<Done>(rows.error());
}

Result<Done> strip_base(const std::filesystem::path& file, std::span<const CustomerRef> customers) {
  auto rows = open_base(file);
  if (!rows) return rows.error();
  try {
    {
      Transaction all(**rows);
      records::strip(**rows, customers);
      all.commit();
    }
    // Where a page was split or filled anew, a copy of what stood there is left behind.
    sqlite::write_anew(**rows);
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<Done> close_base(const std::filesystem::path& file, std::span<const CustomerRef> customers) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return Done{};
  auto rows = open_base(file);
  if (!rows) return rows.error();
  try {
    Transaction all(**rows);
    records::close_profiles(**rows, customers);
    all.commit();
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::feed
