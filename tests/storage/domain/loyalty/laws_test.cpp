// What holds for every programme, basket and member.
#include <algorithm>
#include <rapidcheck.h>

#include "storage/domain/loyalty/return_basis.hpp"
#include "tests/storage/domain/loyalty/scene.hpp"

namespace keepsake::loyalty::test {
namespace {

std::int64_t any(std::int64_t from, std::int64_t to) {
  return *rc::gen::inRange<std::int64_t>(from, to + 1);
}

template <class E>
E one_of(std::initializer_list<E> values) {
  return *rc::gen::elementOf(std::vector<E>(values));
}

LineFilter any_lines() {
  LineFilter filter;
  if (any(0, 2) == 0) filter.articles = {"A", "B"};
  if (any(0, 3) == 0) filter.not_articles = {"C"};
  return filter;
}

EarningRule any_rule(std::size_t index) {
  EarningRule made = rule("rule" + std::to_string(index),
                          one_of({EarnKind::per_amount, EarnKind::per_item, EarnKind::per_order}),
                          {any(1, 500)}, any(1, 5000));
  made.filter.lines = any_lines();
  if (any(0, 3) == 0) made.caps.per_purchase = Points{any(1, 3000)};
  if (any(0, 2) == 0) made.group = "g";
  if (any(0, 3) == 0) made.expiry = Expiry{ExpiryKind::days, 30};
  return made;
}

Reward any_discount(std::size_t index) {
  Reward made = reward("reward" + std::to_string(index),
                       one_of({RewardKind::money_off, RewardKind::percent_off,
                               RewardKind::free_item, RewardKind::buy_x_get_y}));
  made.trigger = one_of({Trigger::automatic, Trigger::claim});
  made.scope =
      one_of({RewardScope::order, RewardScope::lines, RewardScope::cheapest, RewardScope::each});
  if (made.scope == RewardScope::each && made.kind != RewardKind::money_off)
    made.scope = RewardScope::lines;  // a programme file says it of money only
  made.minor = any(1, 3000);
  made.basis_points = static_cast<std::int32_t>(any(1, 10'000));
  made.buy = any(1, 3);
  made.get = any(1, 2);
  made.max_steps = any(1, 4);
  made.filter.lines = any_lines();
  if (made.trigger == Trigger::claim) made.cost = {any(0, 2000)};
  return made;
}

Rules any_programme() {
  Rules p = programme();
  p.redeeming.point_value_milli_minor = any(1, 20'000);
  p.earning.rounding = {static_cast<int>(any(0, 2)),
                        one_of({RoundingMode::half_up, RoundingMode::down, RoundingMode::up,
                                RoundingMode::half_even}),
                        one_of({RoundedPer::order, RoundedPer::line})};
  p.earning.groups = {{"g", one_of({Combine::sum, Combine::best, Combine::first})}};
  p.earning.tax = one_of({TaxBasis::included, TaxBasis::excluded});
  const auto rules = static_cast<std::size_t>(any(0, 5));
  for (std::size_t i = 0; i < rules; ++i) p.earning.rules.push_back(any_rule(i));
  Multiplier twice{"twice", "", any(0, 3'000'000), {}};
  twice.filter.lines = any_lines();
  p.earning.multipliers = {twice};
  if (any(0, 3) == 0) p.earning.caps.per_purchase = Points{any(1, 5000)};
  if (any(0, 1) == 0) p.pending_days = static_cast<std::int32_t>(any(1, 30));
  const auto rewards = static_cast<std::size_t>(any(0, 4));
  for (std::size_t i = 0; i < rewards; ++i) p.rewards.push_back(any_discount(i));
  return p;
}

Basket any_basket(const Rules& p) {
  Basket made = basket({});
  const auto lines = any(0, 6);
  for (std::int64_t i = 0; i < lines; ++i) {
    auto each = line(one_of({"A", "B", "C", "D"}), any(0, 5000), any(1, 5));
    if (any(0, 4) == 0) each.quantity = {any(1, 3000)};
    made.lines.push_back(each);
  }
  for (const Reward& each : p.rewards) {
    if (each.trigger == Trigger::claim) made.claims.push_back({each.id, any(1, 3), {}});
  }
  if (any(0, 1) == 0) made.tenders.push_back({TenderKind::points, any(1, 2000)});
  return made;
}

Member any_member() {
  Member made = member();
  const auto lots = any(0, 4);
  for (std::int64_t i = 0; i < lots; ++i) {
    Lot each = lot("lot" + std::to_string(i), any(0, 100));
    each.remaining.hundredths -= any(0, each.remaining.hundredths);
    if (any(0, 1) == 0)
      each.expires = from_days(to_days(saturday.date()) + static_cast<int>(any(-3, 60)));
    if (any(0, 2) == 0)
      each.spendable_from = from_days(to_days(saturday.date()) + static_cast<int>(any(-3, 30)));
    made.lots.push_back(each);
  }
  if (any(0, 3) == 0) made.debt = {any(0, 3000)};
  return made;
}

void book(Member& member, const ReturnQuote& quote) {
  const auto find = [&](const std::string& id) -> Lot& {
    return *std::ranges::find(member.lots, id, &Lot::id);
  };
  for (const LotUse& use : quote.restored)
    find(use.lot).remaining.hundredths += use.points.hundredths;
  for (const LotUse& use : quote.taken) find(use.lot).remaining.hundredths -= use.points.hundredths;
  for (const IssuedLot& fresh : quote.new_lots)
    member.lots.push_back({"back" + std::to_string(member.lots.size()), fresh.points, fresh.points,
                           saturday.date(), fresh.expires, fresh.spendable_from});
  member.debt = quote.debt_after;
}

void bounds_hold(const Member& member) {
  RC_ASSERT(member.debt.hundredths >= 0);
  for (const Lot& each : member.lots)
    RC_ASSERT(each.remaining.hundredths >= 0 && each.remaining <= each.issued);
}

std::int64_t worth_of(const Member& member) {
  return balance(member.lots, saturday.date())->hundredths - member.debt.hundredths;
}

// Every piece a line of its own, the last first.
Basket piece_by_piece(const Basket& goods) {
  Basket split = goods;
  split.lines.clear();
  for (const BasketLine& each : goods.lines) {
    BasketLine piece = each;
    piece.quantity = Quantity::pieces(1);
    split.lines.insert(split.lines.end(),
                       static_cast<std::size_t>(each.quantity.thousandths / 1000), piece);
  }
  std::ranges::reverse(split.lines);
  return split;
}

Basket any_pieces() {
  Basket made = basket({});
  const auto lines = any(1, 5);
  for (std::int64_t i = 0; i < lines; ++i)
    made.lines.push_back(line(one_of({"A", "B", "C", "D"}), any(1, 30) * any(1, 100), any(1, 4)));
  return made;
}

std::int64_t pieces_a_step(const Reward& each) {
  if (each.kind == RewardKind::buy_x_get_y) return each.buy + each.get;
  const bool one = each.kind == RewardKind::free_item || each.scope == RewardScope::cheapest;
  return one ? 1 : 0;
}

}  // namespace

TEST_CASE("laws: one piece is given away once whatever rewards meet") {
  CHECK(rc::check([] {
    Rules p = programme();
    p.rewards = {any_discount(1), any_discount(2), any_discount(3)};
    Basket goods = any_pieces();
    for (Reward& each : p.rewards) {
      each.cost = {};
      if (each.trigger == Trigger::claim) goods.claims.push_back({each.id, 1, {}});
    }
    const Quote quote = quoted(p, goods, member());
    std::int64_t used = 0;
    for (const DiscountTaken& taken : quote.discounts)
      used += taken.steps * pieces_a_step(*find_reward(p, taken.reward));
    const Basket split = piece_by_piece(goods);
    RC_ASSERT(used <= static_cast<std::int64_t>(split.lines.size()));
    const Quote apart = quoted(p, split, member());
    RC_ASSERT(apart.total == quote.total);
    std::ranges::reverse(p.rewards);
    std::ranges::reverse(goods.claims);
    RC_ASSERT(quoted(p, goods, member()).total == quote.total);
    RC_ASSERT(quoted(p, split, member()).total == quote.total);
  }));
}

TEST_CASE("laws: points are conserved and money and points split without a rest") {
  CHECK(rc::check([] {
    const Rules p = any_programme();
    const Basket goods = any_basket(p);
    const Member buyer = any_member();
    const Quote quote = quoted(p, goods, buyer);  // checks every sum
    const Member later = after(buyer, quote, saturday);
    bounds_hold(later);
    RC_ASSERT(worth_of(later) ==
              worth_of(buyer) - quote.points_spent.hundredths + quote.points_earned.hundredths);
    RC_ASSERT(quote.balance_after == *balance(later.lots, saturday.date()));
    RC_ASSERT(quote.pending_after == pending_of(later.lots, saturday.date()));
    for (const DiscountTaken& taken : quote.discounts) {
      std::int64_t sum = 0;
      for (const MoneyOnLine& part : taken.lines) sum += part.amount.minor;
      RC_ASSERT(sum == taken.amount.minor);
    }
    RC_ASSERT(quote == quoted(p, goods, buyer));
  }));
}

TEST_CASE("laws: held or not, the points are the same, and time alone only frees them") {
  CHECK(rc::check([] {
    Rules p = any_programme();
    const Basket goods = any_basket(p);
    const Member buyer = any_member();
    p.pending_days = 0;
    const Quote at_once = quoted(p, goods, buyer);
    p.pending_days = static_cast<std::int32_t>(any(1, 40));
    const Quote held = quoted(p, goods, buyer);
    RC_ASSERT(held.points_earned == at_once.points_earned);
    RC_ASSERT(held.points_spent == at_once.points_spent);
    RC_ASSERT(held.balance_after == at_once.balance_after);
    Member later = after(buyer, held, saturday);
    for (Lot& each : later.lots) each.expires.reset();
    const std::int64_t all = balance(later.lots, saturday.date())->hundredths;
    std::int64_t before = 0;
    for (std::int32_t days = 0; days <= 45; ++days) {
      const Date today = from_days(to_days(saturday.date()) + days);
      const std::int64_t now = spendable(later.lots, today)->hundredths;
      RC_ASSERT(now >= before);
      RC_ASSERT(now + pending_of(later.lots, today).points.hundredths == all);
      before = now;
    }
    RC_ASSERT(before == all);
  }));
}

TEST_CASE("laws: returning everything in any parts is as if never bought") {
  CHECK(rc::check([] {
    const Rules p = any_programme();
    Basket goods = any_basket(p);
    RC_PRE(!goods.lines.empty());
    const Member buyer = any_member();
    const Quote quote = quoted(p, goods, buyer);
    Member now = after(buyer, quote, saturday);
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < quote.new_lots.size(); ++i)
      ids.push_back("new" + std::to_string(buyer.lots.size() + i));
    const auto ledger = ledger_of(quote, goods, buyer, ids);
    RC_ASSERT(ledger.ok());
    std::vector<LineQuantity> before;
    std::int64_t money = 0;
    for (std::size_t i = 0; i < goods.lines.size(); ++i) {
      const std::int64_t all = goods.lines[i].quantity.thousandths;
      const std::int64_t first = any(0, all);
      for (const std::int64_t part : {first, all - first}) {
        if (part == 0) continue;
        const auto back = quote_return(p, *ledger, before, {{i, {part}}}, now, saturday);
        RC_ASSERT(back.ok());
        money += back->amount.minor;
        before.push_back({i, {part}});
        book(now, *back);
        bounds_hold(now);
        RC_ASSERT(back->balance_after == *balance(now.lots, saturday.date()));
        RC_ASSERT(back->pending_after == pending_of(now.lots, saturday.date()));
      }
    }
    RC_ASSERT(worth_of(now) == worth_of(buyer));
    RC_ASSERT(money == quote.total.minor - quote.paid_with_points.minor);
  }));
}

TEST_CASE("laws: the order of lines changes no total where rules look at lines one by one") {
  CHECK(rc::check([] {
    Rules p = any_programme();
    p.rewards.clear();
    for (EarningRule& each : p.earning.rules) each.caps = {};
    Basket goods = any_basket(p);
    goods.tenders.clear();
    const Quote one = quoted(p, goods, member());
    std::ranges::reverse(goods.lines);
    const Quote other = quoted(p, goods, member());
    RC_ASSERT(one.points_earned == other.points_earned);
    RC_ASSERT(one.total == other.total);
    RC_ASSERT(one.new_lots == other.new_lots);
  }));
}

}  // namespace keepsake::loyalty::test
