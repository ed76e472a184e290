#include "storage/records/customers/similarity_keys.hpp"

#include <algorithm>
#include <vector>

#include "storage/domain/customer/duplicates.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/core/tokenize.hpp"
#include "storage/records/customers/profiles.hpp"

namespace keepsake::records {

namespace {

constexpr Sql keys_of{"likeness.of-customer",
                      "SELECT key FROM customer_likeness WHERE customer = $1 ORDER BY key"};
constexpr Sql put_key{"likeness.put",
                      "INSERT INTO customer_likeness (key, customer) VALUES ($1, $2)"};
constexpr Sql drop_key{"likeness.drop",
                       "DELETE FROM customer_likeness WHERE key = $1 AND customer = $2"};
constexpr Sql read_version{"likeness.version",
                           "SELECT version FROM likeness_version WHERE one = 1"};
constexpr Sql put_version{"likeness.put-version",
                          "INSERT INTO likeness_version (one, version) VALUES (1, $1)"
                          " ON CONFLICT (one) DO UPDATE SET version = excluded.version"};
constexpr Sql drop_all{"likeness.drop-all", "DELETE FROM customer_likeness"};
constexpr Sql page_of_all{"likeness.page",
                          "SELECT ref FROM customer WHERE erased_by IS NULL AND ref > $1"
                          " ORDER BY ref LIMIT $2"};

constexpr std::size_t refill_page = 1000;

/// What is known under this very reference, as far as similarity asks.
std::vector<std::int64_t> keys_now(Database& database, const CustomerRef& customer) {
  CustomerProfile profile;
  profile.fields = fields_of(database, customer);
  profile.contacts = contacts_of(database, customer);
  return similarity_keys(traits_of(profile, words_of));
}

std::vector<CustomerRef> page(Database& database, const CustomerRef& after) {
  std::vector<CustomerRef> found;
  auto row = database.query(page_of_all);
  row->bind_blob(1, view(after.bytes));
  row->bind(2, static_cast<std::int64_t>(refill_page));
  while (row->step()) found.push_back(customer_ref(*row, 0));
  return found;
}

void drop(Database& database, std::int64_t key, const CustomerRef& customer) {
  auto row = database.query(drop_key);
  row->bind(1, key);
  row->bind_blob(2, view(customer.bytes));
  row->step();
}

void put(Database& database, std::int64_t key, const CustomerRef& customer) {
  auto row = database.query(put_key);
  row->bind(1, key);
  row->bind_blob(2, view(customer.bytes));
  row->step();
}

}  // namespace

void put_similarity_keys(Database& database, const CustomerRef& customer) {
  std::vector<std::int64_t> before;
  {
    auto row = database.query(keys_of);
    row->bind_blob(1, view(customer.bytes));
    while (row->step()) before.push_back(row->integer(0));
  }
  const auto now = keys_now(database, customer);
  for (const std::int64_t key : before)
    if (!std::binary_search(now.begin(), now.end(), key)) drop(database, key, customer);
  for (const std::int64_t key : now)
    if (!std::binary_search(before.begin(), before.end(), key)) put(database, key, customer);
}

Result<Done> refill_similarity_keys(Database& database) {
  try {
    {
      auto row = database.query(read_version);
      if (row->step() && row->integer(0) == similarity_keys_version) return Done{};
    }
    Transaction transaction(database);
    database.query(drop_all)->step();
    CustomerRef after;
    for (;;) {
      const auto refs = page(database, after);
      if (refs.empty()) break;
      for (const CustomerRef& each : refs) put_similarity_keys(database, each);
      after = refs.back();
    }
    {
      auto row = database.query(put_version);
      row->bind(1, similarity_keys_version);
      row->step();
    }
    transaction.commit();
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::records
