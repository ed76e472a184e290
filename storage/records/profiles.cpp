#include "storage/records/profiles.hpp"

#include <algorithm>
#include <iterator>

#include "storage/facts/personal.hpp"
#include "storage/records/customer_search.hpp"
#include "storage/records/customers.hpp"
#include "storage/records/duplicates.hpp"
#include "storage/records/merges.hpp"
#include "storage/records/search_keys.hpp"

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
constexpr Sql put_change{"customer-change.put",
                         "INSERT INTO customer_change (fact, customer, sealed, what, staff, at_ms,"
                         " offset_minutes) VALUES ($1, $2, $3, '', $4, $5, $6)"};
constexpr Sql name_change{"customer-change.name",
                          "UPDATE customer_change SET what = $2 WHERE fact = $1"};
constexpr Sql sealed_changes{"customer-change.sealed",
                             "SELECT fact, sealed FROM customer_change WHERE customer = $1"
                             " AND what = '' ORDER BY fact"};
constexpr Sql any_sealed{"customer-change.any-sealed",
                         "SELECT 1 FROM customer_change WHERE customer = $1 AND what = '' LIMIT 1"};
constexpr Sql read_fields{"customer-field.of-customer",
                          "SELECT field, value, fact FROM customer_field"
                          " WHERE customer = $1 AND value <> '' ORDER BY field"};
constexpr Sql read_contacts{"customer-contact.of-customer",
                            "SELECT fact, n, kind, value, usage, look_up FROM customer_contact"
                            " WHERE customer = $1 ORDER BY kind, fact, n"};
constexpr Sql by_look_up{"customer-contact.by-look-up",
                         "SELECT customer FROM customer_contact WHERE kind = $1 AND look_up = $2"
                         " ORDER BY fact LIMIT 1"};
constexpr Sql by_card{"customer-contact.by-card",
                      "SELECT customer FROM customer_contact WHERE kind IN (3, 4) AND look_up = $1"
                      " ORDER BY fact LIMIT 1"};
constexpr Sql put_summary{"customer.settle",
                          "UPDATE customer SET name = $2, phone = $3, email = $4, address = $5,"
                          " birthday = $6, phone_hash = $7, email_hash = $8, card = $9,"
                          " search = $10"
                          " WHERE ref = $1"};

void remove_contact(Database& database, const CustomerRef& customer, const ContactTag& tag) {
  for (const Sql& sql : {remove_addition, put_removal}) {
    auto row = database.query(sql);
    row->bind_blob(1, view(customer.bytes));
    bind_id(*row, 2, tag.fact);
    row->bind(3, tag.n);
    row->step();
  }
}

/// What a timeline says of a change without its values: "name, phone added".
std::string words_of(const ProfileChange& change) {
  std::string words;
  const auto add = [&](std::string_view word, std::string_view how) {
    words.append(words.empty() ? "" : ", ").append(word).append(how);
  };
  for (const FieldChange& each : change.fields)
    add(each.field, each.value.empty() ? " cleared" : "");
  for (const ContactAddition& each : change.added) add(name_of(each.kind), " added");
  if (!change.removed.empty()) add("contact", " removed");
  return words.empty() ? "nothing" : words;
}

/// Refuses a card that another person holds.
Result<Done> expect_free_cards(Applying& applying, const CustomerRef& customer,
                               const ProfileChange& change) {
  for (const ContactAddition& each : change.added) {
    if (each.kind != ContactKind::card && each.kind != ContactKind::key_fob) continue;
    const auto holder = holder_of_card(applying.database, each.value);
    if (!holder || canonical(applying.database, *holder) == canonical(applying.database, customer))
      continue;
    if (auto ok = applying.contradict("card.taken", "This card belongs to another customer",
                                      "Give the customer another card.");
        !ok)
      return ok;
  }
  return Done{};
}

void put_content(Database& database, const Vault& vault, const CustomerRef& customer,
                 const Bytes16& fact, const ProfileChange& change) {
  for (const FieldChange& each : change.fields)
    put_field(database, customer, each.field, fact, each.value);
  const FactId id = fact_id_from(fact);
  for (std::size_t n = 0; n < change.added.size(); ++n)
    put_contact(database, customer, {id, static_cast<std::uint32_t>(n)}, change.added[n],
                look_up_of(vault, change.added[n]));
  for (const ContactTag& tag : change.removed) remove_contact(database, customer, tag);
  auto row = database.query(name_change);
  row->bind_blob(1, view(fact));
  row->bind_text(2, words_of(change));
  row->step();
}

/// nullopt: the key is not here.
Result<std::optional<ProfileChange>> opened(Vault& vault, const CustomerRef& customer,
                                            std::string_view sealed) {
  auto plain = vault.unseal(customer, "change", sealed);
  if (!plain) return plain.error();
  if (!*plain) return std::optional<ProfileChange>{};
  auto change = decode_personal(**plain);
  if (!change)
    return Error{Failure::corrupt, "change.damaged", change.error().what, change.error().where,
                 change.error().remedy};
  return std::optional(std::move(*change));
}

