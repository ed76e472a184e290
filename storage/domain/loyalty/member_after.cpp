#include "storage/domain/loyalty/member_after.hpp"

#include <algorithm>

namespace keepsake::loyalty {
namespace {

void count(Member& member, const std::string& name, std::int64_t times, Points points, Date day) {
  for (Uses* uses : {&member.uses, &member.uses_by_all}) {
    Use& use = (*uses)[name];
    use.times += times;
    use.points.hundredths += points.hundredths;
    use.points_today.hundredths += points.hundredths;
    use.last_on = day;
  }
}

void count_reward(Member& member, const std::string& reward, std::int64_t steps, Points cost,
                  Date day) {
  Use& by_all = member.uses_by_all[reward];
  by_all.times_today = by_all.last_on == day ? by_all.times_today + steps : steps;
  count(member, reward, steps, cost, day);
}

void count_uses(const Quote& quote, Date day, Member& member) {
  for (const RuleEarned& rule : quote.earned) count(member, rule.rule, 1, rule.points, day);
  for (const DiscountTaken& taken : quote.discounts) {
    count_reward(member, taken.reward, taken.steps, taken.cost, day);
    if (!taken.code.empty()) count(member, "code:" + taken.code, 1, {}, day);
  }
  for (const RewardIssued& issued : quote.issued) {
    count_reward(member, issued.reward, issued.steps, issued.cost, day);
    if (!issued.code.empty()) count(member, "code:" + issued.code, 1, {}, day);
    for (const std::string& code : issued.codes) count(member, "code:" + code, 1, {}, day);
    if (const auto list = member.next_codes.find(issued.reward); list != member.next_codes.end())
      std::erase_if(list->second, [&](const std::string& code) {
        return std::ranges::find(issued.codes, code) != issued.codes.end();
      });
  }
}

void count_visit(const Basket& basket, const Quote& quote, Member& member) {
  for (std::size_t i = 0; i < quote.lines.size(); ++i)
    if (!is_load(basket.lines[i]))
      member.window.spend_minor += quote.lines[i].net.minor - quote.lines[i].by_points.minor;
  member.window.points_hundredths += quote.points_earned.hundredths;
  if (!has_goods(basket)) return;
  ++member.visits;
  ++member.window.visits;
}

void move_lots(const Quote& quote, Date day, Member& member) {
  for (const LotUse& use : quote.lots_used) {
    const auto lot = std::ranges::find(member.lots, use.lot, &Lot::id);
    if (lot != member.lots.end()) lot->remaining.hundredths -= use.points.hundredths;
  }
  const auto names = new_lot_names(member, quote);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const IssuedLot& fresh = quote.new_lots[i];
    member.lots.push_back(
        {names[i], fresh.points, fresh.points, day, fresh.expires, fresh.spendable_from});
  }
}

void move_wallet(const Basket& basket, const Quote& quote, Member& member) {
  member.wallet_minor -= quote.paid_from_wallet.minor;
  for (const RewardIssued& issued : quote.issued)
    if (issued.kind == RewardKind::cash_out) member.wallet_minor += issued.value.minor;
  for (std::size_t i = 0; i < quote.lines.size(); ++i)
    if (std::ranges::find(basket.lines[i].labels, wallet_label) != basket.lines[i].labels.end())
      member.wallet_minor += quote.lines[i].gross.minor;
}

}  // namespace

std::vector<std::string> new_lot_names(const Member& member, const Quote& quote) {
  std::vector<std::string> names;
  for (std::size_t n = 1; names.size() < quote.new_lots.size(); ++n) {
    std::string name = "new-" + std::to_string(n);
    if (std::ranges::find(member.lots, name, &Lot::id) == member.lots.end())
      names.push_back(std::move(name));
  }
  return names;
}

Member member_after(const Rules& programme, const Basket& basket, const Member& member,
                    const Quote& quote, LocalTime at) {
  if (!member.known) return member;
  Member next = member;
  const Date today = at.date();
  move_lots(quote, today, next);
  next.debt = quote.debt_after;
  move_wallet(basket, quote, next);
  count_visit(basket, quote, next);
  count_uses(quote, today, next);
  next.earned_today.hundredths += quote.points_earned.hundredths;
  next.last_activity = today;
  if (programme.tiers.levels.empty()) return next;
  if (quote.tier_after != member.tier) {
    next.tier = quote.tier_after;
    next.tier_since = today;
    next.given.reset();
  } else if (next.given && quote.earned_after != next.given->earned) {
    next.given->earned = quote.earned_after;
    next.given->earned_since = today;
  }
  return next;
}

}  // namespace keepsake::loyalty
