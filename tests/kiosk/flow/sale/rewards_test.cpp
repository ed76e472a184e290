// Rewards, coupons and the question whether points are used or kept.
#include <algorithm>
#include <doctest/doctest.h>

#include "kiosk/flow/sale/quoting.hpp"
#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

/// Ingrid, 1284 points, and a kettle of 499.00.
struct Rewarding : Shop {
  Rewarding() {
    publish_rewards();
    open_till();
    scan(kettle_gtin);
    scan(ingrid_card);
  }
  Money total() const { return totals(s.till, ctx).total; }
  void code(const char* text) {
    act(OpenCoupon{});
    type(text);
    act(Submit{});
  }
};

}  // namespace

TEST_CASE("rewards are listed by cost with what they save and why not") {
  Rewarding shop;
  shop.act(OpenRewards{});
  REQUIRE(shop.pane<RewardsPane>() != nullptr);
  const auto& offers = shop.pane<RewardsPane>()->offers;
  REQUIRE(offers.size() == 2);
  CHECK(offers[0].reward == "kr-50");
  CHECK(offers[0].saves == shop.nok("50"));
  CHECK_FALSE(offers[0].refused.has_value());
  REQUIRE(offers[1].refused.has_value());
  CHECK(offers[1].refused->code == "refuse.points-short");
}

TEST_CASE("a reward is claimed step by step and taken back") {
  Rewarding shop;
  shop.act(OpenRewards{});
  shop.act(ClaimReward{"kr-50", 1});
  CHECK(shop.total() == shop.nok("449"));
  shop.act(ClaimReward{"kr-50", 1});
  CHECK(shop.total() == shop.nok("399"));
  CHECK(shop.pane<RewardsPane>()->offers[0].steps == 2);
  CHECK(shop.pane<RewardsPane>()->offers[0].refused->code == "refuse.points-short");
  shop.act(ClaimReward{"kr-50", 1});
  CHECK(shop.notice() == "reward.short");
  CHECK(shop.total() == shop.nok("399"));
  shop.act(ClaimReward{"kr-50", -1});
  shop.act(ClaimReward{"kr-50", -1});
  CHECK(shop.total() == shop.nok("499"));
  CHECK(shop.s.till.request.claims.empty());
  shop.act(ClaimReward{"no-such", 1});
  CHECK(shop.s.till.request.claims.empty());
}

TEST_CASE("a claimed reward is recorded with its discount and its cost") {
  Rewarding shop;
  shop.act(OpenRewards{});
  shop.act(ClaimReward{"kr-50", 1});
  shop.act(Back{});
  shop.act(Go{Place::tender});
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  const auto& purchase = get<Purchase>(shop.facts.back());
  CHECK(check(purchase).ok());
  CHECK(purchase.total == shop.nok("449"));
  CHECK(purchase.lines[0].discounts.at(0).reason == "50 kroner off");
  REQUIRE(purchase.loyalty.has_value());
  CHECK(purchase.loyalty->rewards.at(0).cost == Points{50000});
  CHECK(shop.screen<SaleDone>()->spent == Points{50000});
  CHECK(shop.screen<SaleDone>()->saved == shop.nok("50"));
  CHECK(shop.screen<SaleDone>()->earned == purchase.points_earned);
}

TEST_CASE("a coupon is taken in small letters and by scan") {
  Rewarding shop;
  shop.code("once");
  CHECK(shop.notice() == "coupon.taken");
  CHECK(shop.pane<Lines>() != nullptr);
  CHECK(shop.total() == shop.nok("349"));
  shop.scan("ONCE");
  CHECK(shop.notice() == "coupon.repeated");
  shop.act(DropCode{0});
  CHECK(shop.total() == shop.nok("499"));
  shop.scan("ONCE");
  CHECK(shop.total() == shop.nok("349"));
}

