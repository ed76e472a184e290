// A registered serial opens its item wherever it is scanned, and a look-up lists what is ambiguous.
#include <doctest/doctest.h>

#include "storage/domain/warranty/item.hpp"
#include "tests/kiosk/flow/reach.hpp"
#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

/// Another maker's item with the same serial.
ItemView twin(const Shop& shop) {
  ItemView item = shop.items.front();
  item.id.registration = FactId::make({9}, {7}, {1}, 41);
  item.purchase = item.id.registration;
  item.article_name = "Lamp";
  item.maker = "Nordlys";
  item.owner = {};
  return item;
}

const ItemPage& page_of(Shop& shop) {
  REQUIRE(shop.screen<ItemPage>() != nullptr);
  return *shop.screen<ItemPage>();
}

}  // namespace

TEST_CASE("a registered serial that is scanned at a till opens its item") {
  Shop shop;
  shop.open_till();
  shop.scan("BULB");
  shop.scan(covered_serial);
  CHECK(page_of(shop).open == 0);
  CHECK(page_of(shop).found[0].owner == "Ingrid H.");
  CHECK(page_of(shop).found[0].item.purchase);
  shop.act(Back{});
  REQUIRE(shop.screen<Sale>() != nullptr);
  CHECK(shop.s.till.basket.lines.size() == 1);  // the sale waited
  for (const Place place : {Place::search, Place::warranty, Place::returns}) {
    CAPTURE(static_cast<int>(place));
    shop.act(Go{place});
    shop.items.push_back(twin(shop));
    shop.scan(covered_serial);
    CHECK(page_of(shop).found.size() == 2);
    shop.items.pop_back();
    shop.act(Back{});
  }
}

TEST_CASE("what is asked in the sale is answered before another item is looked at") {
  Shop shop;
  shop.open_till();
  shop.scan("BULB");
  shop.act(OpenQuantity{0});
  shop.scan(covered_serial);
  CHECK(shop.notice() == "scan.finish-first");
  CHECK(shop.screen<ItemPage>() == nullptr);
}

TEST_CASE(
    "an article is what its code says though an item has such a serial "
    "(frappe/erpnext#6050)") {
  Shop shop;
  shop.items[0].serial = "BULB";
  shop.open_till();
  shop.scan("BULB");
  CHECK(shop.screen<Sale>() != nullptr);
  CHECK(shop.s.till.basket.lines.size() == 1);
  // Typed where warranties are looked up, it is found all the same.
  shop.items[0].serial = "BULBX";
  shop.act(Go{Place::warranty});
  shop.type("BULBX");
  shop.act(Submit{});
  CHECK(page_of(shop).found.size() == 1);
}

TEST_CASE("two makers' items with one serial are listed, and one is chosen (odoo/odoo#90438)") {
  Shop shop;
  shop.items.push_back(twin(shop));
  shop.open_till();
  shop.scan(covered_serial);
  CHECK_FALSE(page_of(shop).open);
  shop.act(OpenItem{2});
  CHECK_FALSE(page_of(shop).open);  // there is no third
  shop.act(OpenItem{1});
  CHECK(page_of(shop).open == 1);
  shop.act(Back{});
  CHECK_FALSE(page_of(shop).open);
  shop.act(Back{});
  CHECK(shop.screen<Sale>() != nullptr);
}

TEST_CASE("the last four of a serial find it for staff, and nobody else") {
  Shop shop;
  shop.open_till();
  shop.act(Go{Place::warranty});
  shop.type("7701");
  shop.act(Submit{});
  CHECK(page_of(shop).found[0].item.serial == "COV7701");
  shop.act(Go{Place::warranty});
  shop.type("9999");
  shop.act(Submit{});
  CHECK(shop.notice() == "warranty.unknown");
  REQUIRE(shop.screen<WarrantyForm>() != nullptr);
  CHECK(shop.screen<WarrantyForm>()->words == "9999");

  Shop stand;
  stand.act(Wake{});
  stand.act(Go{Place::warranty});
  stand.type("7701");
  stand.act(Submit{});
  CHECK(stand.screen<ItemPage>() == nullptr);
}

TEST_CASE("several articles that match are chosen from, not refused as none") {
  Shop shop;
  shop.open_till();
  shop.act(Go{Place::warranty});
  shop.type("le");  // kettle and apples
  REQUIRE(shop.screen<WarrantyForm>()->found.size() > 1);
  shop.act(Submit{});
  CHECK(shop.notice() == "warranty.choose");
  CHECK(shop.s.visit.notice->tone == Tone::info);
  CHECK(shop.screen<WarrantyForm>()->found.size() > 1);
  shop.act(ClearField{});
  shop.act(Submit{});
  CHECK(shop.notice() == "warranty.article");
}

TEST_CASE("at the stand an item tells its cover to anybody, and its receipt to its owner alone") {
  Shop shop;
  shop.act(Wake{});
  shop.scan(covered_serial);
  CHECK_FALSE(page_of(shop).found[0].own);
  CHECK(page_of(shop).found[0].owner.empty());
  CHECK(page_of(shop).found[0].item.owner.nobody());
  CHECK_FALSE(page_of(shop).found[0].item.purchase);
  CHECK_FALSE(page_of(shop).found[0].item.covers.empty());
  shop.act(OpenItemReceipt{});
  CHECK(shop.screen<ItemPage>() != nullptr);  // for staff only
  shop.act(Go{Place::start});
  shop.scan(ingrid_card);
  shop.scan(covered_serial);
  CHECK(page_of(shop).found[0].own);
  CHECK(page_of(shop).found[0].item.purchase);
}

TEST_CASE("a member opens their own things once they are shown") {
  Shop shop;
  shop.act(Wake{});
  shop.scan(ingrid_card);
  shop.act(ShowTab{HomeTab::warranties});
  shop.act(OpenItem{0});
  CHECK(shop.screen<CustomerHome>() != nullptr);  // hidden
  shop.act(SetPrivacy{Privacy::shown});
  shop.act(OpenItem{7});
  CHECK(shop.screen<CustomerHome>() != nullptr);
  shop.act(OpenItem{0});
  CHECK(page_of(shop).found[0].own);
  // Somebody walks away: the warning takes it off the glass.
  shop.wait(customer_idle);
  CHECK(shop.screen<ItemPage>() == nullptr);
}

TEST_CASE("the serial of what is on a receipt is a line to return") {
  Shop shop;
  reach(std::type_identity<Returning>(), shop);
  REQUIRE(shop.screen<Returning>() != nullptr);
  shop.scan(covered_serial);
  CHECK(shop.notice() == "return.other-item");
  shop.items[0].id = {shop.screen<Returning>()->sold().id, 0};
  shop.scan(covered_serial);
  CHECK(shop.screen<Returning>()->chosen[0] == Quantity::pieces(1));
  shop.scan(covered_serial);
  CHECK(shop.notice() == "return.other-item");  // it is chosen already
}
