#include <doctest/doctest.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

TEST_CASE("an untouched customer is warned after 45 seconds and gone after 20 more") {
  Shop shop;
  shop.identify();
  shop.act(SetPrivacy{Privacy::shown});
  shop.wait(customer_idle - 1ms);
  CHECK_FALSE(shop.s.visit.idle.gone_at.has_value());
  shop.wait(1ms);
  REQUIRE(shop.s.visit.idle.gone_at.has_value());
  CHECK(shop.screen<CustomerHome>()->privacy == Privacy::masked);
  CHECK(next_deadline(shop.s) == shop.now.at + idle_warning);
  shop.wait(idle_warning);
  CHECK(shop.s.visit == Visit{});
  CHECK(next_deadline(shop.s) == std::nullopt);
}

TEST_CASE("any touch under the warning means only that somebody is here") {
  Shop shop;
  shop.identify();
  shop.wait(customer_idle);
  SUBCASE("the button") { shop.act(StillHere{}); }
  SUBCASE("something that lay under it") { shop.act(Go{Place::join}); }
  CHECK(shop.screen<CustomerHome>() != nullptr);
  CHECK_FALSE(shop.s.visit.idle.gone_at.has_value());
  CHECK(next_deadline(shop.s) == shop.now.at + customer_idle);
}

TEST_CASE("large text and high contrast double the time") {
  Shop shop;
  shop.act(Wake{});
  SUBCASE("text") { shop.act(SwitchTextSize{}); }
  SUBCASE("contrast") { shop.act(SwitchContrast{}); }
  shop.wait(customer_idle);
  CHECK_FALSE(shop.s.visit.idle.gone_at.has_value());
  shop.wait(customer_idle);
  REQUIRE(shop.s.visit.idle.gone_at.has_value());
  shop.wait(idle_warning);
  CHECK(shop.s.visit != Visit{});
  shop.wait(idle_warning);
  CHECK(shop.s.visit == Visit{});
}

TEST_CASE("the reset takes language text size and contrast with it") {
  Shop shop;
  shop.act(Wake{Language::nl});
  shop.act(SwitchTextSize{});
  shop.act(SwitchContrast{});
  Device device = shop.s.device;
  shop.act(Finish{});
  Session reset;
  reset.device = device;
  CHECK(shop.s == reset);
}

TEST_CASE("nothing idles away while a write is pending") {
  Shop shop;
  shop.act(Wake{});
  shop.act(Go{Place::join});
  shop.type("Kari Nordmann");
  shop.act(Edit{Field::phone});
  shop.type("40000001");
  shop.act(SetConsent{ConsentPurpose::membership, true});
  shop.send(Submit{});
  REQUIRE(shop.s.visit.pending.has_value());
  CHECK(next_deadline(shop.s) == std::nullopt);
  shop.now.at = shop.now.at + 10min;
  shop.send(Tick{});
  CHECK(shop.screen<Join>() != nullptr);
  CHECK_FALSE(shop.s.visit.idle.gone_at.has_value());
  shop.answer_all();
  CHECK(shop.screen<Identify>() != nullptr);
  CHECK(shop.s.visit.idle.at == shop.now.at + customer_idle);
}

TEST_CASE("touches and scans do nothing while a write is pending") {
  Shop shop;
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.act(Go{Place::tender});
  for (int i = 0; i < 5; ++i) shop.send(Submit{});
  CHECK(shop.emitted<RecordFact>() == 2);  // the shift and one purchase
  const Session before = shop.s;
  shop.send(Back{});
  shop.send(Finish{});
  shop.send(Scan{kettle_gtin});
  CHECK(shop.s == before);
}

TEST_CASE("an idle till locks after two minutes and keeps the basket without the member") {
  Shop shop;
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.scan(ingrid_card);
  REQUIRE(shop.s.till.member.has_value());
  const Basket basket = shop.s.till.basket;
  shop.wait(staff_idle);
  REQUIRE(shop.screen<PinEntry>() != nullptr);
  CHECK(shop.screen<PinEntry>()->locked);
  CHECK_FALSE(shop.s.visit.staff.has_value());
  CHECK_FALSE(shop.s.till.member.has_value());
  CHECK(shop.s.till.basket == basket);
  CHECK(next_deadline(shop.s) == std::nullopt);

  shop.type("1234");
  shop.act(Submit{});
  REQUIRE(shop.screen<Sale>() != nullptr);
  CHECK(shop.s.till.basket == basket);
  CHECK(shop.s.till.member == shop.ingrid);
}

TEST_CASE("wrong PINs at the stand count apart from those at a till that waits for its owner") {
  Shop stand;
  stand.act(Wake{});
  stand.act(Go{Place::staff});
  stand.type("9999");
  stand.act(Submit{});
  CHECK(stand.notice() == "pin.wrong");
  CHECK(stand.last<CheckPin>().place == PinPlace::stand);
  Shop till;
  till.open_till();
  till.scan(kettle_gtin);
  till.wait(staff_idle);
  REQUIRE(till.screen<PinEntry>()->locked);
  till.type("9999");
  till.act(Submit{});
  CHECK(till.last<CheckPin>().place == PinPlace::locked_till);
  CHECK(till.s.till.basket.lines.size() == 1);
}

TEST_CASE("a locked till with nothing on it goes back to attract") {
  Shop shop;
  shop.open_till();
  shop.wait(staff_idle);
  CHECK(shop.screen<PinEntry>() != nullptr);
  shop.wait(customer_idle);
  CHECK(shop.s.visit == Visit{});
}

TEST_CASE("half a pin on a locked till goes away") {
  Shop shop;
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.act(Finish{});
  shop.type("12");
  shop.wait(customer_idle);
  REQUIRE(shop.screen<PinEntry>() != nullptr);
  CHECK(shop.screen<PinEntry>()->digits.empty());
}

TEST_CASE("customers may use the kiosk while a basket waits") {
  Shop shop;
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.act(Finish{});
  shop.act(Back{});
  CHECK(shop.s.visit == Visit{});
  shop.identify();
  CHECK(shop.screen<CustomerHome>() != nullptr);
  CHECK(shop.s.till.basket.lines.size() == 1);
  shop.act(Finish{});
  shop.sign_in();
  CHECK(shop.screen<Sale>() != nullptr);
  CHECK(shop.s.till.basket.lines.size() == 1);
}

TEST_CASE("a clock set back does not keep a page on the screen") {
  Shop shop;
  shop.identify();
  shop.now.at = shop.now.at - 3h;
  shop.act(Tick{});
  shop.wait(customer_idle);
  CHECK(shop.s.visit.idle.gone_at.has_value());
  shop.now.at = shop.now.at - 3h;
  shop.act(Tick{});
  shop.wait(idle_warning);
  CHECK(shop.s.visit == Visit{});
}