TEST_CASE("a coupon that cannot be honoured says why and is not kept") {
  Rewarding shop;
  shop.code("nothing");
  CHECK(shop.notice() == "coupon.unknown");
  CHECK(shop.pane<CouponPane>() != nullptr);
  shop.act(Back{});
  shop.code("SUMMER");
  CHECK(shop.notice() == "coupon.expired");
  shop.act(Back{});
  shop.code("GOLD");
  CHECK(shop.notice() == "coupon.tier");
  shop.act(Back{});
  shop.act(DetachCustomer{});
  shop.state.uses["code:ONCE"].times = 1;
  shop.scan(ingrid_card);
  shop.code("ONCE");
  CHECK(shop.notice() == "coupon.used");
  CHECK(shop.s.till.request.codes.empty());
}

TEST_CASE("a coupon waits until the basket is large enough") {
  Rewarding shop;
  shop.scan("NEWHOME");
  CHECK(shop.notice() == "coupon.waits");
  CHECK(shop.total() == shop.nok("499"));
  shop.scan("BULB");
  CHECK(shop.total() == shop.nok("408"));
  shop.act(VoidLine{1});
  CHECK(shop.total() == shop.nok("499"));
  // It waits still: the sale goes on without it.
  shop.act(Go{Place::tender});
  shop.act(KeepPoints{});
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(get<Purchase>(shop.facts.back()).total == shop.nok("499"));
}

TEST_CASE("before paying the member chooses to use points or to keep them") {
  Rewarding shop;
  shop.act(Go{Place::tender});
  REQUIRE(shop.pane<ChoicePane>() != nullptr);
  const ChoicePane choice = *shop.pane<ChoicePane>();
  CHECK(choice.steps == 2);
  CHECK(choice.cost == Points{100000});
  CHECK(choice.pay_now == shop.nok("399"));
  CHECK(choice.left_now == Points{32300});  // 1284 - 1000 + 39
  CHECK(choice.pay_keeping == shop.nok("499"));
  CHECK(choice.left_keeping == Points{133300});
  CHECK(choice.next == "coffee-set");
  CHECK(choice.next_cost == Points{180000});
  SUBCASE("used") {
    shop.act(UsePoints{});
    REQUIRE(shop.screen<Tendering>() != nullptr);
    CHECK(shop.total() == shop.nok("399"));
  }
  SUBCASE("kept and not asked again") {
    shop.act(KeepPoints{});
    REQUIRE(shop.screen<Tendering>() != nullptr);
    CHECK(shop.total() == shop.nok("499"));
    shop.act(Back{});
    shop.act(Go{Place::tender});
    CHECK(shop.screen<Tendering>() != nullptr);
  }
  SUBCASE("back to the basket") {
    shop.act(Back{});
    CHECK(shop.pane<Lines>() != nullptr);
  }
}

TEST_CASE("without rewards the question is about points as money") {
  Rewarding shop;
  shop.active->rules.rewards.clear();
  shop.act(Go{Place::tender});
  REQUIRE(shop.pane<ChoicePane>() != nullptr);
  CHECK(shop.pane<ChoicePane>()->pay_now == shop.nok("370.60"));
  shop.act(UsePoints{});
  REQUIRE(shop.s.till.tenders.size() == 1);
  CHECK(shop.s.till.tenders[0].kind == TenderKind::points);
  CHECK(shop.s.till.tenders[0].amount == shop.nok("128.40"));
}

TEST_CASE("nobody is asked about points who has none to use") {
  Rewarding shop;
  shop.act(DetachCustomer{});
  shop.act(Go{Place::tender});
  CHECK(shop.screen<Tendering>() != nullptr);
}

TEST_CASE("claims go with the member") {
  Rewarding shop;
  shop.act(OpenRewards{});
  shop.act(ClaimReward{"kr-50", 1});
  shop.act(Back{});
  shop.act(DetachCustomer{});
  CHECK(shop.total() == shop.nok("499"));
  CHECK(shop.s.till.request.claims.empty());
}

TEST_CASE("a locked till forgets what the rules know and has it again after the pin") {
  Rewarding shop;
  shop.act(OpenRewards{});
  shop.act(ClaimReward{"kr-50", 1});
  shop.act(Back{});
  shop.act(Finish{});
  CHECK_FALSE(shop.s.till.state.has_value());
  CHECK_FALSE(shop.s.till.quote.has_value());
  shop.type("1234");
  shop.act(Submit{});
  CHECK(shop.s.till.state.has_value());
  CHECK(shop.total() == shop.nok("449"));
}

