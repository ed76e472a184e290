// Another programme is published while somebody stands at the screen.
#include <doctest/doctest.h>

#include "kiosk/flow/sale/quoting.hpp"
#include "tests/kiosk/flow/reach.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

/// A till with Ingrid and a kettle of 499.00 on it, under version 3 at 10 points for each hundred.
struct Selling : Shop {
  Selling() {
    furnish(*this);
    open_till();
    scan(kettle_gtin);
    scan(ingrid_card);
  }

  /// Version 4: twice the points, and this much off every sale.
  void publish_dearer_points(std::int64_t off_minor = 0) {
    ActiveProgramme next = *active;
    next.programme.version = 4;
    next.programme.per_major_unit = {20};
    next.rules = loyalty::of_rate(next.programme);
    next.rules.rewards = active->rules.rewards;
    next.rules.redeeming = active->rules.redeeming;
    if (off_minor > 0) {
      loyalty::Reward off;
      off.id = "spring";
      off.name = "Spring";
      off.max_steps = 1;
      off.trigger = loyalty::Trigger::automatic;
      off.minor = off_minor;
      next.rules.rewards.push_back(off);
    }
    act(publish(std::move(next)));
  }
  Money total() const { return totals(s.till, ctx).total; }
  const Purchase& purchase() const { return get<Purchase>(facts.back()); }
  /// To paying, the points kept.
  void to_tender() {
    act(Go{Place::tender});
    if (pane<ChoicePane>() != nullptr) act(KeepPoints{});
    REQUIRE(screen<Tendering>() != nullptr);
  }
  void pay_part(const char* amount) {
    type(amount);
    act(Submit{});
    REQUIRE(s.till.tenders.size() == 1);
  }
};

}  // namespace

TEST_CASE("nothing is paid: the sale is quoted by the new programme at once") {
  Selling shop;
  const Points before = shop.s.till.quote->points_earned;
  const int loads = shop.emitted<LoadMember>();
  SUBCASE("at the basket") {}
  SUBCASE("at the payment") { shop.to_tender(); }
  SUBCASE("beside the sale, on another page") { shop.act(Go{Place::search}); }
  shop.publish_dearer_points(5000);
  CHECK(shop.total() == shop.nok("449"));
  if (shop.screen<CustomerSearch>() != nullptr) shop.act(Back{});
  CHECK(shop.s.till.quote->points_earned > before);
  CHECK(shop.emitted<LoadMember>() == loads + 1);  // what the rules know of Ingrid
  REQUIRE(shop.s.till.state.has_value());
  shop.act(Go{Place::sale});
  shop.to_tender();
  shop.act(Submit{});
  CHECK(shop.notice() == "");
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(shop.purchase().programme_version == 4);
  CHECK(shop.purchase().total == shop.nok("449"));
}

TEST_CASE(
    "a part is paid: the sale ends by the programme it began with, the next has the new one") {
  Selling shop;
  shop.to_tender();
  shop.pay_part("200");
  const auto quote = shop.s.till.quote;
  shop.publish_dearer_points(40000);  // less than what is paid would be left
  CHECK(shop.s.till.quote == quote);
  SUBCASE("paid at once") {}
  SUBCASE("a second part") {
    shop.type("100");
    shop.act(Submit{});
    CHECK(shop.s.till.tenders.size() == 2);
  }
  SUBCASE("the till was locked meanwhile") {
    shop.act(Finish{});
    shop.type("1234");
    shop.act(Submit{});
    REQUIRE(shop.screen<Tendering>() != nullptr);
    // What the rules know of Ingrid is asked of the same programme.
    REQUIRE(shop.last<LoadMember>().programme != nullptr);
    CHECK(shop.last<LoadMember>().programme->programme.version == 3);
  }
  SUBCASE("and more goods") {
    shop.act(Back{});
    shop.scan("BULB");
    shop.act(Go{Place::tender});
  }
  CHECK(shop.s.till.quote->discounts.empty());
  shop.act(Submit{});
  CHECK(shop.notice() == "");
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(shop.purchase().programme_version == 3);
  CHECK(check(shop.purchase()).ok());

  shop.act(Submit{});
  shop.scan(kettle_gtin);
  CHECK(shop.total() == shop.nok("99"));
  shop.to_tender();
  shop.act(Submit{});
  CHECK(shop.purchase().programme_version == 4);
}

