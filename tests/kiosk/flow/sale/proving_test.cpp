// What is the customer's own is redeemed with their card or on the word of a member of staff, never
// on a number alone.
#include <doctest/doctest.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

/// A sale whose customer said a phone number.
struct ByNumber : Shop {
  ByNumber() {
    publish_rewards();
    open_till();
    scan(kettle_gtin);
    act(OpenCustomer{});
    type("91234417");
    act(Submit{});
    REQUIRE(s.till.customer == ingrid.ref);
    REQUIRE(s.till.recognised.proof == Proof::number);
  }
  void vouch() {
    wait(dead_time);
    act(Submit{});
  }
};

}  // namespace

TEST_CASE("points are earned by a number alone and nothing is asked for it") {
  ByNumber shop;
  shop.act(Go{Place::tender});
  if (shop.pane<ChoicePane>() != nullptr) shop.act(KeepPoints{});
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(get<Purchase>(shop.facts.back()).customer == shop.ingrid.ref);
  CHECK_FALSE(shop.s.visit.proving.has_value());
}

TEST_CASE("a reward claimed by number waits for the word of staff and is claimed with it") {
  ByNumber shop;
  shop.act(OpenRewards{});
  shop.act(ClaimReward{"kr-50", 1});
  REQUIRE(shop.s.visit.proving.has_value());
  CHECK(shop.s.till.request.claims.empty());
  SUBCASE("the second of two quick taps says nothing") {
    shop.act(Submit{});
    CHECK(shop.s.visit.proving.has_value());
    CHECK(shop.s.till.request.claims.empty());
  }
  SUBCASE("what lies under the question is dead") {
    shop.act(ClaimReward{"kr-50", 1});
    CHECK(shop.s.till.request.claims.empty());
    CHECK(shop.s.visit.proving.has_value());
  }
  SUBCASE("no") {
    shop.act(Back{});
    CHECK_FALSE(shop.s.visit.proving.has_value());
    CHECK(shop.pane<RewardsPane>() != nullptr);
    CHECK(shop.s.till.recognised.proof == Proof::number);
  }
  SUBCASE("yes") {
    shop.vouch();
    CHECK(shop.s.till.request.claims.size() == 1);
    CHECK(shop.s.till.recognised.proof == Proof::vouched);
    // Once for a sale.
    shop.act(Submit{});
    shop.act(Go{Place::tender});
    shop.act(ChooseTender{TenderKind::points});
    CHECK_FALSE(shop.s.visit.proving.has_value());
    CHECK(shop.screen<Tendering>()->kind == TenderKind::points);
    shop.act(ChooseTender{TenderKind::cash});
    shop.act(Submit{});
    CHECK(shop.last<RecordFact>().requester.recognised.proof == Proof::vouched);
  }
  SUBCASE("the card") {
    shop.scan(ingrid_card);
    CHECK_FALSE(shop.s.visit.proving.has_value());
    CHECK(shop.s.till.recognised == by_card(ingrid_card));
    shop.act(ClaimReward{"kr-50", 1});
    CHECK(shop.s.till.request.claims.size() == 1);
  }
}

TEST_CASE("points and the wallet do not pay by number alone") {
  for (const TenderKind kind : {TenderKind::points, TenderKind::wallet}) {
    ByNumber shop;
    shop.state.wallet_minor = 5000;
    shop.s.till.state->wallet_minor = 5000;
    shop.act(Go{Place::tender});
    if (shop.pane<ChoicePane>() != nullptr) shop.act(KeepPoints{});
    shop.act(ChooseTender{kind});
    REQUIRE(shop.s.visit.proving.has_value());
    CHECK(shop.screen<Tendering>()->kind == TenderKind::cash);
    shop.vouch();
    CHECK(shop.screen<Tendering>()->kind == kind);
  }
}

TEST_CASE("what somebody bought is not shown by number alone") {
  ByNumber shop;
  shop.ingrid.last_purchases.push_back({});
  shop.s.till.member->last_purchases.push_back({});
  shop.last_lines = {{{"BULB", "LED bulb", Quantity::pieces(2)}, shop.articles.at("BULB")}};
  SUBCASE("the same again") {
    shop.act(OpenAgain{});
    REQUIRE(shop.s.visit.proving.has_value());
    CHECK(shop.emitted<LoadLines>() == 0);
    shop.vouch();
    CHECK(shop.pane<AgainPane>() != nullptr);
  }
  SUBCASE("returns list everybody's") {
    shop.act(Go{Place::returns});
    CHECK(shop.last<ListPurchases>().customer.nobody());
    shop.act(Back{});
    shop.scan(ingrid_card);
    shop.act(Go{Place::returns});
    CHECK(shop.last<ListPurchases>().customer == shop.ingrid.ref);
  }
}

TEST_CASE("a vouching is of one person at one till and does not outlive a lock") {
  ByNumber shop;
  shop.act(OpenRewards{});
  shop.act(ClaimReward{"kr-50", 1});
  shop.vouch();
  shop.act(Submit{});
  SUBCASE("a lock") {
    shop.act(Finish{});
    CHECK(shop.s.till.recognised.proof == Proof::number);
  }
  SUBCASE("another customer") {
    shop.act(DetachCustomer{});
    CHECK(shop.s.till.recognised == Recognition{});
  }
  SUBCASE("a card outlives the lock") {
    shop.scan(ingrid_card);
    shop.act(Finish{});
    CHECK(shop.s.till.recognised == by_card(ingrid_card));
  }
}

TEST_CASE("the member's own PIN does as well as somebody's word") {
  ByNumber shop;
  shop.customers.pin = "4711";
  shop.act(OpenRewards{});
  shop.act(ClaimReward{"kr-50", 1});
  shop.act(Edit{Field::pin});  // the second of two quick taps says nothing
  CHECK_FALSE(shop.s.visit.proving->pin.has_value());
  shop.wait(dead_time);
  shop.act(Edit{Field::pin});
  REQUIRE(shop.s.visit.proving->pin.has_value());
  SUBCASE("right") {
    shop.type("4711");
    shop.act(Submit{});
    CHECK(shop.s.till.request.claims.size() == 1);
    CHECK(shop.s.till.recognised == by_pin("proved"));
    shop.act(Submit{});
    shop.act(Finish{});  // locked
    CHECK(shop.s.till.recognised == Recognition{});
  }
  SUBCASE("wrong") {
    shop.type("47119");
    shop.act(Erase{});
    shop.act(Erase{});
    shop.type("2");
    shop.act(Submit{});
    CHECK(shop.last<CheckMemberPin>().pin == "4712");
    CHECK(shop.last<CheckMemberPin>().customer == shop.ingrid.ref);
    CHECK(shop.notice() == "pin.wrong");
    CHECK(shop.s.visit.proving->pin == "");
    CHECK(shop.s.till.request.claims.empty());
  }
  SUBCASE("not after all") {
    shop.act(Back{});
    REQUIRE(shop.s.visit.proving.has_value());
    CHECK_FALSE(shop.s.visit.proving->pin.has_value());
    shop.act(Back{});
    CHECK_FALSE(shop.s.visit.proving.has_value());
  }
}