TEST_CASE("nothing is taken while the member is still being read") {
  Rewarding shop;
  shop.act(Finish{});
  shop.type("1234");
  shop.send(Submit{});
  while (!shop.s.visit.staff) shop.answer_next();
  shop.send(Go{Place::tender});
  REQUIRE(shop.screen<Tendering>() != nullptr);
  shop.send(Submit{});
  CHECK(shop.notice() == "member.loading");
  shop.answer_all();
  shop.act(Submit{});
  CHECK(shop.screen<SaleDone>() != nullptr);
}

TEST_CASE("an hour that changes the total is said before anything is taken") {
  Rewarding shop;
  loyalty::Reward happy;
  happy.id = "happy";
  happy.kind = loyalty::RewardKind::percent_off;
  happy.trigger = loyalty::Trigger::automatic;
  happy.basis_points = 1000;
  happy.filter.order.hours = loyalty::Hours{0, 15 * 60 + 10};
  shop.active->rules.rewards = {happy};
  shop.scan("BULB");
  CHECK(shop.total() == shop.nok("502.20"));
  shop.act(Go{Place::tender});
  shop.act(KeepPoints{});
  shop.now.at = shop.now.at + 10min;
  shop.act(StillHere{});
  shop.act(Submit{});
  CHECK(shop.notice() == "sale.requoted");
  CHECK(shop.total() == shop.nok("558"));
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(get<Purchase>(shop.facts.back()).total == shop.nok("558"));
}

namespace {

/// No goods: Ingrid wants something for her 1284 points. A point is worth 0.10.
struct Handing : Shop {
  Handing() {
    publish_rewards();
    loyalty::Reward mug;
    mug.id = "mug";
    mug.name = "A mug";
    mug.kind = loyalty::RewardKind::gift;
    mug.article = "MUG";
    mug.cost = {50000};
    loyalty::Reward money;
    money.id = "money";
    money.name = "Money";
    money.kind = loyalty::RewardKind::cash_out;
    money.minor = 5050;
    money.cost = {50000};
    active->rules.rewards.push_back(mug);
    active->rules.rewards.push_back(money);
    open_till();
    scan(ingrid_card);
    act(OpenRewards{});
  }
  const Offer& offer(std::string_view id) {
    return *std::ranges::find(pane<RewardsPane>()->offers, id, &Offer::reward);
  }
  std::size_t events() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        facts, [](const Fact& fact) { return holds_alternative<LoyaltyEvent>(fact); }));
  }
};

}  // namespace

TEST_CASE("a sale tells the gifts, the donations and the money for the wallet that went with it") {
  Handing shop;
  loyalty::Reward sea;
  sea.id = "sea-rescue";
  sea.name = "Sea rescue";
  sea.kind = loyalty::RewardKind::donation;
  sea.minor = 2000;
  sea.cost = {20000};
  shop.active->rules.rewards.push_back(sea);
  shop.act(Back{});
  shop.scan(kettle_gtin);
  shop.act(OpenRewards{});
  shop.act(ClaimReward{"mug", 1});
  shop.act(ClaimReward{"sea-rescue", 1});
  shop.act(ClaimReward{"money", 1});
  shop.act(Back{});
  shop.act(Go{Place::tender});
  if (shop.screen<Sale>() != nullptr) shop.act(KeepPoints{});
  shop.act(Submit{});
  const auto* done = shop.screen<SaleDone>();
  REQUIRE(done != nullptr);
  std::vector<std::string> given;
  for (const RewardUse& use : done->given) given.push_back(use.reward);
  std::ranges::sort(given);
  CHECK(given == std::vector<std::string>{"mug", "sea-rescue"});
  CHECK(done->to_wallet == shop.nok("50.50"));
}

