#include "storage/records/customers/profiles.hpp"

#include <algorithm>
#include <iterator>

#include "storage/vault/vault.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_field_value{
    "customer-field.put",
    "INSERT INTO customer_field (customer, field, fact, value) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (customer, field) DO UPDATE SET fact = excluded.fact, value = excluded.value"
    " WHERE excluded.fact > customer_field.fact"};
constexpr Sql put_addition{
    "customer-contact.put",
    "INSERT INTO customer_contact (customer, fact, n, kind, value, usage, look_up)"
    " SELECT $1, $2, $3, $4, $5, $6, $7 WHERE NOT EXISTS"
    " (SELECT 1 FROM customer_contact_removed WHERE customer = $1 AND fact = $2 AND n = $3)"
    " ON CONFLICT (customer, fact, n) DO NOTHING"};
constexpr Sql remove_addition{
    "customer-contact.remove",
    "DELETE FROM customer_contact WHERE customer = $1 AND fact = $2 AND n = $3"};
constexpr Sql put_removal{"customer-contact.put-removed",
                          "INSERT INTO customer_contact_removed (customer, fact, n)"
                          " VALUES ($1, $2, $3) ON CONFLICT (customer, fact, n) DO NOTHING"};
constexpr Sql read_fields{"customer-field.of-customer",
                          "SELECT field, value, fact FROM customer_field"
                          " WHERE customer = $1 AND value <> '' ORDER BY field"};
constexpr Sql read_contacts{"customer-contact.of-customer",
                            "SELECT fact, n, kind, value, usage, look_up FROM customer_contact"
                            " WHERE customer = $1 ORDER BY kind, fact, n"};
// One statement answers for nearly everybody: whether a holder was merged comes with the holder.
constexpr Sql by_look_up{
    "customer-contact.by-look-up",
    "SELECT k.customer, m.kept FROM customer_contact k LEFT JOIN customer_merge m"
    " ON m.merged = k.customer AND m.undone_by IS NULL"
    " WHERE k.kind = $1 AND k.look_up = $2 ORDER BY k.fact LIMIT 1"};

}  // namespace

void remove_contact(Database& database, const CustomerRef& customer, const ContactTag& tag) {
  for (const Sql& sql : {remove_addition, put_removal}) {
    auto row = database.query(sql);
    row->bind_blob(1, view(customer.bytes));
    bind_id(*row, 2, tag.fact);
    row->bind(3, tag.n);
    row->step();
  }
}

void put_field(Database& database, const CustomerRef& customer, std::string_view field,
               const Bytes16& fact, std::string_view value) {
  auto row = database.query(put_field_value);
  row->bind_blob(1, view(customer.bytes));
  row->bind_text(2, field);
  row->bind_blob(3, view(fact));
  row->bind_text(4, value);
  row->step();
}

void put_contact(Database& database, const CustomerRef& customer, const ContactTag& tag,
                 const ContactAddition& contact, std::string_view look_up) {
  auto row = database.query(put_addition);
  row->bind_blob(1, view(customer.bytes));
  bind_id(*row, 2, tag.fact);
  row->bind(3, tag.n);
  row->bind(4, static_cast<std::int64_t>(contact.kind));
  row->bind_text(5, contact.value);
  row->bind_text(6, contact.usage);
  if (look_up.empty())
    row->bind_null(7);
  else
    row->bind_blob(7, look_up);
  row->step();
}

std::string look_up_of(const Vault& vault, const ContactAddition& contact) {
  switch (contact.kind) {
    case ContactKind::phone:
      return vault.lookup_hash("phone", contact.value);
    case ContactKind::email:
      return vault.lookup_hash("email", contact.value);
    case ContactKind::card:
    case ContactKind::key_fob:
      return contact.value;
    case ContactKind::address:
    case ContactKind::label:
      break;
  }
  return {};
}

std::optional<Holder> holder_of_card(Database& database, std::string_view card) {
  auto holder = holder_of(database, ContactKind::card, card);
  return holder ? holder : holder_of(database, ContactKind::key_fob, card);
}

std::optional<Holder> holder_of(Database& database, ContactKind kind, std::string_view hash) {
  auto row = database.query(by_look_up);
  row->bind(1, static_cast<std::int64_t>(kind));
  row->bind_blob(2, hash);
  if (!row->step()) return std::nullopt;
  Holder holder{customer_ref(*row, 0), std::nullopt};
  if (!row->is_null(1)) holder.kept = customer_ref(*row, 1);
  return holder;
}

std::vector<FieldValue> fields_of(Database& database, const CustomerRef& customer) {
  std::vector<FieldValue> fields;
  auto row = database.query(read_fields);
  row->bind_blob(1, view(customer.bytes));
  while (row->step())
    fields.push_back({std::string(row->text(0)), std::string(row->text(1)), fact_id(*row, 2)});
  return fields;
}

std::string look_up_of_first(Database& database, const CustomerRef& customer, ContactKind kind) {
  auto row = database.query(read_contacts);
  row->bind_blob(1, view(customer.bytes));
  while (row->step())
    if (static_cast<ContactKind>(row->integer(2)) == kind && !row->blob(5).empty())
      return std::string(row->blob(5));
  return {};
}

std::vector<Contact> contacts_of(Database& database, const CustomerRef& customer) {
  std::vector<Contact> contacts;
  auto row = database.query(read_contacts);
  row->bind_blob(1, view(customer.bytes));
  while (row->step())
    contacts.push_back({{fact_id(*row, 0), static_cast<std::uint32_t>(row->integer(1))},
                        customer,
                        static_cast<ContactKind>(row->integer(2)),
                        std::string(row->text(3)),
                        std::string(row->text(4))});
  return contacts;
}

}  // namespace keepsake::records
