#include "storage/domain/loyalty/event_rules.hpp"

#include <algorithm>

namespace keepsake::loyalty {
namespace {

// Once in each window, however many visits fall into it.
bool birthday_due(const EarningRule& rule, const Member& member, Date today) {
  if (!member.birthday) return false;
  const auto window = birthday_window(rule, *member.birthday, today);
  if (!window) return false;
  const auto use = member.uses.find(rule.id);
  if (use == member.uses.end() || !use->second.last_on) return true;
  return *use->second.last_on < window->first || *use->second.last_on > window->last;
}

}  // namespace

std::optional<DaySpan> birthday_window(const EarningRule& rule, Date birthday, Date today) {
  for (const int years : {-1, 0, 1}) {
    const auto year = today.year() + std::chrono::years(years);
    Date day = year / birthday.month() / birthday.day();
    if (!day.ok()) day = year / birthday.month() / std::chrono::last;
    const DaySpan window{from_days(to_days(day) - rule.days_before),
                         from_days(to_days(day) + rule.days_after)};
    if (window.first <= today && today <= window.last) return window;
  }
  return std::nullopt;
}

bool rewards_referral(const Rules& rules, Date today) {
  return std::ranges::any_of(rules.earning.rules, [&](const EarningRule& rule) {
    const auto& order = rule.filter.order;
    const bool now =
        (!order.from || *order.from <= today) && (!order.until || today <= *order.until);
    return now && (rule.event == Event::referred || rule.event == Event::referrer);
  });
}

bool happens(const EarningRule& rule, const Basket& basket, const Member& member, Date today) {
  const bool buying = has_goods(basket);
  switch (rule.event) {
    case Event::none:
      return false;
    case Event::first_purchase:
      return buying && member.visits == 0;
    case Event::nth_visit:
      return buying && rule.every_nth_visit > 0 && (member.visits + 1) % rule.every_nth_visit == 0;
    case Event::birthday:
      return birthday_due(rule, member, today);
    case Event::enrolled:
    case Event::referred:
    case Event::referrer:
    case Event::survey:
    case Event::warranty_registered:
      return std::ranges::find(basket.events, rule.event) != basket.events.end();
  }
  return false;
}

}  // namespace keepsake::loyalty