TEST_CASE("a gift is handed over for points without a sale") {
  Handing shop;
  CHECK_FALSE(shop.offer("mug").refused.has_value());
  CHECK(shop.offer("kr-50").refused->code == "refuse.nothing-fits");
  shop.act(ClaimReward{"mug", 1});
  shop.act(ClaimReward{"mug", 1});
  CHECK(hands_over(shop.s.till));
  CHECK(shop.events() == 0);
  shop.act(Submit{});
  const auto* given = shop.screen<RewardsGiven>();
  REQUIRE(given != nullptr);
  CHECK(given->spent == Points{100000});
  CHECK(given->balance == Points{28400});
  REQUIRE(given->rewards.size() == 1);
  CHECK(given->rewards[0].steps == 2);
  REQUIRE(shop.events() == 1);
  const auto& event = get<LoyaltyEvent>(shop.facts.back());
  CHECK(event.customer == shop.ingrid.ref);
  CHECK(event.staff == "marit");
  CHECK_FALSE(event.shift.has_value());
  CHECK(shop.emitted<OpenDrawer>() == 0);
  CHECK(shop.s.till == Till{});
  shop.act(PrintReceipt{});
  CHECK(shop.screen<RewardsGiven>()->receipt == Receipt::printed);
  shop.act(Submit{});
  CHECK(shop.screen<Sale>() != nullptr);
}

TEST_CASE("what was claimed is handed over from the bare sale too, and only once") {
  Handing shop;
  shop.act(ClaimReward{"mug", 1});
  shop.act(Back{});
  shop.send(Go{Place::tender});
  shop.send(Go{Place::tender});
  shop.answer_all();
  CHECK(shop.screen<RewardsGiven>() != nullptr);
  CHECK(shop.events() == 1);
}

TEST_CASE("a claim that fails on disk stays claimed and can be tried again") {
  Handing shop;
  shop.act(ClaimReward{"mug", 1});
  shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
  shop.act(Submit{});
  CHECK(shop.notice() == "disk.full");
  REQUIRE(shop.screen<Sale>() != nullptr);
  CHECK(hands_over(shop.s.till));
  shop.disk_fault.reset();
  shop.act(Dismiss{});
  shop.act(Submit{});
  CHECK(shop.screen<RewardsGiven>() != nullptr);
}

TEST_CASE("money for points goes onto the wallet, or in hand out of the drawer in whole coins") {
  Handing shop;
  shop.act(ClaimReward{"money", 1});
  shop.act(ChooseCashOut{CashOut::in_hand});
  shop.act(Submit{});
  CHECK(shop.notice() == "cash-out.coins");  // 50.50, and the smallest coin is one krone
  shop.act(ClaimReward{"money", 1});
  shop.act(Submit{});
  const auto* given = shop.screen<RewardsGiven>();
  REQUIRE(given != nullptr);
  CHECK(given->in_hand == shop.nok("101"));
  CHECK(shop.emitted<OpenDrawer>() == 1);
  CHECK(get<LoyaltyEvent>(shop.facts.back()).shift.has_value());

  Handing other;
  other.state.wallet_minor = 20000;
  other.act(Back{});
  other.act(DetachCustomer{});
  other.scan(ingrid_card);
  other.act(OpenRewards{});
  other.act(ClaimReward{"money", 1});
  other.act(Submit{});
  REQUIRE(other.screen<RewardsGiven>() != nullptr);
  CHECK(other.screen<RewardsGiven>()->to_wallet == other.nok("50.50"));
  CHECK(other.screen<RewardsGiven>()->wallet == other.nok("250.50"));
  CHECK(other.emitted<OpenDrawer>() == 0);
}

TEST_CASE("money for points leaves the drawer in a sale of goods as well") {
  Handing shop;
  shop.act(Back{});
  shop.scan(kettle_gtin);
  shop.act(OpenRewards{});
  shop.act(ClaimReward{"money", 1});
  shop.act(ClaimReward{"money", 1});
  shop.act(ChooseCashOut{CashOut::in_hand});
  shop.act(Submit{});
  CHECK(shop.screen<RewardsGiven>() == nullptr);  // there are goods to pay
  shop.act(Go{Place::tender});
  shop.act(ChooseTender{TenderKind::card});
  shop.act(Edit{Field::reference});
  shop.type("8802");
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(shop.screen<SaleDone>()->in_hand == shop.nok("101"));
  CHECK(shop.emitted<OpenDrawer>() == 1);
}

