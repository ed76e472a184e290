// Sales put aside, and the last basket once more.
#include <doctest/doctest.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

struct Busy : Shop {
  Busy() {
    open_till();
    scan(kettle_gtin);
    scan("BULB");
    scan("BULB");
  }
};

}  // namespace

TEST_CASE("a sale is held without its customer and recalled at today's prices") {
  Busy shop;
  shop.scan(ingrid_card);
  shop.act(HoldSale{});
  CHECK(shop.notice() == "hold.held");
  CHECK(shop.s.till == Till{});
  REQUIRE(shop.s.device.held.size() == 1);
  CHECK(shop.s.device.held[0].lines == 2);
  CHECK(shop.s.device.held[0].total == shop.nok("617"));
  shop.articles["BULB"].price = shop.price("69.00");
  shop.act(OpenHeldSales{});
  shop.act(RecallSale{0});
  REQUIRE(shop.s.till.basket.lines.size() == 2);
  CHECK(totals(shop.s.till, shop.ctx).total == shop.nok("637"));
  CHECK(shop.s.till.customer.nobody());
  CHECK(shop.s.device.held.empty());
}

TEST_CASE("a serial is kept and articles no longer sold are named") {
  Busy shop;
  shop.act(OpenSerial{0});
  shop.scan("KK-17-0042");
  shop.act(Submit{});
  shop.act(HoldSale{});
  shop.articles.erase("BULB");
  shop.act(OpenHeldSales{});
  shop.act(RecallSale{0});
  REQUIRE(shop.s.till.basket.lines.size() == 1);
  CHECK(shop.s.till.basket.lines[0].warranty->serial_typed == "KK-17-0042");
  const auto* pane = get_if<AgainPane>(&shop.screen<Sale>()->pane);
  REQUIRE(pane != nullptr);
  REQUIRE(pane->lines.size() == 1);
  CHECK(pane->lines[0].wanted.name == "LED bulb E27 8 W");
  shop.act(Submit{});
  CHECK(holds_alternative<Lines>(shop.screen<Sale>()->pane));
}

TEST_CASE("what is paid already or empty is not put aside") {
  Busy shop;
  shop.act(Go{Place::tender});
  shop.type("10");
  shop.act(Submit{});
  shop.act(Back{});
  shop.act(HoldSale{});
  CHECK(shop.notice() == "sale.paid");
  Shop empty;
  empty.open_till();
  empty.act(HoldSale{});
  CHECK(empty.notice() == "sale.empty");
}

TEST_CASE("a basket is let go only when it is on disk") {
  Busy shop;
  shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
  shop.act(HoldSale{});
  CHECK(shop.notice() == "disk.full");
  CHECK(shop.s.till.basket.lines.size() == 2);
}

TEST_CASE("one sale at a time is recalled and only so many are held") {
  Busy shop;
  for (std::size_t i = 0; i < held_at_once; ++i) {
    shop.act(HoldSale{});
    shop.scan("BULB");
  }
  shop.act(HoldSale{});
  CHECK(shop.notice() == "hold.full");
  shop.act(OpenHeldSales{});
  shop.act(RecallSale{0});
  CHECK(shop.notice() == "hold.basket");
  CHECK(shop.s.device.held.size() == held_at_once);
}

TEST_CASE("the last basket is looked at and then put in at today's prices") {
  Busy shop;
  shop.ingrid.last_purchases.push_back({});
  shop.last_lines = {{{"KOK17", "Kettle", Quantity::pieces(1)}, shop.articles["KOK17"]},
                     {{"OLD", "Toaster", Quantity::pieces(1)}, std::nullopt},
                     {{"APPLE", "Apples", {742}}, shop.articles["APPLE"]}};
  shop.scan(ingrid_card);
  shop.act(OpenAgain{});
  const auto* pane = get_if<AgainPane>(&shop.screen<Sale>()->pane);
  REQUIRE(pane != nullptr);
  CHECK(pane->lines.size() == 3);
  shop.act(Submit{});
  CHECK(shop.s.till.basket.lines.size() == 2);
  CHECK(shop.s.till.basket.lines[0].quantity == Quantity::pieces(2));
  CHECK(holds_alternative<Lines>(shop.screen<Sale>()->pane));
}

TEST_CASE("the same again is put in once in a sale") {
  Busy shop;
  shop.ingrid.last_purchases.push_back({});
  shop.last_lines = {{{"KOK17", "Kettle", Quantity::pieces(1)}, shop.articles["KOK17"]}};
  shop.scan(ingrid_card);
  shop.act(OpenAgain{});
  shop.act(Submit{});
  const Basket once = shop.s.till.basket;
  shop.act(OpenAgain{});
  CHECK(shop.notice() == "again.twice");
  shop.act(Submit{});
  CHECK(shop.s.till.basket == once);
  // In the next sale it is wanted again.
  shop.act(Go{Place::sale});
  shop.act(OpenClear{});
  shop.act(Submit{});
  REQUIRE(shop.s.till.empty());
  shop.scan(ingrid_card);
  shop.act(OpenAgain{});
  CHECK(get_if<AgainPane>(&shop.screen<Sale>()->pane) != nullptr);
}

TEST_CASE("an old basket of which nothing is sold any more says so") {
  Busy shop;
  shop.ingrid.last_purchases.push_back({});
  shop.last_lines = {{{"OLD", "Toaster", Quantity::pieces(1)}, std::nullopt}};
  shop.scan(ingrid_card);
  shop.act(OpenAgain{});
  shop.act(Submit{});
  CHECK(shop.notice() == "again.none");
}

TEST_CASE("a gift card that was put aside is good as long as one sold today") {
  Busy shop;
  shop.ctx.stored_value = {24, 12};
  shop.act(OpenMore{});
  shop.act(OpenGiftCard{StoredValue::gift_card});
  shop.scan("GC998877665544");
  shop.type("100");
  shop.act(Submit{});
  shop.act(HoldSale{});
  shop.act(OpenHeldSales{});
  shop.act(RecallSale{0});
  REQUIRE(shop.s.till.basket.lines.size() == 3);
  const auto& top_up = shop.s.till.basket.lines[2].top_up;
  REQUIRE(top_up.has_value());
  CHECK(top_up->expires == parse_date("2028-11-21").value());
}
