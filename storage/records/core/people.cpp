#include "storage/records/core/people.hpp"

#include "storage/domain/values/limits.hpp"

namespace keepsake::records {

namespace {

constexpr Sql known{"customer.known", "SELECT 1 FROM customer WHERE ref = $1"};
constexpr Sql enrolled_in{"customer.enrolled-in",
                          "SELECT 1 FROM customer WHERE ref = $1 AND store = $2"};
constexpr Sql erased{"customer.erased",
                     "SELECT 1 FROM customer WHERE ref = $1 AND erased_by IS NOT NULL"};
constexpr Sql read_dormant{"dormant.one", "SELECT 1 FROM dormant_customer WHERE customer = $1"};
constexpr Sql read_kept{"merge.kept",
                        "SELECT kept FROM customer_merge WHERE merged = $1 AND undone_by IS NULL"};
constexpr Sql read_merged{
    "merge.merged",
    "SELECT merged FROM customer_merge WHERE kept = $1 AND undone_by IS NULL ORDER BY fact"};
// Chains are short; a longer one is a damaged file, and must not hang a till.
constexpr std::size_t chain_max = limits::merged_customers;

}  // namespace

bool is_known(Database& database, const CustomerRef& customer) {
  auto row = database.query(known);
  row->bind_blob(1, view(customer.bytes));
  return row->step();
}

bool is_enrolled_in(Database& database, const CustomerRef& customer, std::string_view store) {
  auto row = database.query(enrolled_in);
  row->bind_blob(1, view(customer.bytes));
  row->bind_text(2, store);
  return row->step();
}

Result<Done> expect_known(Applying& applying, const CustomerRef& customer) {
  if (customer.nobody() || is_known(applying.database, customer)) return Done{};
  return applying.contradict("customer.unknown", "Unknown customer", "Enrol the customer first.");
}

Result<Known> expect_living(Applying& applying, const CustomerRef& customer) {
  if (!is_known(applying.database, customer)) {
    auto noted =
        applying.contradict("customer.unknown", "Unknown customer", "Enrol the customer first.");
    if (!noted) return noted.error();
    return Known::gone;
  }
  if (!is_erased(applying.database, customer)) return Known::living;
  auto noted = applying.contradict("customer.erased", "This customer has been erased",
                                   "Enrol the person again if they come back.");
  if (!noted) return noted.error();
  return Known::gone;
}

bool is_erased(Database& database, const CustomerRef& customer) {
  auto row = database.query(erased);
  row->bind_blob(1, view(customer.bytes));
  return row->step();
}

bool is_dormant(Database& database, const CustomerRef& customer) {
  const auto row = database.query(read_dormant);
  row->bind_blob(1, view(customer.bytes));
  return row->step();
}

CustomerRef canonical(Database& database, const CustomerRef& customer) {
  if (customer.nobody()) return customer;
  CustomerRef current = customer;
  for (std::size_t step = 0; step < chain_max; ++step) {
    auto row = database.query(read_kept);
    row->bind_blob(1, view(current.bytes));
    if (!row->step()) return current;
    current = customer_ref(*row, 0);
  }
  throw_damaged("a merge");
}

std::vector<CustomerRef> references_of(Database& database, const CustomerRef& kept) {
  std::vector<CustomerRef> all{kept};
  for (std::size_t next = 0; next < all.size(); ++next) {
    auto row = database.query(read_merged);
    row->bind_blob(1, view(all[next].bytes));
    while (row->step()) {
      if (all.size() > chain_max) throw_damaged("a merge");
      all.push_back(customer_ref(*row, 0));
    }
  }
  return all;
}

}  // namespace keepsake::records
