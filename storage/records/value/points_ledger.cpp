#include "storage/records/value/points_ledger.hpp"

#include <algorithm>
#include <cassert>

#include "storage/records/core/people.hpp"
#include "storage/records/value/lots.hpp"
#include "storage/records/value/settlements.hpp"

namespace keepsake::records {

namespace {

/// What these lots lack of what is taken from them.
Points take_named(Ledger& ledger, const CustomerRef& customer, const std::vector<LotPoints>& uses) {
  Points lacking;
  for (const LotPoints& use : uses)
    lacking.hundredths += use.points.hundredths - take_from_lot(ledger, customer, use).hundredths;
  assert(lacking.hundredths >= 0);  // no lot gives more than it is asked for
  return lacking;
}

/// The programme loses it, where the fact has happened.
Result<Points> told_short(Ledger& ledger, const CustomerRef& customer, Points lacking) {
  if (lacking.hundredths == 0) return lacking;
  auto ok = ledger.applying().contradict(
      "points.short", to_decimal(lacking) + " of the points are no longer available",
      "Look the customer up again and use the points that are left.");
  if (!ok) return ok.error();
  note_lacking(ledger, "points.short", Account::customer, view(customer.bytes), lacking);
  return lacking;
}

/// Old debt that is settled, at most what is owed; what the fact names beyond that is the
/// programme's gain.
Result<Done> settle_debt(Ledger& ledger, const CustomerRef& customer, Points points) {
  if (points.hundredths == 0) return Done{};
  const Points owed = debt(ledger.applying().database, customer);
  const Points part = std::min(owed, points);
  assert(part <= points);
  ledger.post(Account::debt, view(customer.bytes), part);
  if (part == points) return Done{};
  ledger.post(Account::losses, view(customer.bytes), Points{points.hundredths - part.hundredths});
  return ledger.applying().contradict("points.debt", "More points owed are settled than there are",
                                      "Look the customer up again.");
}

}  // namespace

void post_earned(Ledger& ledger, const CustomerRef& customer, Points points, Date day) {
  if (points.hundredths == 0) return;
  issue_lots(ledger, customer, {{points, std::nullopt}}, day);
  ledger.post(Account::issued, view(customer.bytes), Points{-points.hundredths});
}

void post_reversed(Ledger& ledger, const CustomerRef& customer, Points points) {
  const Points taken = take_from_any(ledger, customer, points);
  const std::int64_t lost = points.hundredths - taken.hundredths;
  assert(lost >= 0);
  ledger.post(Account::losses, view(customer.bytes), Points{-lost});
  ledger.post(Account::issued, view(customer.bytes), points);
  if (lost == 0) return;
  ledger.applying().note("points.shortfall", "The return took back " + to_decimal(points) +
                                                 " points, of which the customer still had " +
                                                 to_decimal(taken));
  note_lacking(ledger, "points.shortfall", Account::customer, view(customer.bytes), Points{lost});
}

Result<Done> post_outcome(Ledger& ledger, const CustomerRef& customer, const LoyaltyResult& outcome,
                          Points earned, Date day) {
  Points missing = take_named(ledger, customer, outcome.used);
  // Two tills without a line begin with the same lot: who has points in others is not given these.
  if (ledger.applying().contradiction == Contradiction::note && missing.hundredths > 0)
    missing.hundredths -= take_from_any(ledger, customer, missing).hundredths;
  const auto lacking = told_short(ledger, customer, missing);
  if (!lacking) return lacking.error();
  ledger.post(Account::losses, view(customer.bytes), Points{-lacking->hundredths});
  ledger.post(Account::redeemed, view(customer.bytes), spent_by(outcome));
  if (auto ok = settle_debt(ledger, customer, outcome.debt_settled); !ok) return ok;
  issue_lots(ledger, customer, outcome.issued, day);
  ledger.post(Account::issued, view(customer.bytes), Points{-earned.hundredths});
  return Done{};
}

Result<Done> post_outcome(Ledger& ledger, const CustomerRef& customer, const ReturnResult& outcome,
                          Points reversed, Date day, std::span<const FactId> purchases) {
  // Back into the lots first: what is taken may come out of the same ones.
  std::int64_t no_room = 0;
  for (const LotPoints& use : outcome.restored)
    no_room += use.points.hundredths - put_back(ledger, customer, use).hundredths;
  assert(no_room >= 0);
  no_room -= undo_shortfalls(ledger, customer, purchases, {no_room}).hundredths;
  issue_lots(ledger, customer, outcome.issued, day);
  const auto lacking = told_short(ledger, customer, take_named(ledger, customer, outcome.taken));
  if (!lacking) return lacking.error();
  ledger.post(Account::losses, view(customer.bytes), Points{no_room - lacking->hundredths});
  ledger.post(Account::redeemed, view(customer.bytes), Points{-outcome.given_back.hundredths});
  ledger.post(Account::expired, view(customer.bytes), Points{-outcome.expired.hundredths});
  ledger.post(Account::issued, view(customer.bytes), reversed);
  ledger.post(Account::debt, view(customer.bytes), Points{-outcome.debt_added.hundredths});
  if (auto ok = settle_debt(ledger, customer, outcome.debt_settled); !ok) return ok;
  if (no_room == 0) return Done{};
  return ledger.applying().contradict("points.restored",
                                      "More points are given back than were spent",
                                      "Look the purchase up again.");
}

Points balance(Database& database, const CustomerRef& customer) {
  return points_in(database, Account::customer, view(canonical(database, customer).bytes));
}

Points debt(Database& database, const CustomerRef& customer) {
  return {
      -points_in(database, Account::debt, view(canonical(database, customer).bytes)).hundredths};
}

}  // namespace keepsake::records