std::string_view first(const std::vector<Contact>& contacts, ContactKind kind) {
  for (const Contact& contact : contacts)
    if (contact.kind == kind) return contact.value;
  return {};
}

std::vector<std::string> search_keys_of(std::string_view name,
                                        const std::vector<Contact>& contacts) {
  auto keys = keys_of_name(name);
  for (const Contact& each : contacts)
    std::ranges::move(keys_of_contact(each.kind, each.value), std::back_inserter(keys));
  return keys;
}

}  // namespace

Result<Done> apply(Applying& applying, const CustomerChange& change) {
  auto live = expect_living(applying, change.customer);
  if (!live) return live.error();
  if (*live == Known::gone) return Done{};
  {
    auto row = applying.database.query(put_change);
    row->bind_blob(1, view(applying.id));
    row->bind_blob(2, view(change.customer.bytes));
    row->bind_blob(3, change.sealed);
    row->bind_text(4, change.staff);
    bind_time(*row, 5, change.at);
    row->step();
  }
  if (applying.vault == nullptr) return Done{};
  auto content = opened(*applying.vault, change.customer, change.sealed);
  if (!content && content.error().kind == Failure::corrupt)
    return applying.contradict("change.damaged", "A sealed change cannot be opened",
                               "Make the change again.");
  if (!content) return content.error();
  if (!*content) return Done{};
  if (auto ok = expect_free_cards(applying, change.customer, **content); !ok) return ok;
  put_content(applying.database, *applying.vault, change.customer, applying.id, **content);
  settle(applying.database, change.customer);
  return Done{};
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

void settle(Database& database, const CustomerRef& customer) {
  std::string name;
  std::optional<Date> birthday;
  for (FieldValue& each : fields_of(database, customer)) {
    if (each.field == customer_field::name) name = std::move(each.value);
    if (each.field == customer_field::birthday)
      if (const auto date = parse_date(each.value)) birthday = *date;
  }
  std::string phone_hash, email_hash;
  {
    auto row = database.query(read_contacts);
    row->bind_blob(1, view(customer.bytes));
    while (row->step()) {
      const auto kind = static_cast<ContactKind>(row->integer(2));
      if (kind == ContactKind::phone && phone_hash.empty()) phone_hash = row->blob(5);
      if (kind == ContactKind::email && email_hash.empty()) email_hash = row->blob(5);
    }
  }
  const auto contacts = contacts_of(database, customer);
  const std::string search = put_search_keys(database, customer, search_keys_of(name, contacts));
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
  bind_hash(7, phone_hash);
  bind_hash(8, email_hash);
  bind_text_or_null(*row, 9, first(contacts, ContactKind::card));
  row->bind_text(10, search);
  row->step();
  row.reset();
  put_likeness(database, customer);
}

Result<Done> reveal_changes(Database& database, Vault& vault, const CustomerRef& customer) {
  std::vector<std::pair<Bytes16, std::string>> sealed;
  {
    auto row = database.query(sealed_changes);
    row->bind_blob(1, view(customer.bytes));
    while (row->step()) sealed.emplace_back(bytes16(*row, 0), std::string(row->blob(1)));
  }
  for (const auto& [fact, bytes] : sealed) {
    auto content = opened(vault, customer, bytes);
    if (!content && content.error().kind == Failure::corrupt) continue;  // told when it was applied
    if (!content) return content.error();
    if (*content) put_content(database, vault, customer, fact, **content);
  }
  return Done{};
}

std::optional<CustomerRef> holder_of_card(Database& database, std::string_view card) {
  auto row = database.query(by_card);
  row->bind_blob(1, card);
  return row->step() ? std::optional(customer_ref(*row, 0)) : std::nullopt;
}

std::optional<CustomerRef> holder_of(Database& database, ContactKind kind, std::string_view hash) {
  auto row = database.query(by_look_up);
  row->bind(1, static_cast<std::int64_t>(kind));
  row->bind_blob(2, hash);
  return row->step() ? std::optional(customer_ref(*row, 0)) : std::nullopt;
}

std::vector<FieldValue> fields_of(Database& database, const CustomerRef& customer) {
  std::vector<FieldValue> fields;
  auto row = database.query(read_fields);
  row->bind_blob(1, view(customer.bytes));
  while (row->step())
    fields.push_back({std::string(row->text(0)), std::string(row->text(1)), fact_id(*row, 2)});
  return fields;
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

bool has_sealed_changes(Database& database, const CustomerRef& customer) {
  auto row = database.query(any_sealed);
  row->bind_blob(1, view(customer.bytes));
  return row->step();
}

}  // namespace keepsake::records
