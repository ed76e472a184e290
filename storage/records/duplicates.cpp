#include "storage/records/duplicates.hpp"

#include <algorithm>
#include <set>

#include "storage/records/customers.hpp"
#include "storage/records/merges.hpp"
#include "storage/records/profiles.hpp"
#include "storage/records/words.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_apart{"apart.put",
                        "INSERT INTO customer_apart (fact, one, other, staff, at_ms,"
                        " offset_minutes) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Sql apart_from{"apart.from",
                         "SELECT other FROM customer_apart WHERE one = $1"
                         " UNION SELECT one FROM customer_apart WHERE other = $1"};
constexpr Sql keys_of{"likeness.of-customer",
                      "SELECT key FROM customer_likeness WHERE customer = $1 ORDER BY key"};
constexpr Sql put_key{"likeness.put",
                      "INSERT INTO customer_likeness (key, customer) VALUES ($1, $2)"};
constexpr Sql drop_key{"likeness.drop",
                       "DELETE FROM customer_likeness WHERE key = $1 AND customer = $2"};
constexpr Sql holders{"likeness.holders",
                      "SELECT customer FROM customer_likeness WHERE key = $1 LIMIT $2"};
constexpr Sql contact_holders{
    "likeness.contact-holders",
    "SELECT customer FROM customer_contact WHERE kind = $1 AND look_up = $2 ORDER BY fact"
    " LIMIT $3"};
constexpr Sql read_version{"likeness.version",
                           "SELECT version FROM likeness_version WHERE one = 1"};
constexpr Sql put_version{"likeness.put-version",
                          "INSERT INTO likeness_version (one, version) VALUES (1, $1)"
                          " ON CONFLICT (one) DO UPDATE SET version = excluded.version"};
constexpr Sql drop_all{"likeness.drop-all", "DELETE FROM customer_likeness"};
constexpr Sql page_of_all{"likeness.page",
                          "SELECT ref FROM customer WHERE erased_by IS NULL AND ref > $1"
                          " ORDER BY ref LIMIT $2"};
constexpr Sql page_of_kept{"customer.page",
                           "SELECT c.ref FROM customer c WHERE c.erased_by IS NULL AND c.ref > $1"
                           " AND NOT EXISTS (SELECT 1 FROM customer_merge m WHERE m.merged = c.ref"
                           "  AND m.undone_by IS NULL) ORDER BY c.ref LIMIT $2"};

constexpr std::int64_t holders_most = 100;  // of one value; what more have tells nobody apart
constexpr std::size_t refill_page = 1000;

/// What is known under this very reference, as far as likeness asks.
std::vector<std::int64_t> keys_now(Database& database, const CustomerRef& customer) {
  CustomerProfile profile;
  profile.fields = fields_of(database, customer);
  profile.contacts = contacts_of(database, customer);
  return likeness_keys(likeness_of(profile, words_of));
}

std::vector<CustomerRef> page(Database& database, const Sql& sql, const CustomerRef& after,
                              std::size_t limit) {
  std::vector<CustomerRef> found;
  auto row = database.query(sql);
  row->bind_blob(1, view(after.bytes));
  row->bind(2, static_cast<std::int64_t>(limit));
  while (row->step()) found.push_back(customer_ref(*row, 0));
  return found;
}

void add_holders(Database& database, std::int64_t key, std::set<CustomerRef>& found) {
  auto row = database.query(holders);
  row->bind(1, key);
  row->bind(2, holders_most);
  while (row->step()) found.insert(customer_ref(*row, 0));
}

void add_holders(Database& database, ContactKind kind, std::string_view look_up,
                 std::set<CustomerRef>& found) {
  auto row = database.query(contact_holders);
  row->bind(1, static_cast<std::int64_t>(kind));
  row->bind_blob(2, look_up);
  row->bind(3, holders_most);
  while (row->step()) found.insert(customer_ref(*row, 0));
}

