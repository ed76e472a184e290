#include "storage/records/customers/erasures.hpp"

#include <algorithm>

#include "storage/records/core/people.hpp"
#include "storage/records/customers/obligations.hpp"
#include "storage/records/customers/search.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_erasure{"erasure.put",
                          "INSERT INTO customer_erasure (customer, fact, reason, staff, at_ms,"
                          " offset_minutes) VALUES ($1, $2, $3, $4, $5, $6)"};
// The row stays: purchases count for it, and its origin keeps an import from bringing the person
// back.
constexpr Sql clean_customer{
    "erasure.customer",
    "UPDATE customer SET sealed_profile = x'', name = NULL, phone = NULL,"
    " email = NULL, address = NULL, birthday = NULL, phone_hash = NULL, email_hash = NULL,"
    " card = NULL, language = '', search = '' WHERE ref = $1"};
constexpr Sql set_erased{"erasure.mark", "UPDATE customer SET erased_by = $2 WHERE ref = $1"};
constexpr Sql clean[] = {
    {"erasure.fields", "DELETE FROM customer_field WHERE customer = $1"},
    {"erasure.contacts", "DELETE FROM customer_contact WHERE customer = $1"},
    {"erasure.removed", "DELETE FROM customer_contact_removed WHERE customer = $1"},
    {"erasure.changes", "DELETE FROM customer_change WHERE customer = $1"},
    {"erasure.likeness", "DELETE FROM customer_likeness WHERE customer = $1"},
    {"erasure.files", "DELETE FROM customer_file WHERE customer = $1"},
    {"erasure.pins", "DELETE FROM member_pin WHERE customer = $1"},
    {"erasure.notes", "DELETE FROM customer_note WHERE customer = $1"},
    // Without the key nobody could find it damaged again.
    {"erasure.damaged",
     "DELETE FROM exception WHERE code = 'profile.damaged'"
     " AND fact IN (SELECT fact FROM customer WHERE ref = $1)"},
    {"erasure.settlements", "UPDATE settlement SET reason = '' WHERE customer = $1"},
    {"erasure.level-grants", "UPDATE level_grant SET reason = '' WHERE customer = $1"},
};
constexpr Sql all_erased{"erasure.all", "SELECT customer FROM customer_erasure"};
constexpr Sql values[] = {
    {"erasure.values-field", "SELECT value FROM customer_field WHERE customer = $1"},
    {"erasure.values-contact", "SELECT value FROM customer_contact WHERE customer = $1"},
    {"erasure.values-file", "SELECT name FROM customer_file WHERE customer = $1 AND name <> ''"},
    {"erasure.values-note", "SELECT text FROM customer_note WHERE customer = $1 AND text <> ''"},
};
#define IDLE                                                                                     \
  "SELECT c.ref FROM customer c WHERE c.erased_by IS NULL AND c.at_ms < $1"                      \
  " AND NOT EXISTS (SELECT 1 FROM customer_merge m WHERE m.merged = c.ref"                       \
  "  AND m.undone_by IS NULL)"                                                                   \
  " AND NOT EXISTS (SELECT 1 FROM purchase p WHERE p.customer = c.ref AND p.at_ms >= $1)"        \
  " AND NOT EXISTS (SELECT 1 FROM goods_return r WHERE r.customer = c.ref AND r.at_ms >= $1)"    \
  " AND NOT EXISTS (SELECT 1 FROM loyalty_event v WHERE v.customer = c.ref AND v.at_ms >= $1)"   \
  " AND NOT EXISTS (SELECT 1 FROM wallet_word l WHERE l.customer = c.ref AND l.at_ms >= $1)"     \
  " AND NOT EXISTS (SELECT 1 FROM level_grant g WHERE g.customer = c.ref AND g.at_ms >= $1)"     \
  " AND NOT EXISTS (SELECT 1 FROM customer_change h WHERE h.customer = c.ref AND h.at_ms >= $1)" \
  " AND NOT EXISTS (SELECT 1 FROM customer_note n WHERE n.customer = c.ref AND n.at_ms >= $1)"   \
  " AND NOT EXISTS (SELECT 1 FROM member_pin i WHERE i.customer = c.ref AND i.at_ms >= $1)"      \
  " AND NOT EXISTS (SELECT 1 FROM customer_file f WHERE f.customer = c.ref AND f.at_ms >= $1)"   \
  " AND NOT EXISTS (SELECT 1 FROM consent s WHERE s.customer = c.ref AND s.at_ms >= $1)"         \
  " AND NOT EXISTS (SELECT 1 FROM warranty w WHERE w.customer = c.ref AND w.voided_by IS NULL"   \
  "  AND w.at_ms >= $1)"
constexpr Sql idle{"erasure.idle", IDLE " ORDER BY c.at_ms, c.ref"};
constexpr Sql idle_of_store{"erasure.idle-of-store",
                            IDLE " AND c.store = $2 ORDER BY c.at_ms, c.ref"};
