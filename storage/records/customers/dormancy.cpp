#include "storage/records/customers/dormancy.hpp"

#include <string>

#include "storage/domain/customer/dormancy.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/customers.hpp"
#include "storage/records/customers/profiles.hpp"
#include "storage/records/customers/summary.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_dormant{"dormant.put",
                          "INSERT INTO dormant_customer (customer, fact) VALUES ($1, $2)"
                          " ON CONFLICT (customer) DO UPDATE SET fact = excluded.fact"};
constexpr Sql drop_dormant{"dormant.drop", "DELETE FROM dormant_customer WHERE customer = $1"};
constexpr Sql all_dormant{"dormant.all",
                          "SELECT customer FROM dormant_customer WHERE customer > $1"
                          " ORDER BY customer LIMIT $2"};
// What a key opened. Rows whose content is sealed stay, sealed.
constexpr Sql closing[] = {
    {"dormant.fields", "DELETE FROM customer_field WHERE customer = $1"},
    {"dormant.contacts", "DELETE FROM customer_contact WHERE customer = $1"},
    {"dormant.removed", "DELETE FROM customer_contact_removed WHERE customer = $1"},
    {"dormant.changes", "UPDATE customer_change SET what = '' WHERE customer = $1"},
    {"dormant.notes", "UPDATE customer_note SET text = NULL WHERE customer = $1"},
    {"dormant.files", "UPDATE customer_file SET name = NULL WHERE customer = $1"},
};
/// What an enrolment says in clear.
constexpr Sql language_of{"dormant.language", "SELECT language, fact FROM customer WHERE ref = $1"};

void close(Database& database, const CustomerRef& customer) {
  for (const Sql& sql : closing) {
    const auto row = database.query(sql);
    row->bind_blob(1, view(customer.bytes));
    row->step();
  }
  std::string language;
  Bytes16 fact{};
  if (const auto row = database.query(language_of)) {
    row->bind_blob(1, view(customer.bytes));
    if (row->step()) {
      language = row->text(0);
      fact = bytes16(*row, 1);
    }
  }
  if (!language.empty()) put_field(database, customer, customer_field::language, fact, language);
  settle(database, customer);
}

void run(Database& database, const Sql& sql, const CustomerRef& customer) {
  const auto row = database.query(sql);
  row->bind_blob(1, view(customer.bytes));
  row->step();
}

}  // namespace

Result<Done> apply(Applying& applying, const DormancyChange& change) {
  Database& database = applying.database;
  for (const CustomerRef& each : change.customers) {
    if (!is_known(database, each) || is_erased(database, each)) continue;
    if (change.presence == StorePresence::dormant) {
      const auto row = database.query(put_dormant);
      row->bind_blob(1, view(each.bytes));
      row->bind_blob(2, view(applying.id));
      row->step();
      close(database, each);
    } else if (is_dormant(database, each)) {
      run(database, drop_dormant, each);
      if (applying.vault == nullptr) continue;
      if (auto ok = reveal(database, *applying.vault, each);
          !ok && ok.error().kind != Failure::bad_input)
        return ok;
    }
  }
  return Done{};
}

std::vector<CustomerRef> dormant_customers(Database& database, const CustomerRef& after,
                                           std::size_t limit) {
  std::vector<CustomerRef> found;
  const auto row = database.query(all_dormant);
  row->bind_blob(1, view(after.bytes));
  row->bind(2, static_cast<std::int64_t>(limit));
  while (row->step()) found.push_back(customer_ref(*row, 0));
  return found;
}

void close_profiles(Database& database, std::span<const CustomerRef> customers) {
  for (const CustomerRef& each : customers)
    if (is_known(database, each) && !is_erased(database, each)) close(database, each);
}

}  // namespace keepsake::records
