#include "storage/book/forget.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <vector>

#include "storage/engine/sqlite/open.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake {

namespace {

constexpr Sql put{"cleaning.put",
                  "INSERT INTO cleaning (customer) VALUES ($1) ON CONFLICT (customer) DO NOTHING"};
constexpr Sql pending{"cleaning.pending", "SELECT customer FROM cleaning"};
constexpr Sql finished{"cleaning.finished", "DELETE FROM cleaning WHERE customer = $1"};

// Shorter values ("VIP", "4") stand in other rows too; those of this person went with their rows.
constexpr std::size_t telling_bytes = 5;
constexpr std::size_t values_looked_for = 200;
constexpr std::size_t chunk_bytes = 1 << 20;

std::vector<CustomerRef> pending_customers(Database& database) {
  std::vector<CustomerRef> found;
  auto row = database.query(pending);
  while (row->step()) found.push_back(records::customer_ref(*row, 0));
  return found;
}

bool holds_any(const std::filesystem::path& file, const std::vector<std::string>& values) {
  if (values.empty()) return false;
  std::size_t longest = 0;
  for (const auto& value : values) longest = std::max(longest, value.size());
  std::ifstream in(file, std::ios::binary);
  std::string window;
  std::string chunk(chunk_bytes, '\0');
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())), in.gcount() > 0) {
    window.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
    if (std::ranges::any_of(values, [&](const std::string& value) {
          return window.find(value) != std::string::npos;
        }))
      return true;
    window.erase(0, window.size() - std::min(window.size(), longest - 1));
  }
  return false;
}

/// Old copies may lie in free space inside pages, where secure_delete does not always reach:
/// splitting a page leaves them. Too many values to look for, or none known: written anew without
/// looking.
bool must_compact(const std::filesystem::path& file, const Traces& traces) {
  if (!traces || traces->size() > values_looked_for) return true;
  std::vector<std::string> telling;
  for (const std::string& value : *traces)
    if (value.size() >= telling_bytes) telling.push_back(value);
  return holds_any(file, telling);
}

Error readers(Error error) {
  if (error.kind != Failure::busy) return error;
  return {Failure::busy, "erase.readers",
          "The customer is erased, but another program still reads the data as it was before",
          error.where, "Close reports and other programs, then erase again to finish."};
}

}  // namespace

void put_pending(Database& database, std::span<const CustomerRef> customers) {
  for (const CustomerRef& each : customers) {
    auto row = database.query(put);
    row->bind_blob(1, records::view(each.bytes));
    row->step();
  }
}

bool has_pending(Database& database) { return database.query(pending)->step(); }

Result<Done> forget_pending(Database& database, Vault& vault, const std::filesystem::path& file,
                            const Traces& traces) {
  const auto customers = pending_customers(database);
  if (customers.empty()) return Done{};
  if (auto ok = vault.destroy_keys(customers); !ok) return ok;
  if (auto ok = sqlite::empty_log(database); !ok) return readers(ok.error());
  if (must_compact(file, traces)) {
    if (auto ok = sqlite::compact(database); !ok) return readers(ok.error());
    if (auto ok = sqlite::empty_log(database); !ok) return readers(ok.error());
  }
  Transaction transaction(database);
  for (const CustomerRef& each : customers) {
    auto row = database.query(finished);
    row->bind_blob(1, records::view(each.bytes));
    row->step();
  }
  transaction.commit();
  return Done{};
}

}  // namespace keepsake
