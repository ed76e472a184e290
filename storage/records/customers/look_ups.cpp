#include "storage/records/customers/look_ups.hpp"

#include <string>
#include <vector>

#include "storage/domain/customer/contact_key.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/customers/profiles.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::records {

namespace {

constexpr std::int64_t rows_at_once = 2000;

constexpr Sql contacts_after{
    "look-ups.contacts",
    "SELECT customer, fact, n, kind, value FROM customer_contact"
    " WHERE (customer, fact, n) > ($1, $2, $3) ORDER BY customer, fact, n LIMIT $4"};
constexpr Sql put_look_up{"look-ups.put",
                          "UPDATE customer_contact SET look_up = $4"
                          " WHERE customer = $1 AND fact = $2 AND n = $3"};
constexpr Sql customers_after{"look-ups.customers",
                              "SELECT ref, phone, email FROM customer WHERE ref > $1"
                              " AND (phone_hash IS NOT NULL OR email_hash IS NOT NULL)"
                              " ORDER BY ref LIMIT $2"};
constexpr Sql put_hashes{"look-ups.hashes",
                         "UPDATE customer SET phone_hash = $2, email_hash = $3 WHERE ref = $1"};
constexpr Sql index_of_look_ups{"look-ups.index",
                                "SELECT sql FROM sqlite_schema WHERE type = 'index'"
                                " AND name = 'customer_contact_look_up'"};

/// Of a row of customer_contact, as it is when the fact is applied.
struct Row {
  std::string customer, fact;
  std::int64_t n = 0;
  ContactAddition contact;
};

std::vector<Row> read_contacts(Database& database, const Row& after) {
  std::vector<Row> found;
  const auto row = database.query(contacts_after);
  row->bind_blob(1, after.customer);
  row->bind_blob(2, after.fact);
  row->bind(3, after.n);
  row->bind(4, rows_at_once);
  while (row->step()) {
    Row each{std::string(row->blob(0)), std::string(row->blob(1)), row->integer(2), {}};
    each.contact.kind = static_cast<ContactKind>(row->integer(3));
    each.contact.value = row->text(4);
    found.push_back(std::move(each));
  }
  return found;
}

void rewrite_contacts(Database& database, const Vault& vault) {
  Row last;
  for (;;) {
    const auto some = read_contacts(database, last);
    if (some.empty()) return;
    for (const Row& each : some) {
      const bool by_key =
          each.contact.kind == ContactKind::phone || each.contact.kind == ContactKind::email;
      if (!by_key) continue;
      const auto row = database.query(put_look_up);
      row->bind_blob(1, each.customer);
      row->bind_blob(2, each.fact);
      row->bind(3, each.n);
      row->bind_blob(4, look_up_of(vault, each.contact));
      row->step();
    }
    last = some.back();
  }
}

void bind_hash(Query& row, int index, const Vault& vault, ContactKind kind,
               const std::string& value) {
  if (value.empty()) return row.bind_null(index);
  ContactAddition contact;
  contact.kind = kind;
  contact.value = value;
  row.bind_blob(index, look_up_of(vault, contact));
}

void rewrite_customers(Database& database, const Vault& vault) {
  struct Customer {
    std::string ref, phone, email;
  };
  std::string last;
  for (;;) {
    std::vector<Customer> some;
    {
      const auto row = database.query(customers_after);
      row->bind_blob(1, last);
      row->bind(2, rows_at_once);
      while (row->step())
        some.push_back(
            {std::string(row->blob(0)), std::string(row->text(1)), std::string(row->text(2))});
    }
    if (some.empty()) return;
    for (const Customer& each : some) {
      const auto row = database.query(put_hashes);
      row->bind_blob(1, each.ref);
      bind_hash(*row, 2, vault, ContactKind::phone, each.phone);
      bind_hash(*row, 3, vault, ContactKind::email, each.email);
      row->step();
    }
    last = some.back().ref;
  }
}

}  // namespace

// The index is made anew afterwards: in the order of its keys that is many times as fast as moving each.
void look_up_by(Database& database, const Vault& vault) {
  std::string index;
  if (const auto row = database.query(index_of_look_ups); row->step()) index = row->text(0);
  database.execute("DROP INDEX customer_contact_look_up");
  rewrite_contacts(database, vault);
  database.execute(index);
  rewrite_customers(database, vault);
}

}  // namespace keepsake::records
