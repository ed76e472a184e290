#include "storage/records/customers/summary.hpp"

#include <algorithm>
#include <iterator>

#include "storage/records/customers/profiles.hpp"
#include "storage/records/customers/search.hpp"
#include "storage/records/customers/search_keys.hpp"
#include "storage/records/customers/similarity_keys.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_summary{"customer.settle",
                          "UPDATE customer SET name = $2, phone = $3, email = $4, address = $5,"
                          " birthday = $6, phone_hash = $7, email_hash = $8, card = $9,"
                          " search = $10"
                          " WHERE ref = $1"};
constexpr Sql unsearched{"customer-search.unsearched",
                         "SELECT ref FROM customer WHERE search IS NULL AND erased_by IS NULL"
                         " LIMIT 2000"};

std::string_view first(const std::vector<Contact>& contacts, ContactKind kind) {
  for (const Contact& contact : contacts)
    if (contact.kind == kind) return contact.value;
  return {};
}

std::vector<std::string> search_keys_of(std::string_view name,
                                        const std::vector<FieldValue>& fields,
                                        const std::vector<Contact>& contacts) {
  auto keys = keys_of_name(name);
  for (const FieldValue& each : fields)
    if (each.field.starts_with(customer_field::custom))
      std::ranges::move(
          keys_of_field(std::string_view(each.field).substr(customer_field::custom.size()),
                        each.value),
          std::back_inserter(keys));
  for (const Contact& each : contacts)
    std::ranges::move(keys_of_contact(each.kind, each.value), std::back_inserter(keys));
  return keys;
}

}  // namespace

void settle(Database& database, const CustomerRef& customer) {
  std::string name;
  std::optional<Date> birthday;
  const auto fields = fields_of(database, customer);
  for (const FieldValue& each : fields) {
    if (each.field == customer_field::name) name = each.value;
    if (each.field == customer_field::birthday)
      if (const auto date = parse_date(each.value)) birthday = *date;
  }
  const auto contacts = contacts_of(database, customer);
  const std::string search =
      put_search_keys(database, customer, search_keys_of(name, fields, contacts));
  auto row = database.query(put_summary);
  row->bind_blob(1, view(customer.bytes));
  bind_text_or_null(*row, 2, name);
  bind_text_or_null(*row, 3, first(contacts, ContactKind::phone));
  bind_text_or_null(*row, 4, first(contacts, ContactKind::email));
  bind_text_or_null(*row, 5, first(contacts, ContactKind::address));
  if (birthday)
    row->bind(6, to_days(*birthday));
  else
    row->bind_null(6);
  const auto bind_hash = [&](int index, const std::string& hash) {
    hash.empty() ? row->bind_null(index) : row->bind_blob(index, hash);
  };
  bind_hash(7, look_up_of_first(database, customer, ContactKind::phone));
  bind_hash(8, look_up_of_first(database, customer, ContactKind::email));
  bind_text_or_null(*row, 9, first(contacts, ContactKind::card));
  row->bind_text(10, search);
  row->step();
  row.reset();
  put_similarity_keys(database, customer);
}

void fill_search(Database& database) {
  for (;;) {
    std::vector<CustomerRef> refs;
    for (auto row = database.query(unsearched); row->step();) refs.push_back(customer_ref(*row, 0));
    if (refs.empty()) return;
    Transaction transaction(database);
    for (const CustomerRef& each : refs) settle(database, each);
    transaction.commit();
  }
}

}  // namespace keepsake::records
