#pragma once
// Points that were earned together and expire together, and the order in which they are spent.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/domain/values/points.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake::loyalty {

struct Lot {
  std::string id;
  Points issued;
  Points remaining;  ///< 0 <= remaining <= issued
  Date earned_on{};
  std::optional<Date> expires;              ///< the last day it can be spent; none: never
  std::optional<Date> spendable_from = {};  ///< pending before that day; none: never pending
  bool operator==(const Lot&) const = default;
};

/// Lots are named by text here, for a quote is also made of a ledger written by hand (`keepsake
/// quote`), whose lots are of no fact. In facts it is a LotPoints; lot_points() gives them.
struct LotUse {
  std::string lot;
  Points points;  ///< > 0
  bool operator==(const LotUse&) const = default;
};

enum class ExpiryKind { never, days, months, end_of_month, end_of_year, inactivity };

/// When points expire. `count`: days; months; whole months (years) to pass before the end of month
/// (year), 0 being the current one; months without activity.
struct Expiry {
  ExpiryKind kind = ExpiryKind::never;
  std::int32_t count = 0;
  bool operator==(const Expiry&) const = default;
};

/// The last day of points earned on `earned`. None for never, and for inactivity, whose day moves:
/// see `last_day`.
std::optional<Date> expires(const Expiry& expiry, Date earned);

/// The last day of a lot, the programme's inactivity rule included.
std::optional<Date> last_day(const Lot& lot, const Expiry& expiry,
                             std::optional<Date> last_activity);

/// The lots, each with that day as its own: where points live by activity, what stands in a lot says
/// nothing of it.
std::vector<Lot> with_last_days(std::vector<Lot> lots, const Expiry& expiry,
                                std::optional<Date> last_activity);

bool expired(const Lot& lot, Date today);  ///< by its own `expires`
bool pending(const Lot& lot, Date today);  ///< its first day is still to come

/// All that has not expired, pending points included. Failure::limit "points.overflow",
/// Failure::corrupt "lot.bounds".
Result<Points> balance(std::span<const Lot> lots, Date today);

/// The part of a balance that cannot be spent yet.
struct Pending {
  Points points;
  std::optional<Date> until;  ///< from that day on all of them can be spent; none without points
  bool operator==(const Pending&) const = default;
};

/// Of lots whose balance there is: what is left of those that are pending and have not expired.
Pending pending_of(std::span<const Lot> lots, Date today);

/// The balance less what is pending. Failure as balance().
Result<Points> spendable(std::span<const Lot> lots, Date today);

/// Spending leaves pending points alone; a debt, a return and a correction take them, too.
enum class LotChoice { spendable, all };

/// Takes: nearest expiry first, then oldest, then by id; never-expiring last; expired ones never.
/// `lots` are debited. Failure::refused "points.short" when they do not suffice: nothing is
/// debited.
Result<std::vector<LotUse>> consume(std::vector<Lot>& lots, Points points, Date today,
                                    LotChoice choice = LotChoice::spendable);

/// Lots past their last day on `today` with what expires, for a run of expiry. Idempotent: once
/// debited nothing remains of them.
std::vector<LotUse> expired_lots(std::span<const Lot> lots, const Expiry& expiry,
                                 std::optional<Date> last_activity, Date today);

}  // namespace keepsake::loyalty
