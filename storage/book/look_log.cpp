#include "storage/book/look_log.hpp"

#include <memory>

#include "look_migrations.hpp"
#include "storage/book/audit.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/engine/database.hpp"
#include "storage/engine/migrate.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake::look_log {

namespace {

constexpr std::size_t taken_at_once = 10'000;

constexpr Sql oldest{"looks.oldest",
                     "SELECT at_ms, offset_minutes, staff, action, customer, n FROM audit"
                     " ORDER BY n LIMIT $1"};
constexpr Sql drop{"looks.drop", "DELETE FROM audit WHERE n <= $1"};

std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "looks.db"; }

/// A rollback log, as several processes write; the folder is its owner's alone.
Result<std::unique_ptr<Database>> open(const std::filesystem::path& folder) {
  auto database = sqlite::open(file_in(folder), {.log = sqlite::Log::rollback});
  if (!database) return database.error();
  if (auto ok = migrate(**database, "looks", embedded::look_migrations); !ok) return ok.error();
  return database;
}

bool is_there(const std::filesystem::path& folder) {
  std::error_code ignored;
  return std::filesystem::exists(file_in(folder), ignored);
}

struct Taken {
  std::vector<AuditEntry> entries;
  std::int64_t last = 0;
};

Taken oldest_of(Database& looks) {
  Taken taken;
  auto row = looks.query(oldest);
  row->bind(1, static_cast<std::int64_t>(taken_at_once));
  while (row->step()) {
    taken.entries.push_back({records::local_time(*row, 0), std::string(row->text(2)),
                             static_cast<AuditAction>(row->integer(3)),
                             records::customer_ref(*row, 4)});
    taken.last = row->integer(5);
  }
  return taken;
}

}  // namespace

Result<Done> put(const std::filesystem::path& folder, std::span<const AuditEntry> entries) {
  if (entries.empty()) return Done{};
  const auto looks = open(folder);
  if (!looks) return looks.error();
  try {
    Transaction transaction(**looks);
    for (const AuditEntry& entry : entries) terminal::put_audit(**looks, entry);
    transaction.commit();
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<std::vector<AuditEntry>> read(const std::filesystem::path& folder,
                                     std::span<const CustomerRef> customers, std::size_t limit) {
  if (!is_there(folder)) return std::vector<AuditEntry>{};
  const auto looks = open(folder);
  if (!looks) return looks.error();
  try {
    return terminal::audit(**looks, customers, limit);
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<Done> take_in(const std::filesystem::path& folder, Database& book) {
  if (!is_there(folder)) return Done{};
  const auto looks = open(folder);
  if (!looks) return looks.error();
  try {
    for (Taken taken = oldest_of(**looks); !taken.entries.empty(); taken = oldest_of(**looks)) {
      Transaction transaction(book);
      for (const AuditEntry& entry : taken.entries) terminal::put_audit_once(book, entry);
      transaction.commit();
      // Only what is safe there goes from here: what was added meanwhile has a higher number.
      auto gone = (*looks)->query(drop);
      gone->bind(1, taken.last);
      gone->step();
    }
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::look_log
