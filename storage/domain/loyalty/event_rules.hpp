#pragma once
// Whether the event that an event rule rewards happens today.

#include <optional>

#include "storage/domain/loyalty/basket.hpp"
#include "storage/domain/loyalty/earning.hpp"
#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/loyalty/rules.hpp"

namespace keepsake::loyalty {

struct DaySpan {
  Date first;
  Date last;
};

/// The birthday window of the rule that `today` lies in; 29 February is kept on the month's last
/// day.
std::optional<DaySpan> birthday_window(const EarningRule& rule, Date birthday, Date today);

/// Somebody earns when a member brings another today: joining asks who did.
bool rewards_referral(const Rules& rules, Date today);

bool happens(const EarningRule& rule, const Basket& basket, const Member& member, Date today);

}  // namespace keepsake::loyalty
