#include "storage/records/reports/timeline.hpp"

#include <limits>

#include "storage/domain/customer/profile.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/core/people.hpp"

namespace keepsake::records {

namespace {

// One branch for each kind of event. `n` tells apart what one fact says of a person: 0 the fact
// itself, from 1 on its lines and consents, from 10,000 on its rewards; 1 the wallet of a run of
// expiry. $1 is the kept reference; kinds are TimelineKind.
// `once` and `issuing`: as in points_story.cpp, for what a run of expiry took; it stands on its own
// day.
constexpr Sql page{
    "timeline.page",
    "WITH RECURSIVE person (ref) AS (SELECT $1 UNION SELECT m.merged FROM customer_merge m"
    "  JOIN person p ON m.kept = p.ref WHERE m.undone_by IS NULL),"
    " once (ref) AS (SELECT $1 UNION SELECT m.merged FROM customer_merge m"
    "  JOIN once o ON m.kept = o.ref),"
    " issuing (fact) AS (SELECT q.id FROM once JOIN purchase q ON q.customer = once.ref"
    " UNION ALL SELECT r.id FROM once JOIN goods_return r ON r.customer = once.ref"
    " UNION ALL SELECT v.id FROM once JOIN loyalty_event v ON v.customer = once.ref)"
    " SELECT at_ms, offset_minutes, fact, n, kind, staff, text, amount, currency, points FROM ("
    "SELECT c.at_ms, c.offset_minutes, c.fact, 0 AS n, 0 AS kind, c.staff, '' AS text,"
    "  NULL AS amount, '' AS currency, 0 AS points FROM person JOIN customer c ON c.ref = "
    "person.ref"
    " UNION ALL SELECT q.at_ms, q.offset_minutes, q.id, 0, 1, q.staff, q.first_article,"
    "  q.total_minor, q.currency, q.points_hundredths"
    "  FROM person JOIN purchase q ON q.customer = person.ref"
    " UNION ALL SELECT r.at_ms, r.offset_minutes, r.id, 0, 2, r.staff, r.reason,"
    // What was given: coins round it, and points that paid come back as points.
    "  coalesce((SELECT sum(t.amount_minor) FROM tender t WHERE t.fact = r.id), r.total_minor),"
    "  r.currency, -r.points_hundredths FROM person JOIN goods_return r ON r.customer = person.ref"
    " UNION ALL SELECT w.at_ms, w.offset_minutes, w.fact, w.line + 1, 3, w.staff,"
    "  w.article_name || CASE w.serial_typed WHEN '' THEN '' ELSE ', ' || w.serial_typed END, NULL,"
    "  '', 0"
    "  FROM person JOIN warranty w ON w.customer = person.ref"
    " UNION ALL SELECT b.at_ms, b.offset_minutes, b.fact, 0, 27, b.staff,"
    "  w.article_name || CASE w.serial_typed WHEN '' THEN '' ELSE ', ' || w.serial_typed END, NULL,"
    "  '', 0 FROM person JOIN warranty w ON w.customer = person.ref JOIN warranty_begun b"
    "  ON b.item = w.item AND b.registration = w.fact AND b.line = w.line"
    " UNION ALL SELECT s.at_ms, s.offset_minutes, s.fact, s.n + 1, 4, s.staff,"
    "  CASE s.purpose WHEN 0 THEN 'membership' WHEN 1 THEN 'marketing' ELSE 'sharing' END ||"
    "  CASE s.granted WHEN 1 THEN ' given, ' ELSE ' withdrawn, ' END || s.wording ||"
    "  ' (' || s.language || ')' || CASE s.place WHEN '' THEN '' ELSE ', ' || s.place END,"
    "  NULL, '', 0 FROM person JOIN consent s ON s.customer = person.ref"
    " UNION ALL SELECT t.at_ms, t.offset_minutes, t.fact, 0, 5, t.staff, coalesce(t.text, ''),"
    "  NULL, '', 0 FROM person JOIN customer_note t ON t.customer = person.ref"
    " UNION ALL SELECT h.at_ms, h.offset_minutes, h.fact, 0, 6, h.staff, h.what, NULL, '', 0"
    "  FROM person JOIN customer_change h ON h.customer = person.ref"
    " UNION ALL SELECT m.at_ms, m.offset_minutes, m.fact, 0, 7, m.staff, m.reason, NULL, '',"
    "  m.moved_hundredths FROM customer_merge m WHERE m.kept IN (SELECT ref FROM person)"
    "  OR m.merged IN (SELECT ref FROM person)"
    " UNION ALL SELECT m.undone_ms, m.undone_offset_minutes, m.undone_by, 0, 8, m.undone_staff,"
    "  m.reason, NULL, '', 0 FROM customer_merge m WHERE m.undone_by IS NOT NULL"
    "  AND (m.kept IN (SELECT ref FROM person) OR m.merged IN (SELECT ref FROM person))"
    " UNION ALL SELECT DISTINCT e.at_ms, e.offset_minutes, e.fact, 0, 9, e.staff, e.reason, NULL,"
    "  '', 0 FROM person JOIN customer_erasure e ON e.customer = person.ref"
    " UNION ALL SELECT v.at_ms, v.offset_minutes, v.id, 0, 10, v.staff, v.event, NULL, '',"
    "  v.points_hundredths FROM person JOIN loyalty_event v ON v.customer = person.ref"
    "  WHERE v.event <> '' AND v.points_hundredths > 0"  // a claim is told by its rewards
    " UNION ALL SELECT f.at_ms, f.offset_minutes, f.fact, 0, 11, f.staff,"
    "  CASE f.kind WHEN 1 THEN 'photo' WHEN 2 THEN 'invoice' ELSE 'document' END ||"
    "  CASE coalesce(f.name, '') WHEN '' THEN '' ELSE ', ' || f.name END, NULL, '', 0"
    "  FROM person JOIN customer_file f ON f.customer = person.ref"
    " UNION ALL SELECT f.removed_ms, f.removed_offset_minutes, f.removed_by, 0, 12,"
    "  f.removed_staff,"
    "  CASE f.kind WHEN 1 THEN 'photo' WHEN 2 THEN 'invoice' ELSE 'document' END, NULL, '', 0"
    "  FROM person JOIN customer_file f ON f.customer = person.ref WHERE f.removed_by IS NOT NULL"
    " UNION ALL SELECT coalesce(e.given_up_ms, e.as_of_day * 86400000),"
    "  coalesce(e.given_up_offset_minutes, 0), e.id, 0,"
    "  CASE WHEN e.given_up_ms IS NULL THEN 13 ELSE 25 END, '', '', NULL, '', sum(x.amount)"
    "  FROM (SELECT DISTINCT y.fact FROM issuing JOIN lot l ON l.fact = issuing.fact"
    "    JOIN posting y ON y.lot_fact = l.fact AND y.lot_n = l.n AND y.kind = 1 AND y.amount < 0)"
    "  AS debit JOIN expiry_run e ON e.id = debit.fact"
    "  JOIN posting x ON x.fact = e.id AND x.kind = 1 AND x.owner IN (SELECT ref FROM person)"
    "  GROUP BY e.id"
    " UNION ALL SELECT a.at_ms, a.offset_minutes, a.fact, 0, 14, a.staff, '', NULL, '', 0"
    "  FROM customer_apart a WHERE a.one IN (SELECT ref FROM person)"
    "  OR a.other IN (SELECT ref FROM person)"
    " UNION ALL SELECT w.at_ms, w.offset_minutes, w.fact, 0,"
    "  CASE w.blocked WHEN 1 THEN 15 ELSE 16 END, w.staff, w.reason, NULL, '', 0"
    "  FROM person JOIN wallet_word w ON w.customer = person.ref GROUP BY w.fact"
    " UNION ALL SELECT e.as_of_day * 86400000, 0, e.id, 1, 17, '', '', sum(w.amount_minor),"
    "  w.currency, 0 FROM person JOIN wallet_lapse w ON w.customer = person.ref"
    "  JOIN expiry_run e ON e.id = w.fact GROUP BY e.id"
    " UNION ALL SELECT q.at_ms, q.offset_minutes, q.id, l.line + 1,"
    "  CASE l.kind WHEN 1 THEN 19 ELSE 18 END, q.staff, substr(l.card, -4), l.amount_minor,"
    "  q.currency, 0 FROM person JOIN purchase q ON q.customer = person.ref"
    "  JOIN value_load l ON l.fact = q.id"
    " UNION ALL SELECT f.at_ms, f.offset_minutes, f.id, o.n + 10000, 20, f.staff, o.reward,"
    "  CASE o.value_minor WHEN 0 THEN NULL ELSE o.value_minor END, f.currency, -o.cost FROM"
    "  (SELECT q.id, q.at_ms, q.offset_minutes, q.staff, q.currency"
    "    FROM person JOIN purchase q ON q.customer = person.ref"
    "   UNION ALL SELECT v.id, v.at_ms, v.offset_minutes, v.staff, v.currency"
    "    FROM person JOIN loyalty_event v ON v.customer = person.ref) f"
    "  JOIN outcome_reward o ON o.fact = f.id"
    " UNION ALL SELECT g.at_ms, g.offset_minutes, g.fact, 0,"
    "  CASE g.level WHEN '' THEN 22 ELSE 21 END, g.staff,"
    "  CASE g.level WHEN '' THEN g.reason ELSE g.level || ': ' || g.reason END, NULL, '', 0"
    "  FROM person JOIN level_grant g ON g.customer = person.ref"
    " UNION ALL SELECT i.at_ms, i.offset_minutes, i.fact, 0,"
    "  CASE i.given WHEN 1 THEN 23 ELSE 24 END, i.staff, '', NULL, '', 0"
    "  FROM person JOIN member_pin i ON i.customer = person.ref"
    " UNION ALL SELECT d.at_ms, d.offset_minutes, d.settled_by, 0, 26, d.staff, d.reason,"
    "  (SELECT sum(x.amount) FROM posting x WHERE x.fact = d.settled_by AND x.kind = 16),"
    "  CASE d.unit WHEN 'points' THEN '' ELSE d.unit END,"
    "  (SELECT coalesce(-sum(x.amount), 0) FROM posting x WHERE x.fact = d.settled_by"
    "    AND x.kind = 3) FROM person JOIN settlement d ON d.customer = person.ref"
    "  WHERE d.decision = 2"
    ") AS everything WHERE (at_ms, fact, n) < ($2, $3, $4)"
    " ORDER BY at_ms DESC, fact DESC, n DESC LIMIT $5"};

constexpr TimelinePlace beyond{std::numeric_limits<std::int64_t>::max(), {}, 0};

}  // namespace

std::vector<TimelineEntry> timeline(Database& database, const CustomerRef& customer,
                                    std::optional<TimelinePlace> before, std::size_t limit) {
  const CustomerRef kept = canonical(database, customer);
  const TimelinePlace from = before.value_or(beyond);
  std::vector<TimelineEntry> entries;
  auto row = database.query(page);
  row->bind_blob(1, view(kept.bytes));
  row->bind(2, from.at_ms);
  bind_id(*row, 3, from.fact);
  row->bind(4, from.n);
  row->bind(5, static_cast<std::int64_t>(limit));
  while (row->step()) {
    TimelineEntry entry;
    entry.at = local_time(*row, 0);
    entry.place = {entry.at.at.ms, fact_id(*row, 2), static_cast<std::int32_t>(row->integer(3))};
    entry.kind = static_cast<TimelineKind>(row->integer(4));
    entry.staff = row->text(5);
    entry.text = row->text(6);
    if (!row->is_null(7)) entry.amount = Money{row->integer(7), currency_of(*row, 8)};
    entry.points = {row->integer(9)};
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace keepsake::records
