#include "tests/kiosk/cli/loyalty/model_recount.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"

namespace keepsake::cli::loyalty_model {
namespace {

auto spend_order(const Lot& lot) { return std::tuple(lot.last_day, lot.earned_day, lot.id); }

Int day_of(const std::optional<Date>& date) { return date ? to_days(*date) : never; }

Int tendered(const std::vector<Tender>& tenders, TenderKind kind) {
  Int sum = 0;
  for (const Tender& tender : tenders)
    if (tender.kind == kind) sum += tender.amount.minor;
  return sum;
}

std::vector<SaleLine> lines_of(const Purchase& purchase) {
  std::vector<SaleLine> lines;
  for (const PurchaseLine& line : purchase.lines) {
    Int gross = line.amount.minor;
    for (const Discount& discount : line.discounts) gross += discount.amount.minor;
    lines.push_back({line.article, line.quantity.thousandths, gross, gross, 0, false});
  }
  for (const TopUp& top_up : purchase.top_ups) lines[top_up.line].load = true;
  return lines;
}

std::vector<std::pair<LotId, Int>> told(const std::vector<LotPoints>& uses) {
  std::vector<std::pair<LotId, Int>> all;
  for (const LotPoints& use : uses) all.emplace_back(use.lot, use.points.hundredths);
  return all;
}

}  // namespace

Int Person::balance(Int day) const {
  Int sum = 0;
  for (const Lot& lot : lots)
    if (lot.last_day >= day) sum += lot.left;
  return sum;
}

void Recount::same(const FactId& id, const char* what, Int told, Int worked_out) {
  if (told != worked_out)
    differences.push_back("fact " + std::to_string(id.seq()) + ": " + what + " " +
                          std::to_string(told) + ", worked out " + std::to_string(worked_out));
}

void Recount::same_level(const FactId& id, const LoyaltyResult& told, const Level& before,
                         const Level& after) {
  same(id, "level before", told.tier_before == before.tier, true);
  if (told.tier_after.empty()) return;
  same(id, "level after", told.tier_after == after.tier, true);
  same(id, "day of the level", told.tier_since ? to_days(*told.tier_since) : 0,
       after.since.value_or(0));
}

void Recount::take(const FactId& id, const Fact& fact) {
  if (const auto* run = get_if<PointsExpired>(&fact)) return expire(*run);
  run_is_complete();
  if (const auto* purchase = get_if<Purchase>(&fact)) bought(id, *purchase);
  if (const auto* returned = get_if<Return>(&fact)) brought_back(id, *returned);
  if (const auto* event = get_if<LoyaltyEvent>(&fact)) happened(id, *event);
}

void Recount::finish() { run_is_complete(); }

std::vector<std::pair<LotId, Int>> Recount::consume(Person& person, Int points, Int day) {
  std::ranges::sort(person.lots, {}, spend_order);
  std::vector<std::pair<LotId, Int>> used;
  for (Lot& lot : person.lots) {
    const Int part = lot.last_day < day ? 0 : std::min(points, lot.left);
    if (part == 0) continue;
    lot.left -= part;
    points -= part;
    used.emplace_back(lot.id, part);
  }
  if (points > 0) differences.push_back("points were spent that were not there");
  return used;
}

/// The nearest last day first; earlier debt takes from these first.
std::vector<IssuedLot> Recount::put_lots(const FactId& id, Person& person, Int day,
                                         const std::vector<Given>& given) {
  std::map<Int, Int> by_day;
  for (const Given& each : given) by_day[each.last_day] += each.points;
  std::vector<IssuedLot> lots;
  for (auto [last_day, points] : by_day) {
    const Int settled = std::min(person.debt, points);
    person.debt -= settled;
    points -= settled;
    if (settled > 0) ++tally["debt settled by a purchase"];
    if (points == 0) continue;
    const LotId lot{id, static_cast<std::uint32_t>(lots.size())};
    person.lots.push_back({lot, day, last_day, points});
    lots.push_back({{points}, from_days(static_cast<std::int32_t>(last_day))});
  }
  if (lots.size() > 1) ++tally["several lots of one purchase"];
  return lots;
}

void Recount::count_uses(const FactId& id, Person& person, Int day, const std::vector<Given>& given,
                         const std::vector<RewardUse>& rewards) {
  const auto count = [&](const std::string& name, Int times, Int points) {
    person.uses[name].push_back({id, day, times, points});
    uses_by_all[name].push_back({id, day, times, points});
  };
  for (const Given& each : given) {
    count(each.rule, 1, each.points);
    ++tally["rule " + each.rule];
  }
  for (const RewardUse& use : rewards) {
    count(use.reward, use.steps, 0);
    if (!use.coupon.empty()) count("code:" + use.coupon, 1, 0);
    for (const std::string& code : use.vouchers) count("code:" + code, 1, 0);
    tally["reward " + use.reward] += use.steps;
  }
}

void Recount::move_value(const Purchase& purchase) {
  for (const TopUp& top_up : purchase.top_ups) {
    if (top_up.kind == StoredValue::wallet) {
      people[purchase.customer].wallet += top_up.amount.minor;
    } else {
      // What is still good keeps the later day of both; what is past its day stays past it.
      auto& money = cards[top_up.card];
      Int last = day_of(top_up.expires);
      const auto joins = [&](const CardMoney& each) {
        return each.top_up && each.left > 0 && each.last_day >= to_days(purchase.at.date());
      };
      for (const CardMoney& each : money)
        if (joins(each)) last = std::max(last, each.last_day);
      for (CardMoney& each : money)
        if (joins(each)) each.last_day = last;
      money.push_back({last, top_up.amount.minor});
    }
  }
  for (const Tender& tender : purchase.tenders)
    if (tender.kind == TenderKind::gift_card)
      pay_by_card(tender.reference, tender.amount.minor, to_days(purchase.at.date()));
}

void Recount::pay_by_card(const std::string& card, Int minor, Int day) {
  auto& money = cards[card];
  std::ranges::stable_sort(money, {}, &CardMoney::last_day);
  for (CardMoney& each : money) {
    const Int part = each.last_day < day ? 0 : std::min(minor, each.left);
    each.left -= part;
    minor -= part;
  }
  if (minor > 0) differences.push_back("a gift card paid with what was not on it");
}

void Recount::bought(const FactId& id, const Purchase& purchase) {
  move_value(purchase);
  if (purchase.customer.nobody()) return;
  ++tally["purchases"];
  Person& person = people[purchase.customer];
  const LoyaltyResult& outcome = *purchase.loyalty;
  const Int day = to_days(purchase.at.date());
  const Level before = level_on(person, day);
  Sold sold{purchase.customer, lines_of(purchase), {}, {}, {}, {}, 0, false};
  const Int paid_with_points = tendered(purchase.tenders, TenderKind::points);
  const Spent spent = spent_on(sold.lines, outcome.rewards, paid_with_points);
  Int medium_uses = 0;
  for (const Use& use : uses_by_all["medium"]) medium_uses += use.times;
  const auto given = earned_by(sold.lines, person, before.tier, day, medium_uses);

  Int points = 0, spend = 0;  // of goods, in money
  Parts nets;
  sold.earned.assign(sold.lines.size(), 0);
  for (std::size_t i = 0; i < sold.lines.size(); ++i) {
    nets.push_back(sold.lines[i].net);
    if (!sold.lines[i].load) spend += nets.back() - sold.lines[i].by_points;
    same(id, "amount of a line", purchase.lines[i].amount.minor, nets.back());
  }
  for (const Given& each : given) {
    points += each.points;
    if (each.points < each.uncut) ++tally["caps that cut"];
    add(sold.earned, each.lines.empty() ? by_weight(each.points, nets) : each.lines);
  }
  sold.spent = spent.by_line;
  sold.returned.assign(sold.lines.size(), 0);
  same(id, "points earned", purchase.points_earned.hundredths, points);
  for (std::size_t i = 0; i < sold.lines.size(); ++i) {
    same(id, "share earned", outcome.lines[i].earned.hundredths, sold.earned[i]);
    same(id, "share spent", outcome.lines[i].spent.hundredths, sold.spent[i]);
    same(id, "share paid", outcome.lines[i].net.minor, nets[i] - sold.lines[i].by_points);
  }

  auto used = consume(person, spent.on_goods + spent.on_others, day);
  same(id, "lots used", told(outcome.used) == used, true);
  Int on_goods = spent.on_goods;
  for (auto& [lot, part] : used) {
    part = std::min(part, on_goods);
    on_goods -= part;
    if (part > 0) sold.used.emplace_back(lot, part);
  }
  same(id, "lots issued", outcome.issued == put_lots(id, person, day, given), true);
  count_uses(id, person, day, given, outcome.rewards);
  issued -= points;
  redeemed += spent.on_goods + spent.on_others;
  if (before.tier != person.held.tier) ++tally["levels reviewed"];
  person.held = level_after(person, before, day, spend);
  if (before.tier != person.held.tier) ++tally["levels reached"];
  same_level(id, outcome, before, person.held);
  if (paid_with_points > 0) ++tally["points tenders"];
  person.wallet += outcome.to_wallet.minor - tendered(purchase.tenders, TenderKind::wallet);
  person.spend.emplace_back(day, spend);
  if (has_goods(sold.lines)) ++person.visits;
  person.first_day = std::min(person.first_day.value_or(day), day);
  sold_.emplace(id, std::move(sold));
}

void Recount::happened(const FactId& id, const LoyaltyEvent& event) {
  ++tally["claims without goods"];
  Person& person = people[event.customer];
  const Int day = to_days(event.at.date());
  Int cost = 0, money = 0;
  for (const RewardUse& use : event.loyalty.rewards) {
    cost += use.steps * cost_of(use.reward);
    if (use.reward == "pocket") money += use.steps * value_of(use.reward);
  }
  same(id, "points earned", event.points_earned.hundredths, 0);
  same(id, "paid out", event.loyalty.to_wallet.minor + event.loyalty.paid_out.minor, money);
  const Level before = level_on(person, day);
  person.held = level_after(person, before, day, 0);
  same_level(id, event.loyalty, before, person.held);
  same(id, "lots used", told(event.loyalty.used) == consume(person, cost, day), true);
  count_uses(id, person, day, {}, event.loyalty.rewards);
  redeemed += cost;
  person.wallet += event.loyalty.to_wallet.minor;
}

void Recount::expire(const PointsExpired& run) {
  run_day_ = to_days(run.as_of);
  for (const LotExpiry& expiry : run.lots) {
    Person& person = people[expiry.customer];
    const auto lot = std::ranges::find(person.lots, expiry.lot, &Lot::id);
    const bool due = lot != person.lots.end() && lot->last_day < *run_day_;
    if (!due || lot->left != expiry.points.hundredths) {
      differences.push_back("a lot expired that was not due, or not with so many points");
      continue;
    }
    expired += lot->left;
    const auto from = sold_.find(expiry.lot.fact);
    if (from != sold_.end()) from->second.expired += lot->left;
    lot->left = 0;
    ++tally["lots expired"];
  }
  for (const CardExpiry& expiry : run.cards) {
    Int due = 0;
    for (CardMoney& money : cards[expiry.card])
      if (money.last_day < *run_day_) due += std::exchange(money.left, 0);
    if (due != expiry.amount.minor)
      differences.push_back("a gift card expired that was not due, or not with so much on it");
    ++tally["gift cards expired"];
  }
}

void Recount::run_is_complete() {
  if (!run_day_) return;
  for (const auto& [ref, person] : people)
    for (const Lot& lot : person.lots)
      if (lot.left > 0 && lot.last_day < *run_day_)
        differences.push_back("a run of expiry left a lot that was due");
  for (const auto& [card, money] : cards)
    for (const CardMoney& each : money)
      if (each.left > 0 && each.last_day < *run_day_)
        differences.push_back("a run of expiry left a gift card that was due");
  run_day_.reset();
}

}  // namespace keepsake::cli::loyalty_model
