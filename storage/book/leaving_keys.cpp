#include "storage/book/leaving_keys.hpp"

#include <vector>

#include "storage/book/arriving_snapshot.hpp"
#include "storage/engine/database.hpp"
#include "storage/feed/base.hpp"
#include "storage/feed/feed_log.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/core/people.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::leaving_keys {

namespace {

constexpr Sql put{"leaving-key.put",
                  "INSERT INTO leaving_key (customer) VALUES ($1)"
                  " ON CONFLICT (customer) DO NOTHING"};
constexpr Sql put_all{"leaving-key.put-all",
                      "INSERT INTO leaving_key (customer) SELECT customer FROM dormant_customer"
                      " WHERE true ON CONFLICT (customer) DO NOTHING"};
constexpr Sql some{"leaving-key.some", "SELECT customer FROM leaving_key LIMIT $1"};
constexpr Sql done{"leaving-key.done", "DELETE FROM leaving_key WHERE customer = $1"};

constexpr std::size_t at_once = 500;

std::vector<CustomerRef> waiting(Database& database) {
  std::vector<CustomerRef> found;
  const auto row = database.query(some);
  row->bind(1, static_cast<std::int64_t>(at_once));
  while (row->step()) found.push_back(records::customer_ref(*row, 0));
  return found;
}

/// Of those who are dormant; none of them is to be looked at any more.
Result<Done> drop_these(Database& writer, Vault& vault, const std::filesystem::path& folder,
                        std::span<const CustomerRef> customers) {
  std::vector<CustomerRef> dormant;
  for (const CustomerRef& each : customers)
    if (records::is_dormant(writer, each)) dormant.push_back(each);
  if (const auto begun = feed::base(writer); begun && !dormant.empty())
    if (auto ok = feed::close_base(feed::base_file(folder, begun->id), dormant); !ok) return ok;
  if (auto ok = vault.drop_keys(dormant); !ok) return ok;
  Transaction transaction(writer);
  for (const CustomerRef& each : customers) {
    const auto row = writer.query(done);
    row->bind_blob(1, records::view(each.bytes));
    row->step();
  }
  transaction.commit();
  return Done{};
}

}  // namespace

void add(Database& writer, std::span<const CustomerRef> customers) {
  for (const CustomerRef& each : customers) {
    const auto row = writer.query(put);
    row->bind_blob(1, records::view(each.bytes));
    row->step();
  }
}

void add_all(Database& writer) { writer.query(put_all)->step(); }

Result<Done> drop(Database& writer, Vault& vault, const std::filesystem::path& folder) {
  try {
    for (;;) {
      const auto customers = waiting(writer);
      if (customers.empty() || feed::staged(writer) || arriving_snapshot::wanted(writer))
        return Done{};
      if (auto ok = drop_these(writer, vault, folder, customers); !ok) return ok;
    }
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::leaving_keys