TEST_CASE("the question whether points are used shows the sale as it is now") {
  Shop shop;
  shop.publish_rewards();
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.scan(ingrid_card);
  shop.act(Go{Place::tender});
  REQUIRE(shop.pane<ChoicePane>() != nullptr);
  const Money before = shop.pane<ChoicePane>()->pay_keeping;
  shop.scan("BULB");
  REQUIRE(shop.pane<ChoicePane>() != nullptr);
  CHECK(shop.pane<ChoicePane>()->pay_keeping.minor == before.minor + 5900);
}

namespace {

/// A tenth off for a code of a file.
struct Listed : Rewarding {
  Listed() {
    loyalty::Reward tenth;
    tenth.id = "tenth";
    tenth.name = "A tenth off";
    tenth.kind = loyalty::RewardKind::percent_off;
    tenth.basis_points = 1000;
    tenth.trigger = loyalty::Trigger::code;
    tenth.code_source = loyalty::CodeSource::list;
    active->rules.rewards.push_back(tenth);
    listed_codes = {{"AUT 0001", "tenth", {}}, {"TICKET-1", "ticket", {}}};
  }
};

}  // namespace

TEST_CASE("a coupon of a list is taken typed and by scan, and recorded with its code") {
  Listed shop;
  shop.code("aut0001");
  CHECK(shop.notice() == "coupon.taken");
  CHECK(shop.pane<Lines>() != nullptr);
  CHECK(shop.total() == shop.nok("449.10"));
  shop.scan("AUT0001");
  CHECK(shop.notice() == "coupon.repeated");
  shop.act(DropCode{0});
  CHECK(shop.total() == shop.nok("499"));
  CHECK(shop.s.till.request.listed.empty());
  shop.scan("AUT0001");
  shop.act(Go{Place::tender});
  shop.act(KeepPoints{});
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  const auto& purchase = get<Purchase>(shop.facts.back());
  CHECK(purchase.loyalty->rewards.at(0).coupon == "AUT 0001");
}

TEST_CASE("a coupon of a list says when it was used, and a code handed out is no coupon") {
  Listed shop;
  shop.listed_codes[0].used = loyalty::CodeUse{shop.now, "marit"};
  shop.scan("AUT0001");
  CHECK(shop.notice() == "coupon.used");
  CHECK(shop.s.visit.notice->at == shop.now);
  CHECK(shop.s.visit.notice->by == "marit");
  CHECK(shop.total() == shop.nok("499"));
  CHECK(shop.s.till.request.codes.empty());
  shop.scan("TICKET-1");
  CHECK(shop.notice() == "coupon.unknown");
  // What was typed as a coupon never becomes an article.
  shop.code("BULB");
  CHECK(shop.notice() == "coupon.unknown");
  CHECK(shop.pane<CouponPane>() != nullptr);
  CHECK(shop.s.till.basket.lines.size() == 1);
}

TEST_CASE("what is counted for all is read for a sale of nobody and counts in its record") {
  Shop shop;
  loyalty::Reward cup;
  cup.id = "first-cups";
  cup.name = "The first cups";
  cup.minor = 1000;
  cup.trigger = loyalty::Trigger::automatic;
  cup.max_steps = 1;
  cup.per_day = 100;
  shop.active->rules.rewards.push_back(cup);
  shop.open_till();
  shop.scan("BULB");
  REQUIRE(shop.s.till.anyone.has_value());
  CHECK(totals(shop.s.till, shop.ctx).total == shop.nok("49"));
  shop.act(Go{Place::tender});
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  const auto& purchase = get<Purchase>(shop.facts.back());
  CHECK(purchase.customer.nobody());
  REQUIRE(purchase.loyalty.has_value());
  CHECK(purchase.loyalty->rewards.at(0).reward == "first-cups");
  CHECK(check(purchase).ok());
  // The next sale reads it again.
  shop.anybody.uses_by_all["first-cups"] = {100, {}, {}, shop.now.date(), 100};
  shop.act(Submit{});
  shop.scan("BULB");
  CHECK(totals(shop.s.till, shop.ctx).total == shop.nok("59"));
}
