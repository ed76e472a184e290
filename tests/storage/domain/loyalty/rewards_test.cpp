#include <algorithm>
#include <map>
#include <string>

#include "storage/domain/values/limits.hpp"
#include "tests/storage/domain/loyalty/scene.hpp"

namespace keepsake::loyalty::test {
namespace {

Reward automatic(std::string id, RewardKind kind) {
  Reward made = reward(std::move(id), kind);
  made.trigger = Trigger::automatic;
  made.max_steps = 1;
  return made;
}

Reward money_off(std::int64_t minor) {
  Reward made = automatic("off", RewardKind::money_off);
  made.minor = minor;
  return made;
}

Reward percent_off(std::int32_t basis_points) {
  Reward made = automatic("percent", RewardKind::percent_off);
  made.basis_points = basis_points;
  return made;
}

Quote with(Reward each, const Basket& basket, const Member& buyer = member()) {
  Rules p = basic();
  p.rewards = {std::move(each)};
  return quoted(p, basket, buyer);
}

std::string refusal(const Quote& quote) {
  return quote.refused.empty() ? "" : std::string(quote.refused.front().why.code);
}

}  // namespace

TEST_CASE("rewards: money off the order goes to the lines by largest remainder") {
  const auto goods = basket({line("A", 1000), line("B", 1000), line("C", 1000)});
  const Quote quote = with(money_off(1000), goods);
  CHECK(quote.total == kr(2000));
  CHECK(quote.lines[0].discount == kr(334));
  CHECK(quote.lines[1].discount == kr(333));
  CHECK(quote.lines[2].discount == kr(333));
  CHECK(with(money_off(5000), goods).total == kr(0));
}

TEST_CASE("rewards: percent off is rounded once and capped") {
  const auto goods = basket({line("A", 333), line("B", 333), line("C", 333)});
  CHECK(with(percent_off(1000), goods).discount == kr(100));  // 99.9
  Reward capped = percent_off(5000);
  capped.most_minor = 123;
  CHECK(with(capped, goods).discount == kr(123));
  Reward lines = percent_off(5000);
  lines.scope = RewardScope::lines;
  lines.filter.lines.articles = {"B"};
  const Quote quote = with(lines, goods);
  CHECK(quote.lines[1].discount == kr(167));  // half up
  CHECK(quote.discount == kr(167));
  Reward cheapest = percent_off(10'000);
  cheapest.scope = RewardScope::cheapest;
  CHECK(with(cheapest, basket({line("A", 900), line("B", 200, 3)})).discount == kr(200));
  Reward off_cheapest = money_off(500);
  off_cheapest.scope = RewardScope::cheapest;
  CHECK(with(off_cheapest, basket({line("A", 900), line("B", 200, 3)})).discount == kr(200));
}

TEST_CASE("rewards: a free product and buy some get some") {
  Reward free_cup = reward("cup", RewardKind::free_item);
  free_cup.article = "CUP";
  free_cup.cost = pts(50);
  const Member rich = member({lot("l", 120)});
  auto goods = basket({line("CUP", 800, 3), line("A", 5000)});
  goods.claims = {{"cup", 2, {}}};
  Quote quote = with(free_cup, goods, rich);
  CHECK(quote.discount == kr(1600));
  CHECK(quote.points_spent == pts(100));
  goods.claims = {{"cup", 3, {}}};
  CHECK(refusal(with(free_cup, goods, rich)) == "refuse.points-short");
  auto none = basket({line("A", 5000)});
  none.claims = {{"cup", 1, {}}};
  CHECK(refusal(with(free_cup, none, rich)) == "refuse.nothing-fits");

  Reward three = automatic("3for2", RewardKind::buy_x_get_y);
  three.buy = 2;
  three.get = 1;
  three.basis_points = 10'000;
  three.max_steps.reset();
  const struct {
    std::int64_t pieces, discount;
  } cases[] = {{2, 0}, {3, 100}, {5, 100}, {6, 200}, {7, 200}};
  for (const auto& c : cases)
    CHECK(with(three, basket({line("A", 100, c.pieces)})).discount == kr(c.discount));
  // The cheapest of six are free.
  quote = with(three, basket({line("A", 1000, 3), line("B", 300, 1), line("C", 500, 2)}));
  CHECK(quote.lines[1].discount == kr(300));
  CHECK(quote.lines[2].discount == kr(500));
  three.basis_points = 5000;
  CHECK(with(three, basket({line("A", 101, 3)})).discount == kr(51));
}

TEST_CASE("rewards: a piece is used by one reward once") {
  Reward set = automatic("set", RewardKind::buy_x_get_y);
  set.buy = 2;
  set.get = 1;
  set.basis_points = 10'000;
  Reward again = set;
  again.id = "again";
  Reward half = percent_off(5000);
  half.scope = RewardScope::cheapest;
  Reward half_too = half;
  half_too.id = "half too";
  Reward one_free = automatic("free", RewardKind::free_item);
  Reward five = money_off(500);
  five.scope = RewardScope::cheapest;
  Reward tenth = percent_off(1000);
  const struct {
    const char* what;
    std::vector<Reward> rewards;
    std::vector<BasketLine> lines;
    std::int64_t total;
  } cases[] = {
      {"two sets over one set's pieces", {set, again}, {line("A", 1000, 3)}, 2000},
      {"on two lines", {set, again}, {line("A", 1000), line("A", 1000, 2)}, 2000},
      {"two sets over two sets' pieces", {set, again}, {line("A", 1000, 6)}, 4000},
      {"the second set gives the next cheapest",
       {set, again},
       {line("A", 6000), line("B", 5000), line("C", 4000), line("D", 3000), line("E", 2000),
        line("F", 1000)},
       18'000},
      {"two cheapest at half", {half, half_too}, {line("A", 1000), line("B", 2000)}, 1500},
      {"two cheapest on one piece", {half, half_too}, {line("A", 1000)}, 500},
      {"cheapest by percent and by money", {five, half}, {line("A", 1000), line("B", 2000)}, 2000},
      {"set and free item", {one_free, set}, {line("A", 1000, 3)}, 2000},
      {"set, free item and a piece for it", {one_free, set}, {line("A", 1000, 4)}, 2000},
      {"set and cheapest", {half, set}, {line("A", 1000, 3)}, 2000},
      {"free item and cheapest", {half, one_free}, {line("A", 1000, 2)}, 500},
      {"what is left of all is cut by percent", {tenth, set}, {line("A", 1000, 3)}, 1800},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    Rules p = basic();
    p.rewards = c.rewards;
    CHECK(quoted(p, basket(c.lines), member()).total == kr(c.total));
    std::ranges::reverse(p.rewards);
    CHECK(quoted(p, basket(c.lines), member()).total == kr(c.total));
  }
}

TEST_CASE("rewards: a claim that names lines takes off those alone") {
  Reward half = reward("half", RewardKind::percent_off);
  half.basis_points = 5000;
  half.scope = RewardScope::lines;
  half.cost = pts(10);
  const Member rich = member({lot("l", 100)});
  auto goods = basket({line("A", 1000), line("B", 600), line("C", 400)});
  goods.claims = {{"half", 1, {1, 2}}};
  Quote quote = with(half, goods, rich);
  CHECK(quote.lines[0].discount == kr(0));
  CHECK(quote.lines[1].discount == kr(300));
  CHECK(quote.lines[2].discount == kr(200));
  CHECK(quote.points_spent == pts(10));
  // Named lines must still be such as the reward is for.
  half.filter.lines.articles = {"B"};
  quote = with(half, goods, rich);
  CHECK(quote.lines[1].discount == kr(300));
  CHECK(quote.lines[2].discount == kr(0));
  goods.claims = {{"half", 1, {0}}};
  CHECK(refusal(with(half, goods, rich)) == "refuse.nothing-fits");
}

TEST_CASE("rewards: what a code brings without goods names the code") {
  Reward gift = reward("mug", RewardKind::gift);
  gift.trigger = Trigger::code;
  gift.article = "MUG";
  gift.codes = {{"ONCE", 1, std::nullopt}};
  auto goods = basket({line("A", 1000)});
  goods.codes = {"ONCE"};
  Member buyer = member();
  const Quote quote = with(gift, goods, buyer);
  REQUIRE(quote.issued.size() == 1);
  CHECK(quote.issued[0].code == "ONCE");
  buyer.uses_by_all["code:ONCE"].times = 1;
  CHECK(refusal(with(gift, goods, buyer)) == "refuse.code-used");
}

TEST_CASE("rewards: a claim is made in steps") {
  Reward step = reward("step", RewardKind::money_off);
  step.cost = pts(3);
  step.minor = 100;
  CHECK(affordable_steps(step, pts(10)) == 3);
  CHECK(affordable_steps(step, pts(2)) == 0);
  const Member ten = member({lot("l", 10)});
  auto goods = basket({line("A", 1000)});
  goods.claims = {{"step", 3, {}}};
  Quote quote = with(step, goods, ten);
  CHECK(quote.points_spent == pts(9));
  CHECK(quote.discount == kr(300));
  goods.claims = {{"step", 4, {}}};
  CHECK(refusal(with(step, goods, ten)) == "refuse.points-short");
  // Steps beyond what there is to pay are not taken.
  auto small = basket({line("A", 150)});
  small.claims = {{"step", 3, {}}};
  quote = with(step, small, ten);
  CHECK(quote.points_spent == pts(6));
  CHECK(quote.total == kr(0));
}

TEST_CASE("rewards: coupons by code once and often and for each customer") {
  Reward coupon = percent_off(1000);
  coupon.trigger = Trigger::code;
  coupon.codes = {{"ONCE", 1, 1}, {"MANY", std::nullopt, 2}};
  coupon.filter.order.until = day("2026-11-21");
  auto goods = basket({line("A", 1000)});
  goods.codes = {"ONCE"};
  CHECK(with(coupon, goods).discount == kr(100));
  Member used = member();
  used.uses_by_all["code:ONCE"].times = 1;
  CHECK(refusal(with(coupon, goods, used)) == "refuse.code-used");
  goods.codes = {"MANY"};
  used.uses["code:MANY"].times = 1;
  used.uses_by_all["code:MANY"].times = 1000;
  CHECK(with(coupon, goods, used).discount == kr(100));
  used.uses["code:MANY"].times = 2;
  CHECK(refusal(with(coupon, goods, used)) == "refuse.code-used");
  goods.codes = {"NONE"};
  CHECK(refusal(with(coupon, goods)) == "refuse.unknown-code");
  goods.codes = {"ONCE", "MANY"};
  CHECK(refusal(with(coupon, goods)) == "refuse.repeated");
  // What is counted for each member needs one; what is counted for all does not.
  CHECK(refusal(with(coupon, goods, Member{})) == "refuse.repeated");
  goods.codes = {"MANY"};
  CHECK(refusal(with(coupon, goods, Member{})) == "refuse.no-member");
  goods.codes = {"ONCE"};
  CHECK(with(coupon, goods, Member{}).discount == kr(100));
  goods.codes = {"ALWAYS"};
  coupon.codes.push_back({"ALWAYS", std::nullopt, std::nullopt});
  CHECK(with(coupon, goods, Member{}).discount == kr(100));
  coupon.stock = 5;
  CHECK(with(coupon, goods, Member{}).discount == kr(100));
  Member anybody;
  anybody.uses_by_all[coupon.id].times = 5;
  CHECK(refusal(with(coupon, goods, anybody)) == "refuse.stock");
  coupon.stock.reset();
  goods.codes = {"ONCE"};
  coupon.filter.order.until = day("2026-11-20");
  CHECK(refusal(with(coupon, goods)) == "refuse.not-now");
}

TEST_CASE("rewards: several codes of one reward where it says how many") {
  Reward coupon = percent_off(1000);
  coupon.trigger = Trigger::code;
  coupon.codes = {{"ONE", 1, 1}, {"TWO", 1, 1}, {"THREE", 1, 1}};
  coupon.max_steps = 2;
  auto goods = basket({line("A", 1000)});
  goods.codes = {"ONE", "TWO"};
  const Quote both = with(coupon, goods);
  CHECK(both.discount == kr(190));
  REQUIRE(both.discounts.size() == 2);
  CHECK(both.discounts[1].code == "TWO");
  goods.codes = {"ONE", "TWO", "THREE"};
  CHECK(refusal(with(coupon, goods)) == "refuse.repeated");
  goods.codes = {"ONE", "one"};
  CHECK(refusal(with(coupon, goods)) == "refuse.repeated");
  coupon.stock = 1;
  goods.codes = {"ONE", "TWO"};
  CHECK(refusal(with(coupon, goods)) == "refuse.stock");
}

TEST_CASE("rewards: capitals and blanks of a code do not matter") {
  Reward coupon = percent_off(1000);
  coupon.trigger = Trigger::code;
  coupon.codes = {{"New Home", std::nullopt, std::nullopt}};
  auto goods = basket({line("A", 1000)});
  for (const char* typed : {"New Home", " new home ", "NEWHOME", "new\u00A0home"}) {
    goods.codes = {typed};
    const Quote quote = with(coupon, goods);
    REQUIRE(quote.discounts.size() == 1);
    CHECK(quote.discounts[0].code == "New Home");
  }
  goods.codes = {"NEWHOMES"};
  CHECK(refusal(with(coupon, goods)) == "refuse.unknown-code");
}

TEST_CASE("rewards: once in each day or month or year") {
  Reward five = automatic("five", RewardKind::money_off);
  five.minor = 500;
  const auto goods = basket({line("A", 1000)});
  Member buyer = member();
  const struct {
    Period period;
    const char* last;
    std::int64_t discount;
  } cases[] = {{Period::day, "2026-11-21", 0},     {Period::day, "2026-11-20", 500},
               {Period::month, "2026-11-01", 0},   {Period::month, "2026-10-31", 500},
               {Period::month, "2025-11-21", 500}, {Period::year, "2026-01-01", 0},
               {Period::year, "2025-12-31", 500}};
  for (const auto& c : cases) {
    CAPTURE(c.last);
    five.once_per = c.period;
    buyer.uses["five"] = {1, {}, {}, day(c.last)};
    CHECK(with(five, goods, buyer).discount == kr(c.discount));
  }
  buyer.uses.clear();
  five.max_steps.reset();
  CHECK(with(five, goods, buyer).discount == kr(500));
  CHECK(with(five, goods, Member{}).discount == kr(0));
  five.trigger = Trigger::claim;
  auto twice = goods;
  twice.claims = {{"five", 2, {}}};
  CHECK(refusal(with(five, twice, buyer)) == "refuse.steps");
}

TEST_CASE("rewards: money off each piece that fits") {
  Reward off = money_off(150);
  off.scope = RewardScope::each;
  off.filter.lines.not_brands = {"Acme"};
  auto kettle = line("K", 1000, 3);
  kettle.brand = "Acme";
  auto cheese = line("CHEESE", 20'000);
  cheese.sold_by = SoldBy::weight;
  cheese.quantity = {742};
  const auto goods = basket({line("A", 1000, 3), line("B", 100, 2), kettle, cheese});
  const Quote quote = with(off, goods);
  CHECK(quote.lines[0].discount == kr(450));
  CHECK(quote.lines[1].discount == kr(200));  // never below zero
  CHECK(quote.lines[2].discount == kr(0));
  CHECK(quote.lines[3].discount == kr(111));  // 0.742 kg
}

TEST_CASE("quote: each rule and reward that did not apply says why") {
  Rules p = basic();
  auto night = rule("night", EarnKind::per_order, pts(5));
  night.filter.order.hours = Hours{60, 120};
  auto big = rule("big", EarnKind::per_order, pts(5));
  big.minimum.minor = 5000;
  auto phones = rule("phones", EarnKind::per_item, pts(5));
  phones.filter.lines.categories = {"Phones"};
  auto cards = rule("cards", EarnKind::per_order, pts(5));
  cards.filter.order.tenders = {TenderKind::card};
  auto small = rule("small", EarnKind::per_amount, pts(1), 100'000);
  auto first = rule("first", EarnKind::per_order, pts(5));
  auto beaten = rule("beaten", EarnKind::per_order, pts(1));
  first.group = beaten.group = "g";
  p.earning.groups = {{"g", Combine::best}};
  for (auto& each :
       {night, big, phones, cards, small, first, beaten, event_rule("poll", Event::survey, pts(5))})
    p.earning.rules.push_back(each);
  Reward claimed = reward("claimed", RewardKind::money_off);
  Reward coupon = reward("coupon", RewardKind::money_off);
  coupon.trigger = Trigger::code;
  Reward gold = money_off(100);
  gold.id = "gold";
  gold.filter.order.tiers = {"gold"};
  Reward gone = money_off(100);
  gone.id = "gone";
  gone.stock = 1;
  p.rewards = {claimed, coupon, gold, gone};
  Member buyer = member();
  buyer.uses_by_all["gone"].times = 1;
  const Quote quote = quoted(p, basket({line("A", 1000)}), buyer);
  std::map<std::string, std::string> why;
  for (const Refusal& each : quote.not_applied) {
    CHECK(why.emplace(each.asked, each.why.code).second);
    CHECK(sentence(each.why).find('{') == std::string::npos);
  }
  CHECK(why == std::map<std::string, std::string>{{"night", "refuse.not-now"},
                                                  {"big", "refuse.minimum"},
                                                  {"phones", "refuse.nothing-fits"},
                                                  {"cards", "skip.tender"},
                                                  {"small", "skip.too-little"},
                                                  {"beaten", "skip.group"},
                                                  {"poll", "skip.no-event"},
                                                  {"claimed", "skip.not-claimed"},
                                                  {"coupon", "skip.no-code"},
                                                  {"gold", "refuse.not-now"},
                                                  {"gone", "refuse.stock"}});
  CHECK(quote.refused.empty());
}

TEST_CASE("rewards: cash and gifts and donations and vouchers") {
  const Member rich = member({lot("l", 1000)});
  auto none = basket({});
  none.claims = {{"r", 2, {}}};
  for (const RewardKind kind : {RewardKind::cash_out, RewardKind::donation, RewardKind::gift}) {
    Reward each = reward("r", kind);
    each.cost = pts(100);
    each.minor = 1000;
    each.article = "MUG";
    const Quote quote = with(each, none, rich);
    REQUIRE(quote.issued.size() == 1);
    CHECK(quote.issued[0].kind == kind);
    CHECK(quote.issued[0].value == kr(2000));
    CHECK(quote.balance_after == pts(800));
  }
  Reward voucher = reward("r", RewardKind::voucher);
  voucher.cost = pts(100);
  voucher.pool = {"V1", "V2", "V3"};
  CHECK(with(voucher, none, rich).issued[0].codes == std::vector<std::string>{"V1", "V2"});
  Member late = rich;
  late.uses_by_all["r"].times = 1;
  CHECK(with(voucher, none, late).issued[0].codes == std::vector<std::string>{"V2", "V3"});
  late.uses_by_all["r"].times = 2;
  CHECK(refusal(with(voucher, none, late)) == "refuse.stock");
  CHECK(refusal(with(voucher, none, Member{})) == "refuse.no-member");
}

TEST_CASE("rewards: stock and tier and minimum and times decide") {
  const Member rich = member({lot("l", 1000)});
  auto goods = basket({line("A", 1000)});
  goods.claims = {{"r", 2, {}}};
  Reward plain = reward("r", RewardKind::money_off);
  plain.minor = 100;
  plain.cost = pts(10);
  CHECK(with(plain, goods, rich).discount == kr(200));
  Reward each = plain;
  each.stock = 1;
  CHECK(refusal(with(each, goods, rich)) == "refuse.stock");
  each = plain;
  each.filter.order.tiers = {"gold"};
  CHECK(refusal(with(each, goods, rich)) == "refuse.not-now");
  each = plain;
  each.minimum.minor = 1001;
  CHECK(refusal(with(each, goods, rich)) == "refuse.minimum");
  each = plain;
  each.minimum.quantity = Quantity::pieces(2);
  CHECK(refusal(with(each, goods, rich)) == "refuse.minimum-quantity");
  each = plain;
  each.max_steps = 1;
  CHECK(refusal(with(each, goods, rich)) == "refuse.steps");
  each = plain;
  each.per_customer = 3;
  Member twice = rich;
  twice.uses["r"].times = 2;
  CHECK(refusal(with(each, goods, twice)) == "refuse.used");
  each = plain;
  each.trigger = Trigger::automatic;
  each.cost = {};
  CHECK(refusal(with(each, goods, rich)) == "refuse.not-claimable");
}

TEST_CASE("rewards: discounts stack in the stated order") {
  Rules p = basic();
  Reward line_half = percent_off(5000);
  line_half.id = "half";
  line_half.scope = RewardScope::lines;
  line_half.filter.lines.articles = {"A"};
  p.rewards = {money_off(1000), percent_off(1000), line_half};
  const auto goods = basket({line("A", 10'000), line("B", 5000)});
  Quote quote = quoted(p, goods, member());
  // 100 half is 50; with 50 that is 100, less 10 % is 90, less 10 is 80.
  CHECK(quote.total == kr(8000));
  CHECK(quote.discounts[0].reward == "half");
  CHECK(quote.discounts[2].reward == "off");
  p.discount_order = {DiscountStage::order_money, DiscountStage::order_percent,
                      DiscountStage::items, DiscountStage::lines};
  quote = quoted(p, goods, member());
  // 150 less 10 is 140, less 10 % is 126; of it A has 84, less half is 42.
  CHECK(quote.total == kr(8400));
  p.discount_order = usual_order;
  p.rewards[0].standing = Standing::alone;
  quote = quoted(p, goods, member());
  CHECK(quote.discounts.size() == 2);
  CHECK(quote.total == kr(9000));
}

TEST_CASE("rewards: paying with points has a value and a least and a most") {
  Rules p = basic();
  p.redeeming = {10'000, pts(50), 5000};
  const Member rich = member({lot("a", 100, "2026-12-31"), lot("b", 1000)});
  auto goods = basket({line("A", 10'000)});
  goods.tenders = {{TenderKind::points, 2000}, {TenderKind::cash, 9000}};
  Quote quote = quoted(p, goods, rich);
  CHECK(quote.points_spent == pts(200));
  CHECK(quote.lots_used == std::vector<LotUse>{{"a", pts(100)}, {"b", pts(100)}});
  CHECK(quote.due == kr(-1000));
  goods.tenders = {{TenderKind::points, 255}};
  CHECK(refusal(quoted(p, goods, rich)) == "refuse.points-smallest");
  goods.tenders = {{TenderKind::points, 555}};
  CHECK(quoted(p, goods, rich).points_spent == pts(56));  // up to whole points
  goods.tenders = {{TenderKind::points, 5001}};
  CHECK(refusal(quoted(p, goods, rich)) == "refuse.points-most");
  goods.tenders = {{TenderKind::points, 2000}};
  CHECK(refusal(quoted(p, goods, member({lot("a", 199)}))) == "refuse.points-short");
  CHECK(quoted(p, goods, member({lot("a", 199)})).due == kr(10'000));
  goods.tenders = {{TenderKind::wallet, 2000}};
  CHECK(refusal(quoted(p, goods, rich)) == "refuse.wallet-short");
}

TEST_CASE("rewards: only cash gives change") {
  Member rich = member({lot("a", 5000)});
  rich.wallet_minor = 100'000;
  auto goods = basket({line("A", 4000)});
  for (const TenderKind kind :
       {TenderKind::gift_card, TenderKind::card, TenderKind::wallet, TenderKind::points}) {
    goods.tenders = {{kind, 5000}};
    const Quote quote = quoted(basic(), goods, rich);
    CHECK(quote.due == kr(0));
    CHECK(quote.paid == kr(4000));
    CHECK(quote.refused.empty());
    goods.tenders = {{kind, 3000}, {kind, 3000}};
    CHECK(quoted(basic(), goods, rich).due == kr(0));
    goods.tenders = {{TenderKind::cash, 3000}, {kind, 3000}};
    CHECK(quoted(basic(), goods, rich).due == kr(-2000));
  }
}

TEST_CASE("rewards: what is handed over for certain goods wants such goods") {
  for (const RewardKind kind : {RewardKind::gift, RewardKind::voucher}) {
    Reward bag = automatic("bag", kind);
    bag.article = "BAG";
    bag.pool = {"V1", "V2"};
    bag.filter.lines.categories = {"Phones"};
    auto phone = line("P", 1000);
    phone.category = "Phones";
    CHECK(with(bag, basket({line("SOAP", 1000)})).issued.empty());
    CHECK(with(bag, basket({line("SOAP", 1000), phone})).issued.size() == 1);
    bag.trigger = Trigger::claim;
    auto soap = basket({line("SOAP", 1000)});
    soap.claims = {{"bag", 1, {}}};
    CHECK(refusal(with(bag, soap)) == "refuse.nothing-fits");
    auto both = basket({phone, line("SOAP", 1000)});
    both.claims = {{"bag", 1, {1}}};
    CHECK(refusal(with(bag, both)) == "refuse.nothing-fits");
  }
}

TEST_CASE("rewards: a weighing of whole kilograms is no pieces") {
  Reward pair = automatic("pair", RewardKind::buy_x_get_y);
  pair.buy = pair.get = 1;
  pair.basis_points = 10'000;
  Reward free_item = automatic("free", RewardKind::free_item);
  free_item.filter.lines.articles = {"CHEESE"};
  Reward cheapest = percent_off(5000);
  cheapest.scope = RewardScope::cheapest;
  auto cheese = line("CHEESE", 10'000, 2);
  CHECK(with(pair, basket({cheese})).discount == kr(10'000));
  cheese.sold_by = SoldBy::weight;
  CHECK(with(pair, basket({cheese})).discount == kr(0));
  CHECK(with(free_item, basket({cheese})).discount == kr(0));
  CHECK(with(cheapest, basket({cheese})).discount == kr(10'000));  // one thing
}

TEST_CASE("quote: what contradicts itself is an error") {
  const auto code = [](const Basket& basket, const Member& buyer = member()) {
    const auto result = quote(basic(), basket, buyer, saturday);
    return result ? std::string() : result.error().code;
  };
  CHECK(code(basket({line("A", 1000)})) == "");
  CHECK(code(basket({line("A", -1)})) == "quote.line");
  CHECK(code(basket({line("A", 1, 0)})) == "quote.line");
  auto off = line("A", 1000);
  off.off_minor = 1001;
  CHECK(code(basket({off})) == "quote.line");
  auto foreign = basket({});
  foreign.currency = *Currency::parse("EUR");
  CHECK(code(foreign) == "quote.currency");
  auto claim = basket({});
  claim.claims = {{"x", 1, {0}}};
  CHECK(code(claim) == "quote.claim");
  auto paid = basket({});
  paid.tenders = {{TenderKind::cash, 0}};
  CHECK(code(paid) == "quote.tender");
  auto broken = member({lot("l", 5)});
  broken.lots[0].remaining = pts(6);
  CHECK(code(basket({}), broken) == "quote.lot");
  CHECK(code(basket(std::vector<BasketLine>(limits::lines_per_purchase + 1, line("A", 1)))) ==
        "quote.lines");
  CHECK(code(basket({line("A", 900'000'000'000), line("B", 900'000'000'000)})) == "quote.amount");
}

TEST_CASE("rewards: what comes by itself comes with goods and not with an event") {
  Reward sticker = automatic("sticker", RewardKind::gift);
  sticker.article = "STICKER";
  CHECK(with(sticker, basket({line("A", 1000)}), member({})).issued.size() == 1);
  auto nothing = basket({});
  nothing.events = {Event::enrolled};
  CHECK(with(sticker, nothing, member({})).issued.empty());
}

}  // namespace keepsake::loyalty::test
