#include "storage/records/loyalty/points_story.hpp"

#include <algorithm>
#include <limits>

#include "storage/domain/customer/profile.hpp"
#include "storage/domain/loyalty/points_story.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/loyalty/outcomes.hpp"
#include "storage/records/value/accounts.hpp"

namespace keepsake::records {

namespace {

// Lots are told by the facts that issued them, and a run of expiry by the lots it took from: no
// index by customer is needed. `once` are the references that ever belonged to the person: what
// expired of them meanwhile was the person's. Kinds are TimelineKind. A run is shown on its
// own day, what was given up at its own time.
constexpr Sql page{
    "points-story.page",
    "WITH RECURSIVE person (ref) AS (SELECT $1 UNION SELECT m.merged FROM customer_merge m"
    "  JOIN person p ON m.kept = p.ref WHERE m.undone_by IS NULL),"
    " once (ref) AS (SELECT $1 UNION SELECT m.merged FROM customer_merge m"
    "  JOIN once o ON m.kept = o.ref),"
    " issuing (fact) AS (SELECT q.id FROM once JOIN purchase q ON q.customer = once.ref"
    " UNION ALL SELECT r.id FROM once JOIN goods_return r ON r.customer = once.ref"
    " UNION ALL SELECT v.id FROM once JOIN loyalty_event v ON v.customer = once.ref),"
    " told (at_ms, offset_minutes, fact, kind, text, amount, currency) AS ("
    "SELECT q.at_ms, q.offset_minutes, q.id, 1, q.first_article, q.total_minor, q.currency"
    "  FROM person JOIN purchase q ON q.customer = person.ref"
    " UNION ALL SELECT r.at_ms, r.offset_minutes, r.id, 2, r.reason, r.total_minor, r.currency"
    "  FROM person JOIN goods_return r ON r.customer = person.ref"
    " UNION ALL SELECT v.at_ms, v.offset_minutes, v.id, 10, v.event, NULL, v.currency"
    "  FROM person JOIN loyalty_event v ON v.customer = person.ref"
    " UNION ALL SELECT DISTINCT coalesce(e.given_up_ms, e.as_of_day * 86400000),"
    "  coalesce(e.given_up_offset_minutes, 0), e.id,"
    "  CASE WHEN e.given_up_ms IS NULL THEN 13 ELSE 25 END, '', NULL, '' FROM issuing"
    "  JOIN lot l ON l.fact = issuing.fact"
    "  JOIN posting x ON x.lot_fact = l.fact AND x.lot_n = l.n AND x.kind = 1 AND x.amount < 0"
    "  JOIN expiry_run e ON e.id = x.fact"
    " UNION ALL SELECT m.at_ms, m.offset_minutes, m.fact, 7, m.reason, NULL, ''"
    "  FROM customer_merge m WHERE m.kept IN (SELECT ref FROM person)"
    "  OR m.merged IN (SELECT ref FROM person)"
    " UNION ALL SELECT m.undone_ms, m.undone_offset_minutes, m.undone_by, 8, m.reason, NULL, ''"
    "  FROM customer_merge m WHERE m.undone_by IS NOT NULL"
    "  AND (m.kept IN (SELECT ref FROM person) OR m.merged IN (SELECT ref FROM person))"
    " UNION ALL SELECT s.at_ms, s.offset_minutes, s.settled_by, 26, '', NULL, ''"
    "  FROM once JOIN settlement s ON s.customer = once.ref AND s.decision = 2),"
    " moved AS (SELECT told.*,"
    "  (SELECT coalesce(sum(x.amount), 0) FROM posting x WHERE x.fact = told.fact AND x.kind = 1"
    "    AND x.owner IN (SELECT ref FROM person)) AS points,"
    "  (SELECT coalesce(sum(x.amount), 0) FROM posting x WHERE x.fact = told.fact AND x.kind = 6"
    "    AND x.unit = 'points' AND x.owner IN (SELECT ref FROM person)) AS settled,"
    "  (SELECT coalesce(-sum(x.amount), 0) FROM posting x WHERE x.fact = told.fact AND x.kind = 2)"
    "    AS earned,"
    "  (SELECT coalesce(sum(x.amount), 0) FROM posting x WHERE x.fact = told.fact AND x.kind = 4)"
    "    AS spent FROM told WHERE (told.at_ms, told.fact) < ($2, $3))"
    " SELECT at_ms, offset_minutes, fact, kind, text, amount, currency, points, settled, earned,"
    "  spent FROM moved WHERE points <> 0 OR settled <> 0 OR kind IN (7, 8)"
    "  OR kind NOT IN (13, 25, 26) AND (earned <> 0 OR spent <> 0)"
    " ORDER BY at_ms DESC, fact DESC LIMIT $4"};
constexpr Sql held{
    "points-story.vouchers",
    "WITH RECURSIVE person (ref) AS (SELECT $1 UNION SELECT m.merged FROM customer_merge m"
    "  JOIN person p ON m.kept = p.ref WHERE m.undone_by IS NULL),"
    " done (at_ms, offset_minutes, fact) AS ("
    "SELECT q.at_ms, q.offset_minutes, q.id FROM person JOIN purchase q ON q.customer = person.ref"
    " UNION ALL SELECT v.at_ms, v.offset_minutes, v.id"
    "  FROM person JOIN loyalty_event v ON v.customer = person.ref)"
    " SELECT done.at_ms, done.offset_minutes, r.reward, c.code FROM done"
    " JOIN outcome_voucher c ON c.fact = done.fact"
    " JOIN outcome_reward r ON r.fact = c.fact AND r.n = c.n"
    " ORDER BY done.at_ms DESC, c.fact DESC, c.n, c.m LIMIT $2"};

constexpr TimelinePlace beyond{std::numeric_limits<std::int64_t>::max(), {}, 0};

PointsEntry entry_in(const Query& row) {
  PointsEntry entry;
  entry.at = local_time(row, 0);
  entry.place = {entry.at.at.ms, fact_id(row, 2), 0};
  entry.kind = static_cast<TimelineKind>(row.integer(3));
  entry.text = row.text(4);
  if (!row.is_null(5)) entry.amount = Money{row.integer(5), currency_of(row, 6)};
  entry.change = {row.integer(7)};
  entry.owed = {-row.integer(8)};
  // An expiry's and a merge's postings are of many people; a debt is no use of points.
  if (entry.kind == TimelineKind::expired || entry.kind == TimelineKind::given_up ||
      entry.kind == TimelineKind::merged || entry.kind == TimelineKind::unmerged ||
      entry.kind == TimelineKind::debt_added)
    return entry;
  entry.earned = {row.integer(9)};
  entry.spent = {row.integer(10)};
  return entry;
}

}  // namespace

std::vector<PointsEntry> points_story(Database& database, const CustomerRef& customer,
                                      std::optional<TimelinePlace> before, std::size_t limit) {
  const CustomerRef kept = canonical(database, customer);
  const TimelinePlace from = before.value_or(beyond);
  std::vector<PointsEntry> entries;
  std::vector<Currency> currencies;
  {
    auto row = database.query(page);
    row->bind_blob(1, view(kept.bytes));
    row->bind(2, from.at_ms);
    bind_id(*row, 3, from.fact);
    row->bind(4, static_cast<std::int64_t>(limit));
    while (row->step()) {
      entries.push_back(entry_in(*row));
      // Merges and runs of expiry are of no currency.
      currencies.push_back(row->text(6).empty() ? Currency{} : currency_of(*row, 6));
    }
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    PointsEntry& entry = entries[i];
    auto outcome = outcome_of(database, entry.place.fact, currencies[i]);
    if (!outcome) continue;
    entry.rules = std::move(outcome->rules);
    entry.rewards = std::move(outcome->rewards);
  }
  return entries;
}

std::vector<HeldVoucher> vouchers_of(Database& database, const CustomerRef& customer,
                                     std::size_t limit) {
  const CustomerRef kept = canonical(database, customer);
  std::vector<HeldVoucher> found;
  auto row = database.query(held);
  row->bind_blob(1, view(kept.bytes));
  row->bind(2, static_cast<std::int64_t>(limit));
  while (row->step()) {
    found.push_back({std::string(row->text(2)), std::string(row->text(3)), local_time(*row, 0)});
  }
  return found;
}

}  // namespace keepsake::records
