// Which discounts a basket gets where several could apply.
#include "storage/domain/loyalty/discounts.hpp"

#include <algorithm>
#include <rapidcheck.h>

#include "tests/storage/domain/loyalty/scene.hpp"

namespace keepsake::loyalty::test {
namespace {

Reward percent(std::string id, std::int32_t basis_points) {
  Reward made = reward(std::move(id), RewardKind::percent_off);
  made.trigger = Trigger::automatic;
  made.basis_points = basis_points;
  made.best_of = "sale";
  return made;
}

Reward money(std::string id, std::int64_t minor) {
  Reward made = reward(std::move(id), RewardKind::money_off);
  made.trigger = Trigger::automatic;
  made.minor = minor;
  made.max_steps = 1;
  made.best_of = "sale";
  return made;
}

Quote with(std::vector<Reward> rewards, const Basket& goods, const Member& buyer = member()) {
  Rules p = basic();
  p.rewards = std::move(rewards);
  const Quote quote = quoted(p, goods, buyer);
  std::ranges::reverse(p.rewards);
  CHECK(quoted(p, goods, buyer).total == quote.total);
  return quote;
}

std::string taken(const Quote& quote) {
  std::string ids;
  for (const DiscountTaken& each : quote.discounts)
    ids.append(ids.empty() ? "" : " ").append(each.reward);
  return ids;
}

}  // namespace

TEST_CASE("discounts: of a group the best for the customer applies alone") {
  const Reward tenth = percent("tenth", 1000), fifty = money("fifty", 5000);
  CHECK(taken(with({tenth, fifty}, basket({line("A", 40'000)}))) == "fifty");
  CHECK(taken(with({tenth, fifty}, basket({line("A", 60'000)}))) == "tenth");
  const Quote quote = with({tenth, fifty}, basket({line("A", 60'000)}));
  CHECK(quote.total == kr(54'000));
  REQUIRE(quote.not_applied.size() == 1);
  CHECK(quote.not_applied[0].asked == "fifty");
  CHECK(sentence(quote.not_applied[0].why) == "tenth is better for the customer than fifty");
  // Others come on top, and what they take off is counted: the set leaves 300, of which a tenth
  // is 30.
  Reward half = percent("half", 5000);
  half.best_of = "";
  half.scope = RewardScope::lines;
  CHECK(taken(with({tenth, fifty, half}, basket({line("A", 60'000)}))) == "half fifty");
}

TEST_CASE("discounts: equally good is the one that costs fewer points, then the first by id") {
  Reward a = money("a", 1000), b = money("b", 1000);
  CHECK(taken(with({b, a}, basket({line("A", 5000)}))) == "a");
  a.trigger = Trigger::claim;
  a.cost = pts(10);
  auto goods = basket({line("A", 5000)});
  goods.claims = {{"a", 1, {}}};
  const Quote quote = with({a, b}, goods, member({lot("l", 100)}));
  CHECK(taken(quote) == "b");
  CHECK(quote.points_spent == pts(0));
  REQUIRE(quote.refused.size() == 1);
  CHECK(quote.refused[0].why.code == "refuse.better");
}

TEST_CASE("discounts: one of a group that does not apply beats nothing and says why itself") {
  Reward gold = percent("gold", 9000);
  gold.filter.order.tiers = {"gold"};
  const Quote quote = with({gold, money("five", 500)}, basket({line("A", 5000)}));
  CHECK(taken(quote) == "five");
  REQUIRE(quote.not_applied.size() == 1);
  CHECK(quote.not_applied[0].why.code == "refuse.not-now");
  gold.best_of = "other";
  CHECK(taken(with({gold}, basket({line("A", 5000)}))).empty());
}

TEST_CASE("discounts: one that the better leaves nothing for gives way to it all the same") {
  Reward cheap = reward("cheap", RewardKind::set_price), dear = cheap;
  cheap.trigger = dear.trigger = Trigger::automatic;
  cheap.best_of = dear.best_of = "sale";
  cheap.parts = dear.parts = {{{}, 2}};
  cheap.minor = 1000;
  dear.minor = 1500;
  dear.id = "dear";
  const Quote quote = with({cheap, dear}, basket({line("A", 1000, 2)}));
  CHECK(taken(quote) == "cheap");
  REQUIRE(quote.not_applied.size() == 1);
  CHECK(quote.not_applied[0].why.code == "refuse.better");
}

TEST_CASE("discounts: two groups choose one after the other") {
  Reward x = percent("x", 1000), y = money("y", 600);
  Reward v = percent("v", 2000), w = money("w", 1500);
  x.best_of = y.best_of = "a";
  v.best_of = w.best_of = "b";
  // Of 100.00 x takes 10.00 and y 6.00: x. Of the 90.00 then v takes 18.00 and w 15.00: v.
  const Quote quote = with({x, y, v, w}, basket({line("A", 10'000)}));
  CHECK(quote.total == kr(7200));
}

TEST_CASE("discounts: the best is never dearer than any other of its group") {
  CHECK(rc::check([] {
    const auto any = [](std::int64_t from, std::int64_t to) {
      return *rc::gen::inRange<std::int64_t>(from, to + 1);
    };
    std::vector<Reward> group;
    for (const char* id : {"a", "b", "c"}) {
      Reward each = any(0, 1) == 0 ? percent(id, static_cast<std::int32_t>(any(1, 10'000)))
                                   : money(id, any(1, 3000));
      if (any(0, 1) == 0) each.scope = RewardScope::cheapest;
      group.push_back(each);
    }
    Reward plain = money("plain", any(1, 2000));
    plain.best_of = "";
    const auto goods = basket({line("A", any(1, 3000), any(1, 4)), line("B", any(1, 3000))});
    auto all = group;
    all.push_back(plain);
    const Quote best = with(all, goods);
    for (const Reward& each : group) {
      RC_ASSERT(best.total.minor <= with({each, plain}, goods).total.minor);
    }
  }));
}

TEST_CASE("discounts: a minimum of the whole order opens a discount on some goods") {
  Reward tea = percent("tea", 5000);
  tea.scope = RewardScope::lines;
  tea.filter.lines.articles = {"TEA"};
  tea.minimum.minor = 50'000;
  auto goods = basket({line("TEA", 2000), line("POT", 48'000)});
  CHECK(with({tea}, goods).discount == kr(0));
  tea.minimum.of = MinimumOf::order;
  CHECK(with({tea}, goods).discount == kr(1000));
  goods.lines[1].unit_price = UnitPrice::from_minor(47'999);
  const Quote short_of = with({tea}, goods);
  CHECK(short_of.discount == kr(0));
  CHECK(sentence(short_of.not_applied[0].why) ==
        "tea needs at least 500.00; what counts towards it makes 499.99");
  // Money paid in is no purchase.
  goods.lines[1] = line("CARD", 100'000);
  goods.lines[1].labels = {"gift-card"};
  CHECK(with({tea}, goods).discount == kr(0));
  tea.minimum = {0, TaxBasis::included, Quantity::pieces(3), MinimumOf::order};
  CHECK(with({tea}, basket({line("TEA", 2000), line("POT", 100)})).discount == kr(0));
  CHECK(with({tea}, basket({line("TEA", 2000), line("POT", 100, 2)})).discount == kr(1000));
}

TEST_CASE("discounts: a share is rounded as the programme says") {
  Rules p = basic();
  Reward tenth = percent("tenth", 1000);
  tenth.best_of = "";
  p.rewards = {tenth};
  const auto off = [&](std::int64_t price, DiscountRounding rounding) {
    p.discount_rounding = rounding;
    return quoted(p, basket({line("A", price)}), member()).discount;
  };
  CHECK(off(12'345, {}) == kr(1235));  // 12.345
  CHECK(off(12'345, {1, RoundingMode::down}) == kr(1234));
  CHECK(off(12'345, {100, RoundingMode::down}) == kr(1200));
  CHECK(off(12'345, {100, RoundingMode::up}) == kr(1300));
  CHECK(off(12'345, {5, RoundingMode::half_up}) == kr(1235));
  CHECK(off(12'345, {500, RoundingMode::half_up}) == kr(1000));  // 12.345 is nearer to 10
  CHECK(off(12'500, {500, RoundingMode::half_even}) == kr(1000));
  CHECK(off(40, {100, RoundingMode::up}) == kr(40));  // never more than there is
}

TEST_CASE("discounts: each says whether what it takes off earns") {
  Rules p = basic();
  Reward tenth = percent("tenth", 1000), five = money("five", 5000);
  tenth.best_of = five.best_of = "";
  p.rewards = {tenth, five};
  const auto goods = basket({line("A", 50'000)});
  // 500 less 50 less 50: 400 earn 40.
  CHECK(earned(p, goods) == pts(40));
  p.rewards[0].lowers_earning = Counts::no;
  CHECK(earned(p, goods) == pts(45));
  p.rewards[1].lowers_earning = Counts::no;
  CHECK(earned(p, goods) == pts(50));
  p.earning.discounted = Counts::yes;
  p.rewards[1].lowers_earning = Counts::yes;
  CHECK(earned(p, goods) == pts(45));
  p.rewards[0].lowers_earning.reset();
  p.rewards[1].lowers_earning.reset();
  CHECK(earned(p, goods) == pts(50));
}

TEST_CASE("discounts: as many steps as points pay") {
  Reward step = money("step", 100);
  step.best_of = "";
  step.trigger = Trigger::claim;
  step.cost = pts(3);
  step.max_steps.reset();
  auto goods = basket({line("A", 10'000)});
  goods.claims = {{"step", Claim::most, {}}};
  CHECK(with({step}, goods, member({lot("l", 10)})).points_spent == pts(9));
  CHECK(with({step}, basket({line("A", 150)}), member({lot("l", 10)})).discount == kr(0));
  auto small = basket({line("A", 150)});
  small.claims = goods.claims;
  CHECK(with({step}, small, member({lot("l", 10)})).points_spent == pts(6));
  CHECK(with({step}, goods, member({lot("l", 2)})).refused[0].why.code == "refuse.points-short");
  step.per_customer = 2;
  CHECK(with({step}, goods, member({lot("l", 10)})).points_spent == pts(6));
  Reward mug = reward("step", RewardKind::gift);
  mug.article = "MUG";
  CHECK(with({mug}, goods).issued[0].steps == 1);
  mug.cost = pts(4);
  CHECK(with({mug}, goods, member({lot("l", 10)})).issued[0].steps == 2);
}

TEST_CASE("discounts: what is counted for all together counts without a member, too") {
  Rules rules = basic();
  Reward coffee = reward("coffee", RewardKind::money_off);
  coffee.trigger = Trigger::automatic;
  coffee.minor = 1000;
  coffee.max_steps = 1;
  coffee.per_day = 2;
  rules.rewards = {coffee};
  const Basket cup = basket({line("CUP", 3000)});
  Member anybody;
  CHECK(quoted(rules, cup, anybody).total == kr(2000));
  anybody.uses_by_all["coffee"] = {2, {}, {}, saturday.date(), 2};
  const Quote gone = quoted(rules, cup, anybody);
  CHECK(gone.total == kr(3000));
  CHECK(gone.not_applied.front().why.code == "refuse.per-day");
  anybody.uses_by_all["coffee"].last_on = day("2026-11-20");  // a new day
  CHECK(quoted(rules, cup, anybody).total == kr(2000));
  anybody.counted = Counted::not_yet;
  CHECK(quoted(rules, cup, anybody).total == kr(3000));
  // Stock over all, likewise; what is limited for each member needs one.
  rules.rewards[0].per_day.reset();
  rules.rewards[0].stock = 2;
  anybody.counted = Counted::yes;
  CHECK(quoted(rules, cup, anybody).total == kr(3000));
  rules.rewards[0].stock = 3;
  CHECK(quoted(rules, cup, anybody).total == kr(2000));
  rules.rewards[0].per_customer = 1;
  CHECK(quoted(rules, cup, anybody).not_applied.front().why.code == "refuse.no-member");
}

TEST_CASE("discounts: a code that is good once is good for anybody, one for each member is not") {
  Rules rules = basic();
  Reward off = reward("off", RewardKind::money_off);
  off.trigger = Trigger::code;
  off.minor = 1000;
  off.codes = {{"ONCE", 1, 1}, {"EACH", std::nullopt, 1}, {"ALL", 100, std::nullopt}};
  rules.rewards = {off};
  Basket bought = basket({line("CUP", 3000)});
  const auto total = [&](const char* code) {
    bought.codes = {code};
    return quoted(rules, bought, Member{}).total;
  };
  CHECK(total("ONCE") == kr(2000));
  CHECK(total("ALL") == kr(2000));
  CHECK(total("EACH") == kr(3000));
  Member anybody;
  anybody.uses_by_all["code:ONCE"].times = 1;
  bought.codes = {"ONCE"};
  CHECK(quoted(rules, bought, anybody).refused.front().why.code == "refuse.code-used");
}

}  // namespace keepsake::loyalty::test