#undef IDLE
constexpr Sql one_active{
    "erasure.active",
    "SELECT 1 FROM customer c WHERE c.ref = $1 AND (c.at_ms >= $2"
    " OR EXISTS (SELECT 1 FROM purchase p WHERE p.customer = c.ref AND p.at_ms >= $2)"
    " OR EXISTS (SELECT 1 FROM goods_return r WHERE r.customer = c.ref AND r.at_ms >= $2)"
    " OR EXISTS (SELECT 1 FROM loyalty_event v WHERE v.customer = c.ref AND v.at_ms >= $2)"
    " OR EXISTS (SELECT 1 FROM wallet_word l WHERE l.customer = c.ref AND l.at_ms >= $2)"
    " OR EXISTS (SELECT 1 FROM level_grant g WHERE g.customer = c.ref AND g.at_ms >= $2)"
    " OR EXISTS (SELECT 1 FROM customer_change h WHERE h.customer = c.ref AND h.at_ms >= $2)"
    " OR EXISTS (SELECT 1 FROM customer_note n WHERE n.customer = c.ref AND n.at_ms >= $2)"
    " OR EXISTS (SELECT 1 FROM member_pin i WHERE i.customer = c.ref AND i.at_ms >= $2)"
    " OR EXISTS (SELECT 1 FROM customer_file f WHERE f.customer = c.ref AND f.at_ms >= $2)"
    " OR EXISTS (SELECT 1 FROM consent s WHERE s.customer = c.ref AND s.at_ms >= $2)"
    " OR EXISTS (SELECT 1 FROM warranty w WHERE w.customer = c.ref AND w.voided_by IS NULL"
    "  AND w.at_ms >= $2))"};
constexpr Sql put_restriction{
    "erasure.restriction",
    "INSERT INTO customer_restriction (customer, reason, until_day) VALUES ($1, $2, $3)"};

void clean_records(Database& database, const CustomerRef& customer) {
  drop_search_keys(database, customer);
  {
    auto row = database.query(clean_customer);
    row->bind_blob(1, view(customer.bytes));
    row->step();
  }
  for (const Sql& sql : clean) {
    auto row = database.query(sql);
    row->bind_blob(1, view(customer.bytes));
    row->step();
  }
}

void mark_erased(Applying& applying, const CustomerRef& customer) {
  auto row = applying.database.query(set_erased);
  row->bind_blob(1, view(customer.bytes));
  row->bind_blob(2, view(applying.id));
  row->step();
}

bool is_active(Database& database, const CustomerRef& customer, Instant before) {
  auto row = database.query(one_active);
  row->bind_blob(1, view(customer.bytes));
  row->bind(2, before.ms);
  return row->step();
}

/// Everything stays under the first: the person's others are the same person.
void keep(Database& database, const CustomerErasure& erasure) {
  for (const Restriction& each : erasure.kept) {
    auto row = database.query(put_restriction);
    row->bind_blob(1, view(erasure.customers.front().bytes));
    row->bind(2, static_cast<std::int64_t>(each.reason));
    bind_day(*row, 3, each.until);
    row->step();
  }
}

}  // namespace

Result<Done> apply(Applying& applying, const CustomerErasure& erasure) {
  if (erasure.customers.empty()) return Done{};
  const CustomerRef& first = erasure.customers.front();
  if (is_known(applying.database, first) && !is_erased(applying.database, first))
    keep(applying.database, erasure);
  for (const CustomerRef& customer : erasure.customers) {
    // Two tills of a store may do so on one day: asked twice is done once, and nobody's contradiction.
    if (is_erased(applying.database, customer)) continue;
    auto live = expect_living(applying, customer);
    if (!live) return live.error();
    if (*live == Known::gone) continue;
    clean_records(applying.database, customer);
    mark_erased(applying, customer);
    auto row = applying.database.query(put_erasure);
    row->bind_blob(1, view(customer.bytes));
    row->bind_blob(2, view(applying.id));
    row->bind_text(3, erasure.reason);
    row->bind_text(4, erasure.staff);
    bind_time(*row, 5, erasure.at);
    row->step();
  }
  return Done{};
}

void strip(Database& database, std::span<const CustomerRef> customers) {
  for (const CustomerRef& each : customers)
    if (is_known(database, each) && !is_erased(database, each)) clean_records(database, each);
}

std::vector<CustomerRef> erased_customers(Database& database) {
  std::vector<CustomerRef> found;
  auto row = database.query(all_erased);
  while (row->step()) found.push_back(customer_ref(*row, 0));
  return found;
}

std::vector<std::string> personal_values(Database& database, std::span<const CustomerRef> refs) {
  std::vector<std::string> found = telling_keys(database, refs);
  for (const CustomerRef& ref : refs) {
    for (const Sql& sql : values) {
      auto row = database.query(sql);
      row->bind_blob(1, view(ref.bytes));
      while (row->step()) found.emplace_back(row->text(0));
    }
  }
  return found;
}

bool is_idle(Database& database, const CustomerRef& kept, Instant before, Date today) {
  if (is_erased(database, kept) || canonical(database, kept) != kept) return false;
  return std::ranges::none_of(references_of(database, kept),
                              [&](const auto& ref) { return is_active(database, ref, before); }) &&
         !must_stay(obligations_of(database, kept, today), today);
}

std::vector<CustomerRef> idle_customers(Database& database, Instant before, Date today,
                                        std::size_t limit, std::optional<std::string_view> store) {
  std::vector<CustomerRef> candidates;
  {
    auto row = database.query(store ? idle_of_store : idle);
    row->bind(1, before.ms);
    if (store) row->bind_text(2, *store);
    while (row->step()) candidates.push_back(customer_ref(*row, 0));
  }
  std::vector<CustomerRef> found;
  for (const CustomerRef& each : candidates) {
    if (found.size() == limit) break;
    if (is_idle(database, each, before, today)) found.push_back(each);
  }
  return found;
}

}  // namespace keepsake::records
