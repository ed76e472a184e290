#include "kiosk/flow/staff/level_giving.hpp"

#include <doctest/doctest.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;
using Giving = LevelGiving::Step;

namespace {

/// On Ingrid's page, found by her name; nobody has vouched for her.
class Page {
 public:
  explicit Page(bool manager) {
    shop.open_till();
    shop.s.visit.staff->manager = manager;
    shop.customers.people = {{shop.ingrid.ref, "Ingrid Haugen", ""}};
    shop.customers.seen.profile.ref = shop.ingrid.ref;
    shop.act(Go{Place::customers});
    shop.type("ing");
    shop.act(PickPerson{0});
    open();
  }
  void open() { shop.act(OpenEntry{std::string(level_field), std::nullopt}); }
  void enter(const std::string& typed) {
    shop.act(ClearField{});
    if (!typed.empty()) shop.type(typed);
    shop.act(Submit{});
  }
  bool editing() { return shop.screen<CustomerPage>()->editing.has_value(); }
  Giving step() { return shop.screen<CustomerPage>()->editing->giving.step; }
  const std::vector<GiveLevel>& given() const { return shop.customers.levels; }
  Shop shop;
};

}  // namespace

TEST_CASE("a manager gives a level until a day and for a reason, without proof of the customer") {
  Page page(true);
  page.shop.type("gold");  // it is picked, not typed
  page.shop.act(Submit{});
  REQUIRE(page.step() == Giving::level);
  page.shop.act(PickValue{"gold"});
  REQUIRE(page.step() == Giving::day);
  for (const char* wrong : {"20200101", "20271345", "2027"}) {
    page.enter(wrong);
    CHECK(page.shop.notice() == "level.until");
    CHECK(page.step() == Giving::day);
  }
  page.enter("20991231");
  REQUIRE(page.step() == Giving::reason);
  page.enter(" ");
  CHECK(page.shop.notice() == "text.missing");
  page.shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
  page.enter("Opening guest");
  CHECK(page.given().empty());
  CHECK(page.shop.screen<CustomerPage>()->editing->entry == "Opening guest");
  page.shop.disk_fault.reset();
  page.shop.act(Submit{});
  REQUIRE(page.given().size() == 1);
  CHECK(page.given()[0].level == "gold");
  CHECK(page.given()[0].until == *parse_date("2099-12-31"));
  CHECK(page.given()[0].reason == "Opening guest");
  CHECK(page.given()[0].requester.viewer == Viewer::manager);
  CHECK(page.shop.notice() == "profile.saved");
  CHECK_FALSE(page.editing());
}

TEST_CASE("a level without a last day, and its end, which has none") {
  Page page(true);
  page.shop.act(PickValue{"silver"});
  page.enter("");
  page.enter("Raffle");
  page.open();
  page.shop.act(PickValue{""});
  REQUIRE(page.step() == Giving::reason);
  page.shop.act(PickValue{"gold"});  // a second touch of what was there
  page.enter("It was void");
  REQUIRE(page.given().size() == 2);
  CHECK(page.given()[0].level == "silver");
  CHECK_FALSE(page.given()[0].until.has_value());
  CHECK(page.given()[1].level == "");
  page.open();
  page.shop.act(PickValue{"gold"});
  page.shop.act(Back{});
  CHECK_FALSE(page.editing());
  CHECK(page.given().size() == 2);
}

TEST_CASE("who is no manager gives no level") {
  Page page(false);
  CHECK(page.shop.notice() == "level.managers");
  CHECK_FALSE(page.editing());
}
