#include "storage/records/customers/obligations.hpp"

#include <algorithm>

#include "storage/records/core/columns.hpp"
#include "storage/records/core/people.hpp"

namespace keepsake::records {

namespace {

// Kinds of accounts: storage/records/value/account_kind.hpp.
constexpr Sql good_points{"obligations.points",
                          "SELECT 1 FROM lot WHERE customer = $1 AND remaining > 0"
                          " AND (expires_day IS NULL OR expires_day >= $2) LIMIT 1"};
// The wallet is good for ever where some of its money is.
constexpr Sql wallet{"obligations.wallet",
                     "SELECT coalesce(sum(remaining_minor), 0), CASE WHEN count(*) ="
                     " count(expires_day) THEN max(expires_day) END"
                     " FROM value_lot WHERE kind = 11 AND owner = $1"};
constexpr Sql debt{"obligations.debt",
                   "SELECT amount FROM account WHERE unit = 'points' AND kind = 6 AND owner = $1"};
constexpr Sql cover{"obligations.cover",
                    "SELECT max(end_day) FROM warranty WHERE customer = $1"
                    " AND voided_by IS NULL"};
constexpr Sql traded{"obligations.traded",
                     "SELECT max(day) FROM (SELECT max(day) AS day FROM purchase"
                     " WHERE customer = $1 UNION ALL SELECT max(day) FROM goods_return"
                     " WHERE customer = $1)"};
constexpr Sql kept_of{"obligations.kept",
                      "SELECT reason, until_day FROM customer_restriction WHERE customer = $1"
                      " ORDER BY reason"};

/// nullopt is before every day.
void keep_later(std::optional<Date>& day, std::optional<Date> other) {
  if (other && (!day || *day < *other)) day = other;
}

void add_reference(Database& database, const CustomerRef& ref, Date today, Obligations& sum) {
  const auto ask = [&](const Sql& sql) {
    auto row = database.query(sql);
    row->bind_blob(1, view(ref.bytes));
    return row;
  };
  if (const auto row = ask(good_points)) {
    row->bind(2, to_days(today));
    sum.points_good = row->step() || sum.points_good;
  }
  if (const auto row = ask(wallet); row->step() && row->integer(0) != 0) {
    const auto end = day_at(*row, 1);
    if (sum.wallet_minor == 0)
      sum.wallet_end = end;
    else if (!end)
      sum.wallet_end.reset();
    else if (sum.wallet_end)
      sum.wallet_end = std::max(*sum.wallet_end, *end);
    sum.wallet_minor += row->integer(0);
  }
  if (const auto row = ask(debt); row->step()) sum.debt.hundredths -= row->integer(0);
  if (const auto row = ask(cover); row->step()) keep_later(sum.cover_end, day_at(*row, 0));
  if (const auto row = ask(traded); row->step()) keep_later(sum.last_traded, day_at(*row, 0));
}

}  // namespace

Obligations obligations_of(Database& database, const CustomerRef& kept, Date today) {
  Obligations sum;
  for (const CustomerRef& each : references_of(database, kept))
    add_reference(database, each, today, sum);
  return sum;
}

std::vector<Restriction> restrictions_of(Database& database, const CustomerRef& customer) {
  std::vector<Restriction> found;
  auto row = database.query(kept_of);
  row->bind_blob(1, view(customer.bytes));
  while (row->step()) found.push_back({static_cast<KeptFor>(row->integer(0)), day_at(*row, 1)});
  return found;
}

}  // namespace keepsake::records
