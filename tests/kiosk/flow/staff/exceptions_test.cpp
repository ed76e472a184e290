// A manager settles what contradicted what else was known.
#include <doctest/doctest.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

Shop at_the_exceptions() {
  Shop shop;
  shop.open_till();
  shop.act(Go{Place::exceptions});
  REQUIRE(shop.screen<ExceptionPage>() != nullptr);
  REQUIRE(shop.screen<ExceptionPage>()->loaded);
  return shop;
}

const ExceptionPage& page(Shop& shop) { return *shop.screen<ExceptionPage>(); }

}  // namespace

TEST_CASE("a manager settles one in four touches, and it leaves the list") {
  Shop shop = at_the_exceptions();
  const ExceptionName name = page(shop).open[0].name;
  shop.act(OpenException{0});
  shop.act(ChooseDecision{Decision::debt});
  CHECK(page(shop).asking == Decision::debt);
  CHECK(shop.emitted<SettleException>() == 0);  // asked first
  shop.act(Submit{});
  CHECK(shop.last<SettleException>().name == name);
  CHECK(shop.last<SettleException>().decision == Decision::debt);
  CHECK(shop.last<SettleException>().requester.staff == "marit");
  CHECK(shop.notice() == "exception.done");
  CHECK(page(shop).open.size() == 1);
  CHECK_FALSE(page(shop).chosen);
  CHECK(shop.emitted<Sync>() > 0);
}

TEST_CASE("what cannot be said to it is not asked") {
  Shop shop = at_the_exceptions();
  shop.act(ChooseDecision{Decision::absorb});  // to none
  CHECK_FALSE(page(shop).asking);
  shop.act(OpenException{1});
  shop.act(ChooseDecision{Decision::debt});
  CHECK_FALSE(page(shop).asking);
  shop.act(ChooseDecision{Decision::noted});
  CHECK(page(shop).asking == Decision::noted);
  shop.act(OpenException{7});
  shop.act(Submit{});
  CHECK(shop.emitted<SettleException>() == 1);
}

TEST_CASE("back leaves the question, then the one, then the page") {
  Shop shop = at_the_exceptions();
  shop.act(OpenException{0});
  shop.act(ChooseDecision{Decision::absorb});
  shop.act(Back{});
  CHECK_FALSE(page(shop).asking);
  CHECK(page(shop).chosen);
  shop.act(Back{});
  CHECK_FALSE(page(shop).chosen);
  shop.act(Back{});
  CHECK(shop.screen<ExceptionPage>() == nullptr);
  CHECK(shop.emitted<SettleException>() == 0);
}

TEST_CASE("where another till was faster that is said, and the list is read again") {
  Shop shop = at_the_exceptions();
  shop.act(OpenException{0});
  shop.exceptions.erase(shop.exceptions.begin());
  shop.act(ChooseDecision{Decision::absorb});
  shop.act(Submit{});
  CHECK(shop.notice() == "exception.settled");
  CHECK(page(shop).open.size() == 1);
  CHECK_FALSE(page(shop).chosen);
}

TEST_CASE("whose it is can be looked up") {
  Shop shop = at_the_exceptions();
  shop.act(OpenException{0});
  shop.act(ShowExceptionCustomer{});
  REQUIRE(shop.screen<CustomerPage>() != nullptr);
  CHECK(shop.screen<CustomerPage>()->customer == shop.ingrid.ref);
}

TEST_CASE("cashiers do not see exceptions") {
  Shop shop;
  shop.open_till();
  shop.s.visit.staff->manager = false;
  shop.act(Go{Place::exceptions});
  CHECK(shop.screen<ExceptionPage>() == nullptr);
  CHECK(shop.emitted<LoadExceptions>() == 0);
}
