#include "storage/records/loyalty/expiry.hpp"

#include <algorithm>
#include <cassert>

#include "storage/domain/loyalty/events.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/value/lots.hpp"
#include "storage/records/value/stored_value.hpp"
#include "storage/records/value/wallets.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_run{"expiry.put",
                      "INSERT INTO expiry_run (id, store, as_of_day, given_up_ms,"
                      " given_up_offset_minutes) VALUES ($1, $2, $3, $4, $5)"
                      // Of another store it comes once for each customer who is known here.
                      " ON CONFLICT (id, store) DO NOTHING"};
constexpr Sql past_day{"expiry.past",
                       "SELECT fact, n, customer, remaining FROM lot"
                       " WHERE remaining > 0 AND expires_day IS NOT NULL AND expires_day < $1"
                       " AND ($2 IS NULL OR store = $2) ORDER BY fact, n"};
constexpr Sql with_activity{
    "expiry.activity",
    "SELECT l.fact, l.n, l.customer, l.issued, l.remaining, l.earned_day, l.expires_day,"
    " (WITH RECURSIVE person (ref) AS (SELECT l.customer UNION SELECT m.merged"
    "   FROM customer_merge m JOIN person p ON m.kept = p.ref WHERE m.undone_by IS NULL)"
    "  SELECT max(s.active_day) FROM person JOIN member_standing s ON s.customer = person.ref)"
    " FROM lot l WHERE l.remaining > 0 AND ($1 IS NULL OR l.store = $1) ORDER BY l.fact, l.n"};

LotId lot_id(const Query& row) {
  return {fact_id(row, 0), static_cast<std::uint32_t>(row.integer(1))};
}

void bind_store(Query& row, int place, std::optional<std::string_view> store) {
  if (store)
    row.bind_text(place, *store);
  else
    row.bind_null(place);
}

std::vector<LotExpiry> inactive(Database& database, const loyalty::Expiry& rule, Date today,
                                std::optional<std::string_view> store) {
  std::vector<LotExpiry> found;
  auto row = database.query(with_activity);
  bind_store(*row, 1, store);
  while (row->step()) {
    const loyalty::Lot lot{
        {}, {row->integer(3)}, {row->integer(4)}, *day_at(*row, 5), day_at(*row, 6)};
    const auto last = loyalty::last_day(lot, rule, day_at(*row, 7));
    if (last && *last < today)
      found.push_back({customer_ref(*row, 2), lot_id(*row), lot.remaining});
  }
  return found;
}

/// Two customers of a run may have become one before it is applied.
std::vector<WalletExpiry> by_person(Database& database, const std::vector<WalletExpiry>& expiries) {
  std::vector<WalletExpiry> sums;
  for (const WalletExpiry& expiry : expiries) {
    const CustomerRef person = canonical(database, expiry.customer);
    const auto same = std::ranges::find(sums, person, &WalletExpiry::customer);
    if (same == sums.end())
      sums.push_back({person, expiry.amount});
    else
      same->amount.minor += expiry.amount.minor;
  }
  return sums;
}

}  // namespace

Result<Done> apply(Applying& applying, const PointsExpired& expired) {
  {
    auto row = applying.database.query(put_run);
    row->bind_blob(1, view(applying.id));
    row->bind_text(2, applying.header.store);
    row->bind(3, to_days(expired.as_of));
    const bool given_up = expired.cause == ExpiryCause::withdrawal;
    given_up ? row->bind(4, expired.at.at.ms) : row->bind_null(4);
    given_up ? row->bind(5, expired.at.offset_minutes) : row->bind_null(5);
    row->step();
  }
  Ledger ledger(applying);
  for (const LotExpiry& expiry : expired.lots) {
    [[maybe_unused]] const Points taken = expire_lot(ledger, {expiry.lot, expiry.points});
    assert(taken <= expiry.points);
  }
  for (const CardExpiry& expiry : expired.cards)
    if (!applying.header.elsewhere) expire_card(ledger, expiry.card, expiry.amount, expired.as_of);
  for (const WalletExpiry& expiry : by_person(applying.database, expired.wallets))
    expire_wallet(ledger, expiry.customer, expiry.amount, expired.as_of);
  ledger.close();
  return Done{};
}

std::vector<LotExpiry> lots_due(Database& database, const loyalty::Expiry& rule, Date today,
                                std::optional<std::string_view> store) {
  if (rule.kind == loyalty::ExpiryKind::inactivity) return inactive(database, rule, today, store);
  std::vector<LotExpiry> found;
  auto row = database.query(past_day);
  row->bind(1, to_days(today));
  bind_store(*row, 2, store);
  while (row->step()) found.push_back({customer_ref(*row, 2), lot_id(*row), {row->integer(3)}});
  return found;
}

}  // namespace keepsake::records
