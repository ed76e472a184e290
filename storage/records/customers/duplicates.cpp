#include "storage/records/customers/duplicates.hpp"

#include <algorithm>
#include <set>

#include "storage/domain/customer/phone.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/core/tokenize.hpp"
#include "storage/records/customers/customers.hpp"
#include "storage/records/customers/profiles.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_apart{"apart.put",
                        "INSERT INTO customer_apart (fact, one, other, staff, at_ms,"
                        " offset_minutes) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Sql apart_from{"apart.from",
                         "SELECT other FROM customer_apart WHERE one = $1"
                         " UNION SELECT one FROM customer_apart WHERE other = $1"};
constexpr Sql holders{"likeness.holders",
                      "SELECT customer FROM customer_likeness WHERE key = $1 LIMIT $2"};
constexpr Sql contact_holders{
    "likeness.contact-holders",
    "SELECT customer FROM customer_contact WHERE kind = $1 AND look_up = $2 ORDER BY fact"
    " LIMIT $3"};
constexpr Sql page_of_kept{"customer.page",
                           "SELECT c.ref FROM customer c WHERE c.erased_by IS NULL AND c.ref > $1"
                           " AND NOT EXISTS (SELECT 1 FROM customer_merge m WHERE m.merged = c.ref"
                           "  AND m.undone_by IS NULL) AND NOT EXISTS (SELECT 1"
                           "  FROM dormant_customer d WHERE d.customer = c.ref)"
                           " ORDER BY c.ref LIMIT $2"};

constexpr Sql enrolled{"customer.enrolled", "SELECT at_ms, fact FROM customer WHERE ref = $1"};

constexpr std::int64_t holders_most = 100;  // of one value; what more have tells nobody apart

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
                              const CustomerProfile& candidate, const Traits& traits) {
  std::set<CustomerRef> found;
  std::vector<Contact> contacts = candidate.contacts;
  for (const Contact& each : candidate.contacts)
    if (each.kind == ContactKind::phone)
      for (std::string& form : earlier_forms(comparable_phone(each.value)))
        contacts.push_back({each.tag, each.owner, each.kind, std::move(form), each.usage});
  for (const Contact& each : contacts) {
    const ContactAddition contact{each.kind, each.value, ""};
    const std::string look_up = look_up_of(vault, contact);
    if (look_up.empty()) continue;
    add_holders(database, each.kind, look_up, found);
    if (each.kind == ContactKind::card) add_holders(database, ContactKind::key_fob, look_up, found);
    if (each.kind == ContactKind::key_fob) add_holders(database, ContactKind::card, look_up, found);
  }
  for (const std::int64_t key : similarity_keys(traits)) add_holders(database, key, found);
  return found;
}

Since since_of(Database& database, const CustomerRef& customer) {
  auto row = database.query(enrolled);
  row->bind_blob(1, view(customer.bytes));
  return row->step() ? Since{row->integer(0), bytes16(*row, 1)} : Since{};
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

std::vector<SimilarCustomer> similar(Database& database, const Vault& vault,
                                     const CustomerProfile& candidate, std::size_t limit) {
  const Traits wanted = traits_of(candidate, words_of);
  std::set<CustomerRef> not_these;
  if (!candidate.ref.nobody()) {
    const CustomerRef self = canonical(database, candidate.ref);
    not_these = told_apart_from(database, self);
    not_these.insert(self);
  }
  std::vector<std::pair<Since, SimilarCustomer>> found;
  for (const CustomerRef& each : sharers(database, vault, candidate, wanted)) {
    const CustomerRef kept = canonical(database, each);
    if (!not_these.insert(kept).second) continue;  // seen already, or not wanted
    if (is_erased(database, kept)) continue;
    const auto profile = customer_profile(database, kept);
    if (!profile) continue;
    SimilarCustomer one{kept, compare(wanted, traits_of(*profile, words_of))};
    if (one.similarity.score >= similarity::possible_from)
      found.emplace_back(since_of(database, kept), std::move(one));
  }
  // Of two who are as similar, whoever became a member first: references are random.
  std::ranges::sort(found, [](const auto& a, const auto& b) {
    const int one = a.second.similarity.score, other = b.second.similarity.score;
    return one != other ? one > other : a.first < b.first;
  });
  std::vector<SimilarCustomer> people;
  for (auto& [since, each] : found)
    if (people.size() < limit) people.push_back(std::move(each));
  return people;
}

std::vector<CustomerRef> customers_after(Database& database, const CustomerRef& after,
                                         std::size_t limit) {
  std::vector<CustomerRef> found;
  auto row = database.query(page_of_kept);
  row->bind_blob(1, view(after.bytes));
  row->bind(2, static_cast<std::int64_t>(limit));
  while (row->step()) found.push_back(customer_ref(*row, 0));
  return found;
}

}  // namespace keepsake::records
