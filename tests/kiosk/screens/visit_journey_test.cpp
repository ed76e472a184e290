// The screens with the reducer in the loop: a finger taps what it sees, and facts come out.
#include <doctest/doctest.h>

#include "tests/kiosk/screens/kiosk.hpp"

namespace keepsake::test {
using namespace flow;

TEST_CASE("a sale from the locked door to the change by touch and scan") {
  Kiosk kiosk;
  kiosk.tap("start");
  kiosk.tap("staff");
  kiosk.tap_each({"pad.1", "pad.2", "pad.3", "pad.4", "submit"});
  REQUIRE(kiosk.shop.screen<ShiftOpen>() != nullptr);
  kiosk.tap_each({"pad.1", "pad.0", "pad.0", "pad.0", "submit"});
  REQUIRE(kiosk.shop.screen<Sale>() != nullptr);
  kiosk.scan(kettle_gtin);
  kiosk.tap("line.more.0");
  CHECK(kiosk.sees("998.00"));
  kiosk.tap("line.less.0");
  kiosk.tap("pay");
  REQUIRE(kiosk.shop.screen<Tendering>() != nullptr);
  kiosk.tap_each({"pad.5", "pad.0", "pad.0"});
  CHECK(kiosk.sees("1.00"));  // the change, before the money is taken
  kiosk.tap("take");
  REQUIRE(kiosk.shop.screen<SaleDone>() != nullptr);
  CHECK(kiosk.shop.screen<SaleDone>()->change == kiosk.shop.nok("1.00"));
  REQUIRE(holds_alternative<Purchase>(kiosk.shop.facts.back()));
  CHECK(get<Purchase>(kiosk.shop.facts.back()).total == kiosk.shop.nok("499.00"));
  kiosk.tap("next");
  CHECK(kiosk.shop.screen<Sale>() != nullptr);
}

namespace {

/// Ingrid at the till with a kettle; the shop has rewards and coupons.
Kiosk& selling(Kiosk& kiosk) {
  kiosk.shop.publish_rewards();
  kiosk.shop.open_till();
  kiosk.scan(kettle_gtin);
  kiosk.scan(ingrid_card);
  return kiosk;
}

}  // namespace

TEST_CASE("a reward is claimed and a coupon typed by touch") {
  Kiosk made;
  Kiosk& kiosk = selling(made);
  kiosk.tap("redeem");
  CHECK(kiosk.sees("50 kroner off"));
  CHECK(kiosk.has("reward.more.kr-50"));
  CHECK_FALSE(kiosk.has("reward.more.coffee-set"));
  kiosk.tap("reward.more.kr-50");
  kiosk.tap("coupon");
  kiosk.type("once");
  kiosk.tap("pane.ok");
  CHECK(kiosk.sees("299.00"));
  kiosk.tap("redeem");
  kiosk.tap_each({"coupon.remove.0", "reward.less.kr-50", "pane.ok"});
  CHECK(kiosk.sees("499.00"));
}

TEST_CASE("the choice between using points and keeping them leads to paying") {
  Kiosk made;
  Kiosk& kiosk = selling(made);
  kiosk.tap("pay");
  REQUIRE(kiosk.has("points.use"));
  CHECK(kiosk.sees("399.00"));
  CHECK(kiosk.sees("Coffee set"));
  kiosk.tap("points.keep");
  REQUIRE(kiosk.shop.screen<Tendering>() != nullptr);
  kiosk.tap_each({"points", "take", "cash", "take"});
  REQUIRE(kiosk.shop.screen<SaleDone>() != nullptr);
  CHECK(kiosk.shop.screen<SaleDone>()->spent == Points{128400});
  CHECK(kiosk.sees("1,284"));
}

TEST_CASE("why the sale earns its points is one touch away") {
  Kiosk made;
  Kiosk& kiosk = selling(made);
  kiosk.tap("why");
  CHECK(kiosk.sees("+ 49"));
  kiosk.tap("pane.ok");
  CHECK_FALSE(kiosk.has("pane.ok"));
}

TEST_CASE("a gift card is sold by touch and pays the next sale") {
  Kiosk made;
  Kiosk& kiosk = selling(made);
  kiosk.tap("detach");
  kiosk.tap_each({"more", "gift-card"});
  kiosk.type("GC990000");
  kiosk.tap("pane.ok");
  kiosk.tap_each({"pad.5", "pad.0", "pad.0", "pane.ok"});
  CHECK(kiosk.sees("999.00"));
  kiosk.tap_each({"pay", "take"});
  REQUIRE(kiosk.shop.screen<SaleDone>() != nullptr);
  CHECK(kiosk.sees("500.00"));
  kiosk.shop.gift_cards["GC990000"] = {"GC990000", kiosk.shop.nok("500"), {},
                                       {},         GiftCardState::active, ""};
  kiosk.tap("next");
  kiosk.scan(kettle_gtin);
  kiosk.tap_each({"pay", "gift-card"});
  kiosk.type("GC990000");
  kiosk.tap_each({"reference.ok", "take"});
  REQUIRE(kiosk.shop.screen<SaleDone>() != nullptr);
  CHECK(kiosk.sees("1.00"));
}

TEST_CASE("goods come back by touch, with their points") {
  Kiosk made;
  Kiosk& kiosk = selling(made);
  kiosk.scan(ingrid_card);
  kiosk.tap_each({"pay", "points.keep", "take", "next", "more", "returns", "purchase.0"});
  REQUIRE(kiosk.shop.screen<Returning>() != nullptr);
  CHECK(kiosk.shop.screen<Returning>()->chosen == std::vector<Quantity>{{0}});
  kiosk.tap_each({"line.0.more", "reason.faulty", "cash"});
  CHECK(kiosk.sees("Refund 499.00"));
  kiosk.tap("give");
  const auto* done = kiosk.shop.screen<ReturnDone>();
  REQUIRE(done != nullptr);
  CHECK(done->taken.hundredths > 0);
  CHECK(kiosk.sees("499.00"));
  kiosk.tap_each({"receipt", "next"});
  CHECK(kiosk.shop.screen<Sale>() != nullptr);
}

TEST_CASE("a sale is held and recalled by touch") {
  Kiosk made;
  Kiosk& kiosk = selling(made);
  kiosk.tap("hold");
  CHECK(kiosk.shop.s.till == Till{});
  kiosk.tap_each({"held", "held.0"});
  CHECK(kiosk.shop.s.till.basket.lines.size() == 1);
  CHECK(kiosk.has("line.more.0"));
}

TEST_CASE("the same again is looked at before it is put in") {
  Kiosk kiosk;
  kiosk.shop.ingrid.last_purchases.push_back({});
  kiosk.shop.ingrid.last_purchases.back().first_article = "Kettle";
  kiosk.shop.last_lines = {{{"KOK17", "Kettle", Quantity::pieces(1)}, kiosk.shop.articles["KOK17"]},
                           {{"OLD", "Toaster", Quantity::pieces(1)}, std::nullopt}};
  selling(kiosk);
  kiosk.tap("again");
  CHECK(kiosk.sees("Toaster"));
  CHECK(kiosk.sees("No longer sold"));
  kiosk.tap("pane.ok");
  CHECK(kiosk.sees("998.00"));
}

TEST_CASE("a customer joins with the screen keyboard in portrait") {
  Kiosk kiosk(stand);
  kiosk.tap("start");
  kiosk.tap("join");
  kiosk.tap("keys.k2.4");  // B: a name begins with a capital by itself
  kiosk.tap("keys.k0.8");  // o, the page having turned back by itself
  REQUIRE(kiosk.shop.screen<Join>() != nullptr);
  CHECK(kiosk.shop.screen<Join>()->name == "Bo");
  kiosk.tap("phone");
  for (const char digit : std::string_view("40000001")) kiosk.tap(std::string("pad.") + digit);
  kiosk.tap("submit");
  CHECK(kiosk.shop.notice() == "join.consent");
  CHECK(kiosk.has("notice.ok"));
  kiosk.tap("notice.ok");
  kiosk.tap("consent.membership");
  kiosk.tap("submit");
  CHECK(kiosk.shop.emitted<Enrol>() == 1);
}

TEST_CASE("a customer joins on a low display by three pages") {
  Kiosk kiosk(low_till);
  kiosk.tap_each({"start", "join", "keys.k2.4", "keys.k0.8"});
  REQUIRE(kiosk.shop.screen<Join>() != nullptr);
  CHECK(kiosk.shop.screen<Join>()->name == "Bo");
  kiosk.tap("keys.ok");
  for (const char digit : std::string_view("4000000")) kiosk.tap(std::string("pad.") + digit);
  kiosk.tap_each({"next", "submit"});
  CHECK(kiosk.shop.notice() == "phone.syntax");
  kiosk.tap("notice.ok");
  CHECK(kiosk.has("pad.1"));  // where it is mended
  kiosk.tap_each({"pad.1", "next", "submit"});
  CHECK(kiosk.shop.notice() == "join.consent");
  kiosk.tap_each({"notice.ok", "consent.membership", "phone"});
  CHECK(kiosk.has("pad.1"));
  kiosk.tap_each({"name", "keys.ok", "next", "submit"});
  CHECK(kiosk.shop.emitted<Enrol>() == 1);
}

TEST_CASE("points are shown and purchases hidden until the customer asks") {
  Kiosk kiosk(stand);
  kiosk.shop.customers.standing.overview.balance = {128400};
  kiosk.identify();
  CHECK(kiosk.sees("1,284"));
  kiosk.tap("purchases");
  kiosk.tap("privacy");
  const auto* home = kiosk.shop.screen<CustomerHome>();
  REQUIRE(home != nullptr);
  CHECK(home->privacy == Privacy::shown);
  kiosk.tap("privacy");
  CHECK(kiosk.shop.screen<CustomerHome>()->privacy == Privacy::masked);
  CHECK_FALSE(kiosk.sees("Haugen"));
}

TEST_CASE("the language changes at once and keeps a half filled form") {
  Kiosk kiosk;
  kiosk.tap("start");
  kiosk.tap("join");
  kiosk.type("Bo");
  kiosk.tap("language");
  kiosk.tap("language.uk");
  REQUIRE(kiosk.shop.screen<Join>() != nullptr);
  CHECK(kiosk.shop.screen<Join>()->name == "Bo");
  CHECK(kiosk.sees("Завершити"));
  kiosk.tap("finish");
  CHECK(kiosk.shop.s.visit == Visit{});
}

TEST_CASE("the customer of a sale is found by name with the screen keyboard") {
  Kiosk kiosk;
  kiosk.shop.open_till();
  kiosk.settle();
  kiosk.scan(kettle_gtin);
  kiosk.shop.customers.people = {{kiosk.shop.ingrid.ref, "Ingrid Haugen", "\u2022\u2022 4417"}};
  kiosk.tap_each({"customer", "pane.by-name"});
  kiosk.type("ing");
  REQUIRE(kiosk.has("person.0"));
  kiosk.tap("person.0");
  CHECK(kiosk.has("pay"));
  CHECK(kiosk.shop.s.till.member == kiosk.shop.ingrid);
}

TEST_CASE("staff who enrol a namesake choose between the two by touch") {
  Kiosk kiosk;
  kiosk.shop.open_till();
  kiosk.settle();
  kiosk.shop.act(Go{Place::join});
  kiosk.settle();
  kiosk.type("Ingrid Haugen");
  kiosk.tap("phone");
  kiosk.type("40000001");
  kiosk.tap("consent.membership");
  kiosk.shop.customers.similar = {{kiosk.shop.ingrid.ref, "Ingrid Haugen", "\u2022\u2022 4417"}};
  kiosk.tap("submit");
  CHECK(kiosk.has("similar.0"));
  SUBCASE("the one who is there") {
    kiosk.tap("similar.0");
    CHECK(kiosk.shop.s.till.customer == kiosk.shop.ingrid.ref);
  }
  SUBCASE("somebody new") {
    kiosk.tap("similar.none");
    CHECK(kiosk.shop.emitted<Enrol>() == 1);
    CHECK(kiosk.shop.screen<Sale>() != nullptr);
  }
}

TEST_CASE("a member is looked up changed and used in the sale by touch") {
  Kiosk kiosk;
  kiosk.shop.open_till();
  kiosk.settle();
  kiosk.shop.customers.people = {{kiosk.shop.ingrid.ref, "Ingrid Haugen", "\u2022\u2022 4417"}};
  kiosk.shop.customers.seen.profile.fields = {{"name", "Ingrid Haugen", {}}};
  kiosk.tap_each({"more", "customers"});
  kiosk.type("ing");
  kiosk.tap("person.0");
  REQUIRE(kiosk.shop.screen<CustomerPage>() != nullptr);
  kiosk.tap("note");
  kiosk.type("Likes blue");
  kiosk.tap("save");
  CHECK(kiosk.shop.customers.notes == std::vector<std::string>{"Likes blue"});
  CHECK_FALSE(kiosk.has("notice.ok"));
  kiosk.tap("tab.timeline");
  kiosk.tap_each({"tab.details", "use"});
  CHECK(kiosk.shop.s.till.customer == kiosk.shop.ingrid.ref);
}

TEST_CASE("two memberships are compared and made one by touch") {
  Kiosk kiosk;
  kiosk.shop.open_till();
  kiosk.shop.s.visit.staff->manager = true;
  kiosk.settle();
  DuplicatePair pair;
  pair.one = kiosk.shop.ingrid.ref;
  pair.other.bytes[0] = 9;
  pair.similarity = {950, {SimilarityReason::phone}};
  kiosk.shop.customers.pairs = {pair};
  kiosk.shop.customers.seen.profile.fields = {{"name", "Ingrid Haugen", {}}};
  kiosk.tap_each({"more", "customers", "merges"});
  CHECK(kiosk.sees("same phone"));
  CHECK(kiosk.sees("Ingrid Haugen"));
  kiosk.tap_each({"same", "merge.no"});
  CHECK(kiosk.shop.customers.merged.empty());
  kiosk.tap_each({"same", "merge.yes"});
  CHECK(kiosk.shop.customers.merged.size() == 1);
  CHECK(kiosk.sees("No duplicates found."));
}

TEST_CASE("a consent is withdrawn by touch without a dialog to close after it") {
  for (const Display& display : all_displays) {
    CAPTURE(std::string(display.name));
    Kiosk kiosk(display);
    kiosk.identify();
    kiosk.tap_each({"my-data", "consent.marketing", "confirm.yes"});
    REQUIRE(kiosk.shop.customers.consents.size() == 1);
    CHECK(kiosk.sees("Saved."));
    CHECK_FALSE(kiosk.has("notice.ok"));
  }
}

TEST_CASE("a gift is handed over by touch without a sale of goods") {
  Kiosk kiosk;
  kiosk.shop.publish_rewards();
  loyalty::Reward mug;
  mug.id = "mug";
  mug.name = "A mug";
  mug.kind = loyalty::RewardKind::gift;
  mug.article = "MUG";
  mug.cost = {50000};
  kiosk.shop.active->rules.rewards.push_back(mug);
  kiosk.shop.open_till();
  kiosk.scan(ingrid_card);
  kiosk.tap_each({"redeem", "reward.more.mug"});
  CHECK(kiosk.sees("784"));  // what is left of 1284
  kiosk.tap("pane.close");
  CHECK(kiosk.sees("A mug"));
  kiosk.tap("pay");
  REQUIRE(kiosk.shop.screen<RewardsGiven>() != nullptr);
  CHECK(kiosk.sees("A mug"));
  kiosk.tap("next");
  CHECK(kiosk.shop.screen<Sale>() != nullptr);
}

TEST_CASE("a member withdraws the words they agreed to, and gives the ones of today") {
  Kiosk kiosk;
  kiosk.shop.ctx.consent_texts = {
      {ConsentPurpose::marketing, "offers-2024", "You may write to me."},
      {ConsentPurpose::marketing, "offers-2026", "You may write and call me."}};
  ConsentState agreed;
  agreed.purpose = ConsentPurpose::marketing;
  agreed.granted = true;
  agreed.last = {ConsentPurpose::marketing, true, "offers-2024", "en", kiosk.shop.now};
  kiosk.shop.customers.seen.profile.consents = {agreed};
  kiosk.identify();
  kiosk.shop.act(Go{Place::my_data});
  kiosk.settle();
  kiosk.tap("consent.marketing");
  CHECK(kiosk.sees("You may write to me."));
  CHECK_FALSE(kiosk.sees("You may write and call me."));
  kiosk.shop.customers.seen.profile.consents = {};
  kiosk.shop.screen<MyData>()->seen->profile.consents = {};
  kiosk.settle();
  CHECK(kiosk.sees("You may write and call me."));
}

TEST_CASE("a number shows its points by touch and no more of whoever has it") {
  for (const Display& display : all_displays) {
    CAPTURE(std::string(display.name));
    Kiosk kiosk(display);
    kiosk.tap_each({"start", "points"});
    kiosk.type("91234417");
    kiosk.tap("find");
    kiosk.shop.wait(number_answer);
    kiosk.settle();
    CHECK(kiosk.sees("1,284"));
    CHECK_FALSE(kiosk.sees("Ingrid"));
    CHECK_FALSE(kiosk.has("my-data"));
    CHECK(kiosk.has("join"));
  }
}

TEST_CASE("staff vouch by touch for who said a number, and the reward is claimed") {
  Kiosk kiosk;
  kiosk.shop.publish_rewards();
  kiosk.shop.open_till();
  kiosk.scan(kettle_gtin);
  kiosk.tap("customer");
  kiosk.type("91234417");
  kiosk.tap_each({"pane.ok", "redeem", "reward.more.kr-50"});
  CHECK(kiosk.sees("Is this Ingrid Haugen?"));
  kiosk.shop.wait(dead_time);
  kiosk.settle();
  kiosk.tap("proof.yes");
  CHECK(kiosk.shop.s.till.request.claims.size() == 1);
  CHECK(kiosk.shop.s.till.recognised.proof == Proof::vouched);
}

TEST_CASE("at the till a member proves themselves by a PIN of their own") {
  Kiosk kiosk;
  kiosk.shop.customers.pin = "4711";
  kiosk.shop.publish_rewards();
  kiosk.shop.open_till();
  kiosk.scan(kettle_gtin);
  kiosk.tap("customer");
  kiosk.type("91234417");
  kiosk.tap_each({"pane.ok", "redeem", "reward.more.kr-50"});
  kiosk.shop.wait(dead_time);
  kiosk.settle();
  kiosk.tap_each({"proof.pin", "pad.4", "pad.7", "pad.1", "pad.1", "pane.ok"});
  CHECK(kiosk.shop.s.till.request.claims.size() == 1);
  CHECK(kiosk.shop.s.till.recognised == by_pin("proved"));
}

TEST_CASE("at the stand a member chooses a PIN with their card and comes back with it") {
  Kiosk kiosk;
  kiosk.shop.identify();
  kiosk.shop.act(Go{Place::my_data});
  kiosk.settle();
  kiosk.shop.act(OpenPin{});  // the last row of a list that is longer than the display
  kiosk.settle();
  kiosk.tap_each({"pad.4", "pad.7", "pad.1", "pad.1", "pane.ok"});
  CHECK(kiosk.sees("once more"));
  kiosk.tap_each({"pad.4", "pad.7", "pad.1", "pad.1", "pane.ok"});
  CHECK(kiosk.shop.customers.pin == "4711");
  kiosk.shop.act(Finish{});
  kiosk.shop.look_up("91234417");
  kiosk.settle();
  kiosk.tap_each({"use-pin", "pad.4", "pad.7", "pad.1", "pad.1"});
  CHECK_FALSE(kiosk.sees("4711"));
  kiosk.tap("find");
  CHECK(kiosk.shop.screen<CustomerHome>() != nullptr);
}

TEST_CASE("what was chosen of a shop's own field is taken back by touch") {
  Kiosk kiosk;
  CustomerField heat;
  heat.key = "heat";
  heat.kind = FieldKind::choice;
  heat.choices = {"gas", "heat pump"};
  heat.label = "Heating";
  kiosk.shop.ctx.customer_fields = {heat};
  kiosk.shop.customers.people = {{kiosk.shop.ingrid.ref, "Ingrid Haugen", ""}};
  kiosk.shop.customers.seen.profile.ref = kiosk.shop.ingrid.ref;
  kiosk.shop.open_till();
  kiosk.shop.act(Go{Place::search});
  kiosk.shop.type("ing");
  kiosk.shop.act(PickPerson{0});
  kiosk.shop.act(OpenEntry{"custom.heat", {}});
  kiosk.shop.wait(dead_time);
  kiosk.settle();
  kiosk.tap("proof.yes");
  kiosk.tap("value.gas");
  CHECK(kiosk.shop.customers.seen.profile.value("custom.heat") == "gas");
  kiosk.shop.act(OpenEntry{"custom.heat", {}});
  kiosk.settle();
  kiosk.tap("value.");
  CHECK(kiosk.shop.customers.seen.profile.value("custom.heat").empty());
}

}  // namespace keepsake::test
