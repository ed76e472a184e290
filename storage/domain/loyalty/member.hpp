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
  bool operator==(const Use&) const = default;
};
/// By rule id, reward id, or "code:" + coupon code.
using Uses = std::map<std::string, Use, std::less<>>;

struct Member {
  bool known = false;  ///< false: nobody; earns and redeems nothing
  std::vector<Lot> lots;
  Points debt;  ///< >= 0; later points settle it
  std::int64_t wallet_minor = 0;
  WalletState wallet_state = WalletState::active;
  std::optional<Date> wallet_until = {};  ///< the last day it can be spent
  std::string tier;                       ///< level id, or ""
  std::optional<Date> tier_since;
  WindowFigures window;               ///< over the programme's tier window, this purchase excluded
  std::int64_t visits = 0;            ///< purchases ever, this one excluded
  std::optional<Date> last_activity;  ///< last earning or spending
  std::optional<Date> birthday;       ///< the year is not used
  std::vector<std::string> segments;
  Points earned_today;  ///< over all rules
  Uses uses;            ///< of this member
  Uses uses_by_all;     ///< of everybody, as far as this terminal knows
  bool operator==(const Member&) const = default;
};

}  // namespace keepsake::loyalty
