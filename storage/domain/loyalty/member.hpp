#pragma once
// What the rules know of a customer. Nothing personal but the birthday's month and day.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/loyalty/tiers.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake::loyalty {

/// How often a rule, reward or code was used and what it gave.
struct Use {
  std::int64_t times = 0;
  Points points;        ///< all that the rule has given
  Points points_today;  ///< on the local day of the quote
  std::optional<Date> last_on;
  std::int64_t times_today = 0;  ///< steps of a reward on that day
  bool operator==(const Use&) const = default;
};
/// Whether `Member::uses_by_all` and what lists have left are known: a till reads them when a sale
/// of nobody begins.
enum class Counted { yes, not_yet };
/// By rule id, reward id, or "code:" + coupon code.
using Uses = std::map<std::string, Use, std::less<>>;

/// A level that stands above the earned one, because a manager gave it.
struct GivenLevel {
  std::string earned;  ///< the level beneath it, which it never lowers; "": none
  std::optional<Date> earned_since;
  std::optional<Date> until;  ///< the last day of the given one; none: no end is set
  bool operator==(const GivenLevel&) const = default;
};

struct Member {
  bool known = false;  ///< false: nobody; earns and redeems nothing
  std::vector<Lot> lots;
  Points debt;  ///< >= 0; later points settle it
  std::int64_t wallet_minor = 0;
  WalletState wallet_state = WalletState::active;
  std::optional<Date> wallet_until = {};  ///< the last day it can be spent
  std::string tier;                       ///< level id, or ""; the given one where that is higher
  std::optional<Date> tier_since;
  std::optional<GivenLevel> given = {};  ///< set where `tier` was given
  WindowFigures window;               ///< over the programme's tier window, this purchase excluded
  std::int64_t visits = 0;            ///< purchases ever, this one excluded
  std::optional<Date> last_activity;  ///< last earning or spending
  std::optional<Date> birthday;       ///< the year is not used
  std::vector<std::string> segments;
  Points earned_today;  ///< over all rules
  Uses uses;            ///< of this member
  Uses uses_by_all;     ///< of everybody, as far as this terminal knows
  /// By reward: the next codes to hand out of its list, at most limits::codes_at_once. No entry: no
  /// list was brought in at this till.
  std::map<std::string, std::vector<std::string>, std::less<>> next_codes = {};
  Counted counted = Counted::yes;
  const std::string& earned_tier() const { return given ? given->earned : tier; }
  std::optional<Date> earned_since() const { return given ? given->earned_since : tier_since; }
  bool operator==(const Member&) const = default;
};

}  // namespace keepsake::loyalty
