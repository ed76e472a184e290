#include "storage/domain/loyalty/overview.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace keepsake::loyalty {
namespace {

std::vector<Lot> lots_of(const Rules& programme, const Member& member) {
  return with_last_days(member.lots, programme.expiry, member.last_activity);
}

std::vector<Lapsing> lapsing(const std::vector<Lot>& lots, Date today) {
  std::map<std::int64_t, Points> by_day;  // the last key: never
  constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
  for (const Lot& lot : lots) {
    if (lot.remaining.hundredths <= 0 || expired(lot, today)) continue;
    by_day[lot.expires ? to_days(*lot.expires) : never].hundredths += lot.remaining.hundredths;
  }
  std::vector<Lapsing> found;
  found.reserve(by_day.size());
  for (const auto& [day, points] : by_day)
    found.push_back(
        {day == never ? std::nullopt : std::optional(from_days(static_cast<std::int32_t>(day))),
         points});
  return found;
}

Points sum_of(const std::vector<Lapsing>& lapsing) {
  Points sum;
  for (const Lapsing& each : lapsing) sum.hundredths += each.points.hundredths;
  return sum;
}

const TierLevel* level(const Tiers& tiers, std::string_view id) {
  const auto found = std::ranges::find(tiers.levels, id, &TierLevel::id);
  return found == tiers.levels.end() ? nullptr : &*found;
}

std::optional<TierStanding> tier(const Tiers& tiers, const Member& member, Date today) {
  if (tiers.levels.empty()) return std::nullopt;
  TierStanding standing;
  standing.basis = tiers.basis;
  const TierLevel* now = level(tiers, member.tier);
  if (now != nullptr) standing.level = now->id;
  standing.given = member.given;
  const std::int64_t reached = figure(tiers.basis, member.window);
  const auto ahead = progress(tiers, member.tier, reached, today);
  if (!ahead) {
    standing.per_mille = 1000;
    return standing;
  }
  const TierLevel& next = *level(tiers, ahead->next);
  standing.next = next.id;
  standing.missing = ahead->missing;
  // A tier that is kept although its figure is no longer reached counts from its own threshold.
  const std::int64_t from = now == nullptr ? 0 : std::min(now->threshold, reached);
  const std::int64_t way = next.threshold - from;
  standing.per_mille = way <= 0 ? 0 : static_cast<std::int32_t>((reached - from) * 1000 / way);
  standing.by = ahead->until;
  return standing;
}

/// Days and segments; the hour and the weekday only say when today.
bool offered(const Reward& reward, const Member& member, Date today) {
  if (reward.trigger != Trigger::claim) return false;
  const OrderFilter& order = reward.filter.order;
  if (order.from && today < *order.from) return false;
  if (order.until && today > *order.until) return false;
  if (order.segments.empty()) return true;
  return std::ranges::any_of(order.segments, [&](const std::string& each) {
    return std::ranges::find(member.segments, each) != member.segments.end();
  });
}

std::int64_t times(const Uses& uses, std::string_view id) {
  const auto found = uses.find(id);
  return found == uses.end() ? 0 : found->second.times;
}

std::optional<std::int64_t> left_of(const Reward& reward, const Member& member) {
  std::optional<std::int64_t> left = reward.stock;
  if (reward.kind == RewardKind::voucher) {
    const auto codes = static_cast<std::int64_t>(reward.pool.size());
    left = std::min(left.value_or(codes), codes);
  }
  if (left) *left = std::max<std::int64_t>(0, *left - times(member.uses_by_all, reward.id));
  return left;
}

RewardInReach in_reach(const Reward& reward, const Member& member, Points balance) {
  RewardInReach view{reward.id, reward.kind, reward.cost, Reach::now, {}, {}, {}, {}};
  view.left = left_of(reward, member);
  view.until = reward.filter.order.until;
  view.tiers = reward.filter.order.tiers;
  const bool fits =
      view.tiers.empty() || std::ranges::find(view.tiers, member.tier) != view.tiers.end();
  if (view.left && *view.left == 0) {
    view.reach = Reach::gone;
  } else if (reward.per_customer && times(member.uses, reward.id) >= *reward.per_customer) {
    view.reach = Reach::used_up;
  } else if (!fits) {
    view.reach = Reach::another_tier;
  } else if (reward.cost > balance) {
    view.reach = Reach::points_missing;
    view.missing = {reward.cost.hundredths - balance.hundredths};
  }
  return view;
}

}  // namespace

Points balance(const Rules& programme, const Member& member, Date today) {
  return sum_of(lapsing(lots_of(programme, member), today));
}

Pending pending(const Rules& programme, const Member& member, Date today) {
  return pending_of(lots_of(programme, member), today);
}

Overview overview(const Rules& programme, const Member& member, LocalTime at) {
  const Date today = at.date();
  Overview view;
  const std::vector<Lot> lots = lots_of(programme, member);
  view.lapsing = lapsing(lots, today);
  view.balance = sum_of(view.lapsing);
  view.pending = pending_of(lots, today);
  view.debt = member.debt;
  view.wallet_minor = member.wallet_minor;
  view.wallet_state = member.wallet_state;
  view.wallet_until = member.wallet_until;
  view.tier = tier(programme.tiers, member, today);
  for (const Reward& each : programme.rewards)
    if (offered(each, member, today))
      view.rewards.push_back(in_reach(each, member, view.spendable()));
  std::ranges::stable_sort(view.rewards, {}, [](const RewardInReach& each) {
    return std::tuple(each.reach, each.missing, each.cost);
  });
  return view;
}

}  // namespace keepsake::loyalty