TEST_CASE("the part is taken back: the sale is quoted by the new programme") {
  Selling shop;
  shop.to_tender();
  shop.pay_part("200");
  shop.publish_dearer_points(40000);
  const int loads = shop.emitted<LoadMember>();
  shop.act(RemoveTender{0});
  CHECK(shop.total() == shop.nok("99"));
  CHECK(shop.emitted<LoadMember>() == loads + 1);
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(shop.purchase().programme_version == 4);
}

TEST_CASE("a purchase is being written: it stands as it is, and a failure is quoted anew") {
  Selling shop;
  shop.to_tender();
  shop.send(Submit{});
  REQUIRE(shop.s.visit.pending.has_value());
  const Till before = shop.s.till;
  ActiveProgramme next = *shop.active;
  next.programme.version = 4;
  loyalty::Reward off;
  off.id = "spring";
  off.max_steps = 1;
  off.trigger = loyalty::Trigger::automatic;
  off.minor = 5000;
  next.rules.rewards.push_back(off);
  shop.send(shop.publish(std::move(next)));
  CHECK(shop.s.till == before);
  SUBCASE("written") {
    shop.answer_all();
    REQUIRE(shop.screen<SaleDone>() != nullptr);
    CHECK(shop.purchase().programme_version == 3);
  }
  SUBCASE("not written") {
    shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
    shop.answer_all();
    shop.disk_fault.reset();
    CHECK(shop.total() == shop.nok("449"));
    shop.act(Submit{});
    REQUIRE(shop.screen<SaleDone>() != nullptr);
    CHECK(shop.purchase().programme_version == 4);
    CHECK(shop.purchase().total == shop.nok("449"));
  }
}

TEST_CASE("an answer by the old programme that is on its way does not count") {
  Selling shop;
  shop.s.till.state.reset();
  shop.act(Go{Place::search});
  shop.send(Go{Place::sale});
  REQUIRE(is_asked<LoadMember>(shop.s.visit.asked));
  const auto old = shop.last<LoadMember>();
  shop.publish_dearer_points();
  CHECK(shop.last<LoadMember>().ticket > old.ticket);
  loyalty::Member other;
  other.known = true;
  shop.send(answer(old, other));
  CHECK(shop.s.till.state->lots.size() == 1);
}

TEST_CASE("panes over the basket show what the new programme gives") {
  Selling shop;
  SUBCASE("rewards") {
    shop.act(OpenRewards{});
    shop.publish_dearer_points();
    CHECK(shop.pane<RewardsPane>()->offers ==
          offers_of(shop.s.till, shop.ctx, shop.s.till.quoted_at));
  }
  SUBCASE("points now or later") {
    shop.act(Go{Place::tender});
    REQUIRE(shop.pane<ChoicePane>() != nullptr);
    shop.publish_dearer_points(10000);
    CHECK(shop.pane<ChoicePane>() == nullptr);  // Ingrid's points were read again
    shop.act(Go{Place::tender});
    REQUIRE(shop.pane<ChoicePane>() != nullptr);
    CHECK(shop.pane<ChoicePane>()->pay_keeping == shop.nok("399"));
  }
}

TEST_CASE("a customer's page asks again what the rules say of them") {
  Shop shop;
  furnish(shop);
  shop.identify();
  const int loads = shop.emitted<LoadStanding>();
  ActiveProgramme next = *shop.active;
  next.programme.version = 4;
  shop.act(shop.publish(std::move(next)));
  CHECK(shop.emitted<LoadStanding>() == loads + 1);
}

TEST_CASE("a locked till stays as it is until its owner comes back") {
  Selling shop;
  shop.act(Finish{});
  const Visit locked = shop.s.visit;
  shop.publish_dearer_points(5000);
  CHECK(shop.s.visit == locked);
  CHECK_FALSE(shop.s.till.quote.has_value());
  shop.type("1234");
  shop.act(Submit{});
  CHECK(shop.total() == shop.nok("449"));
}
