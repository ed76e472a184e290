#include "storage/book/audit.hpp"

#include <algorithm>

#include "storage/domain/customer/file.hpp"
#include "storage/domain/customer/member_pin.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/adjustment.hpp"
#include "storage/domain/loyalty/level_grant.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/customers/merges.hpp"

namespace keepsake::terminal {

namespace {

constexpr Sql put{"audit.put",
                  "INSERT INTO audit (at_ms, offset_minutes, staff, action, customer)"
                  " VALUES ($1, $2, $3, $4, $5)"};
constexpr Sql put_once{"audit.put-once",
                       "INSERT INTO audit (at_ms, offset_minutes, staff, action, customer)"
                       " SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM audit"
                       " WHERE customer = $5 AND at_ms = $1 AND staff = $3 AND action = $4)"};
constexpr Sql of_everybody{"audit.of-everybody",
                           "SELECT at_ms, offset_minutes, staff, action, customer FROM audit"
                           " ORDER BY n DESC LIMIT $1"};
constexpr Sql of_customer{"audit.of-customer",
                          "SELECT at_ms, offset_minutes, staff, action, customer FROM audit"
                          " WHERE customer = $2 ORDER BY n DESC LIMIT $1"};
constexpr Sql count_old{"audit.count-old", "SELECT count(*) FROM audit WHERE at_ms < $1"};
constexpr Sql drop{"audit.drop", "DELETE FROM audit WHERE at_ms < $1 RETURNING n"};

void put_by(Database& database, const Sql& sql, const AuditEntry& entry) {
  auto row = database.query(sql);
  records::bind_time(*row, 1, entry.at);
  row->bind_text(3, entry.staff);
  row->bind(4, static_cast<std::int64_t>(entry.action));
  row->bind_blob(5, records::view(entry.customer.bytes));
  row->step();
}

void read_into(Query& row, std::vector<AuditEntry>& entries) {
  while (row.step())
    entries.push_back({records::local_time(row, 0), std::string(row.text(2)),
                       static_cast<AuditAction>(row.integer(3)), records::customer_ref(row, 4)});
}

}  // namespace

void put_audit(Database& database, const AuditEntry& entry) { put_by(database, put, entry); }

void put_audit_once(Database& database, const AuditEntry& entry) {
  put_by(database, put_once, entry);
}

void audit_fact(Database& database, const Fact& fact) {
  const auto changed = [&](const auto& change) {
    put_audit(database, {change.at, change.staff, AuditAction::changed, change.customer});
  };
  if (const auto* change = get_if<CustomerChange>(&fact)) changed(*change);
  if (const auto* consent = get_if<ConsentChange>(&fact)) changed(*consent);
  if (const auto* note = get_if<CustomerNote>(&fact)) changed(*note);
  if (const auto* pin = get_if<MemberPinChange>(&fact)) changed(*pin);
  if (const auto* event = get_if<LoyaltyEvent>(&fact))
    if (event->event == loyalty::adjustment_event) changed(*event);
  if (const auto* wallet = get_if<WalletChange>(&fact)) changed(*wallet);
  if (const auto* level = get_if<LevelGranted>(&fact)) changed(*level);
  if (const auto* file = get_if<FileAttached>(&fact)) changed(*file);
  if (const auto* file = get_if<FileRemoved>(&fact)) changed(*file);
  if (const auto* merge = get_if<CustomerMerge>(&fact)) {
    for (const CustomerRef& each : {merge->kept, merge->merged})
      put_audit(database, {merge->at, merge->staff, AuditAction::merged, each});
  }
  if (const auto* apart = get_if<CustomersApart>(&fact)) {
    for (const CustomerRef& each : {apart->one, apart->other})
      put_audit(database, {apart->at, apart->staff, AuditAction::changed, each});
  }
  if (const auto* undoing = get_if<MergeUndoing>(&fact)) {
    if (const auto merge = records::merge(database, undoing->merge))
      for (const CustomerRef& each : {merge->kept, merge->merged})
        put_audit(database, {undoing->at, undoing->staff, AuditAction::unmerged, each});
  }
  if (const auto* erasure = get_if<CustomerErasure>(&fact)) {
    for (const CustomerRef& each : erasure->customers)
      put_audit(database, {erasure->at, erasure->staff, AuditAction::erased, each});
  }
}

std::vector<AuditEntry> audit(Database& database, std::span<const CustomerRef> customers,
                              std::size_t limit) {
  std::vector<AuditEntry> entries;
  if (customers.empty()) {
    auto row = database.query(of_everybody);
    row->bind(1, static_cast<std::int64_t>(limit));
    read_into(*row, entries);
  }
  for (const CustomerRef& each : customers) {
    auto row = database.query(of_customer);
    row->bind(1, static_cast<std::int64_t>(limit));
    row->bind_blob(2, records::view(each.bytes));
    read_into(*row, entries);
  }
  if (customers.size() > 1)
    std::ranges::stable_sort(entries, std::greater{}, [](const auto& each) { return each.at.at; });
  if (entries.size() > limit) entries.resize(limit);
  return entries;
}

std::int64_t count_audit_before(Database& database, Instant before) {
  auto row = database.query(count_old);
  row->bind(1, before.ms);
  return row->step() ? row->integer(0) : 0;
}

std::int64_t drop_audit_before(Database& database, Instant before) {
  Transaction transaction(database);
  std::int64_t dropped = 0;
  {
    auto row = database.query(drop);
    row->bind(1, before.ms);
    while (row->step()) ++dropped;
  }
  transaction.commit();
  return dropped;
}

}  // namespace keepsake::terminal