/// References that have something in common with the candidate.
std::set<CustomerRef> sharers(Database& database, const Vault& vault,
                              const CustomerProfile& candidate, const Likeness& likeness) {
  std::set<CustomerRef> found;
  for (const Contact& each : candidate.contacts) {
    const ContactAddition contact{each.kind, each.value, ""};
    const std::string look_up = look_up_of(vault, contact);
    if (look_up.empty()) continue;
    add_holders(database, each.kind, look_up, found);
    if (each.kind == ContactKind::card) add_holders(database, ContactKind::key_fob, look_up, found);
    if (each.kind == ContactKind::key_fob) add_holders(database, ContactKind::card, look_up, found);
  }
  for (const std::int64_t key : likeness_keys(likeness)) add_holders(database, key, found);
  return found;
}

/// Kept references of the people that the shop told apart from this one.
std::set<CustomerRef> told_apart_from(Database& database, const CustomerRef& kept) {
  std::vector<CustomerRef> others;
  for (const CustomerRef& each : references_of(database, kept)) {
    auto row = database.query(apart_from);
    row->bind_blob(1, view(each.bytes));
    while (row->step()) others.push_back(customer_ref(*row, 0));
  }
  std::set<CustomerRef> found;
  for (const CustomerRef& each : others) found.insert(canonical(database, each));
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

Result<Done> apply(Applying& applying, const CustomersApart& apart) {
  for (const CustomerRef& each : {apart.one, apart.other})
    if (auto ok = expect_known(applying, each); !ok) return ok;
  auto row = applying.database.query(put_apart);
  row->bind_blob(1, view(applying.id));
  row->bind_blob(2, view(apart.one.bytes));
  row->bind_blob(3, view(apart.other.bytes));
  row->bind_text(4, apart.staff);
  bind_time(*row, 5, apart.at);
  row->step();
  return Done{};
}

void put_likeness(Database& database, const CustomerRef& customer) {
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

Result<Done> refill_likeness(Database& database) {
  try {
    {
      auto row = database.query(read_version);
      if (row->step() && row->integer(0) == likeness_keys_version) return Done{};
    }
    Transaction transaction(database);
    database.query(drop_all)->step();
    CustomerRef after;
    for (;;) {
      const auto refs = page(database, page_of_all, after, refill_page);
      if (refs.empty()) break;
      for (const CustomerRef& each : refs) put_likeness(database, each);
      after = refs.back();
    }
    {
      auto row = database.query(put_version);
      row->bind(1, likeness_keys_version);
      row->step();
    }
    transaction.commit();
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

std::vector<SimilarCustomer> similar(Database& database, const Vault& vault,
                                     const CustomerProfile& candidate, std::size_t limit) {
  const Likeness wanted = likeness_of(candidate, words_of);
  std::set<CustomerRef> not_these;
  if (!candidate.ref.nobody()) {
    const CustomerRef self = canonical(database, candidate.ref);
    not_these = told_apart_from(database, self);
    not_these.insert(self);
  }
  std::vector<SimilarCustomer> found;
  for (const CustomerRef& each : sharers(database, vault, candidate, wanted)) {
    const CustomerRef kept = canonical(database, each);
    if (!not_these.insert(kept).second) continue;  // seen already, or not wanted
    if (is_erased(database, kept)) continue;
    const auto profile = customer_profile(database, kept);
    if (!profile) continue;
    SimilarCustomer one{kept, compare(wanted, likeness_of(*profile, words_of))};
    if (one.similarity.score >= likeness::possible_from) found.push_back(std::move(one));
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.similarity.score != b.similarity.score ? a.similarity.score > b.similarity.score
                                                    : a.ref < b.ref;
  });
  if (found.size() > limit) found.resize(limit);
  return found;
}

std::vector<CustomerRef> customers_after(Database& database, const CustomerRef& after,
                                         std::size_t limit) {
  return page(database, page_of_kept, after, limit);
}

}  // namespace keepsake::records
