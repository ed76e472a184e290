// Who is signed in, when head office or another till says something else.

#include <doctest/doctest.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

TEST_CASE("whoever does not work here any more is signed out, and the basket waits") {
  Shop shop;
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.answer_all();
  REQUIRE(shop.s.visit.staff);
  const Till before = shop.s.till;
  shop.act(StaffKnown{{{"ola", "Ola", false}}});
  CHECK_FALSE(shop.s.visit.staff);
  REQUIRE(shop.screen<PinEntry>() != nullptr);
  CHECK(shop.screen<PinEntry>()->locked);
  CHECK(shop.s.till.basket == before.basket);
  CHECK(shop.notice() == "staff.signed-out");
}

TEST_CASE("a manager who is a cashier now is one at once, and stays signed in") {
  Shop shop;
  shop.open_till();
  REQUIRE(shop.s.visit.staff->manager);
  shop.act(StaffKnown{{{"marit", "Marit Moe", false}}});
  CHECK(shop.s.visit.staff == StaffMember{"marit", "Marit Moe", false});
}

TEST_CASE("who signs in before the news of them has come stays signed in") {
  Shop shop;
  shop.act(StaffKnown{{}});
  shop.sign_in();
  CHECK(shop.s.visit.staff);
}

TEST_CASE("what is being written is written before its cashier is signed out") {
  Shop shop;
  shop.sign_in();
  REQUIRE(shop.screen<ShiftOpen>() != nullptr);
  shop.type("1000");
  shop.send(Submit{});
  REQUIRE(shop.s.visit.pending);
  shop.send(StaffKnown{{}});
  CHECK(shop.s.visit.staff);
  shop.answer_all();
  CHECK(shop.s.device.shift);
  CHECK_FALSE(shop.s.visit.staff);
}
