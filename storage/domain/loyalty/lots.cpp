#include "storage/domain/loyalty/lots.hpp"

#include <algorithm>
#include <tuple>

namespace keepsake::loyalty {
namespace {

Date end_of_month(Date date) { return date.year() / date.month() / std::chrono::last; }

auto spend_key(const Lot& lot) {
  return std::tuple(!lot.expires.has_value(), lot.expires.value_or(Date{}), lot.earned_on,
                    std::string_view(lot.id));
}

bool out_of_bounds(const Lot& lot) {
  return lot.remaining.hundredths < 0 || lot.remaining > lot.issued;
}

}  // namespace

std::optional<Date> expires(const Expiry& expiry, Date earned) {
  switch (expiry.kind) {
    case ExpiryKind::never:
    case ExpiryKind::inactivity:
      return std::nullopt;
    case ExpiryKind::days:
      return from_days(to_days(earned) + expiry.count);
    case ExpiryKind::months:
      return add_months(earned, expiry.count);
    case ExpiryKind::end_of_month:
      return end_of_month(add_months(earned, expiry.count));
    case ExpiryKind::end_of_year:
      return (earned.year() + std::chrono::years(expiry.count)) / std::chrono::December / 31;
  }
  return std::nullopt;
}

std::optional<Date> last_day(const Lot& lot, const Expiry& expiry,
                             std::optional<Date> last_activity) {
  if (expiry.kind != ExpiryKind::inactivity) return lot.expires;
  // A lot is an activity of its own day.
  const Date active = std::max(last_activity.value_or(lot.earned_on), lot.earned_on);
  const Date moving = add_months(active, expiry.count);
  return lot.expires ? std::min(*lot.expires, moving) : moving;
}

std::vector<Lot> with_last_days(std::vector<Lot> lots, const Expiry& expiry,
                                std::optional<Date> last_activity) {
  for (Lot& lot : lots) lot.expires = last_day(lot, expiry, last_activity);
  return lots;
}

bool expired(const Lot& lot, Date today) { return lot.expires && *lot.expires < today; }

bool pending(const Lot& lot, Date today) {
  return lot.spendable_from && *lot.spendable_from > today;
}

Result<Points> balance(std::span<const Lot> lots, Date today) {
  Result<Points> sum = Points{};
  for (const Lot& lot : lots) {
    if (out_of_bounds(lot))
      return Error{Failure::corrupt, "lot.bounds",
                   "Remaining points must lie between 0 and the points issued", "lot " + lot.id,
                   "Verify the data"};
    if (expired(lot, today)) continue;
    sum = add(*sum, lot.remaining);
    if (!sum) return sum;
  }
  return sum;
}

Pending pending_of(std::span<const Lot> lots, Date today) {
  Pending sum;
  for (const Lot& lot : lots) {
    if (!pending(lot, today) || expired(lot, today) || lot.remaining.hundredths <= 0) continue;
    sum.points.hundredths += lot.remaining.hundredths;
    sum.until = std::max(sum.until.value_or(*lot.spendable_from), *lot.spendable_from);
  }
  return sum;
}

Result<Points> spendable(std::span<const Lot> lots, Date today) {
  const auto all = balance(lots, today);
  if (!all) return all;
  return Points{all->hundredths - pending_of(lots, today).points.hundredths};
}

Result<std::vector<LotUse>> consume(std::vector<Lot>& lots, Points points, Date today,
                                    LotChoice choice) {
  const auto available = choice == LotChoice::all ? balance(lots, today) : spendable(lots, today);
  if (!available) return available.error();
  if (points.hundredths < 0 || points > *available)
    return Error{Failure::refused, "points.short", "Not enough points", "",
                 "Use at most " + to_decimal(*available)};
  std::vector<Lot*> order;
  for (Lot& lot : lots) {
    if (choice == LotChoice::spendable && pending(lot, today)) continue;
    if (!expired(lot, today) && lot.remaining.hundredths > 0) order.push_back(&lot);
  }
  std::ranges::sort(order, {}, [](const Lot* lot) { return spend_key(*lot); });
  std::vector<LotUse> uses;
  for (Lot* lot : order) {
    if (points.hundredths == 0) break;
    const Points part = std::min(points, lot->remaining);
    lot->remaining.hundredths -= part.hundredths;
    points.hundredths -= part.hundredths;
    uses.push_back({lot->id, part});
  }
  return uses;
}

std::vector<LotUse> expired_lots(std::span<const Lot> lots, const Expiry& expiry,
                                 std::optional<Date> last_activity, Date today) {
  std::vector<LotUse> uses;
  for (const Lot& lot : lots) {
    const auto last = last_day(lot, expiry, last_activity);
    if (last && *last < today && lot.remaining.hundredths > 0)
      uses.push_back({lot.id, lot.remaining});
  }
  return uses;
}

}  // namespace keepsake::loyalty
