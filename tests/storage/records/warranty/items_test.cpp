#include "storage/records/warranty/items.hpp"

#include <doctest/doctest.h>

#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/warranty/warranty.hpp"
#include "tests/storage/records/centre.hpp"
#include "tests/support/covers.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

struct Items : Centre {
  std::vector<ItemView> by(std::string_view typed) {
    return records::items_by_serial(*database, item_query(typed));
  }
  FactId sell(const std::string& serial, const std::string& maker = "Nordlys") {
    PurchaseLine lamp = line("1002", 1, 129900);
    lamp.warranty = LineWarranty{*normalise_serial(serial), serial, maker, item("x").covers};
    last = purchase(clock, {lamp});
    last.customer = whose;
    const FactId id = next_id(1);
    take("Bergen", id, last);
    return id;
  }
  CustomerRef whose;
  Purchase last;
};

}  // namespace

TEST_CASE("an item is found by its serial, its last four and its receipt") {
  Items shop;
  const FactId sold = shop.sell("ab-100/7731");
  shop.sell("XX7731", "Sydpol");
  for (const char* typed : {"ab-100/7731", "AB1007731", " ab 100 7731 "}) {
    CAPTURE(typed);
    const auto found = shop.by(typed);
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == ItemId{sold, 0});
    CHECK(found[0].maker == "Nordlys");
    CHECK(found[0].covers == item("x").covers);
    CHECK(found[0].purchase == sold);
    CHECK_FALSE(found[0].disputed);
    CHECK(found[0].history.size() == 1);
  }
  CHECK(shop.by("7731").size() == 2);  // ambiguous: both
  CHECK(shop.by("731").empty());
  CHECK(shop.by("").empty());
  CHECK(shop.by("no such!").empty());
  CHECK(records::items_of_purchase(*shop.database, sold).size() == 1);
}

TEST_CASE("zeros in front of a serial count (inventree/InvenTree#1802, bikeindex/bike_index#100)") {
  Items shop;
  shop.sell("00038675971547");
  CHECK(shop.by("00038675971547").size() == 1);
  CHECK(shop.by("38675971547").empty());  // another item may have it
  CHECK(shop.by("1547").size() == 1);
}

TEST_CASE("a phone is found by what else is called its IMEI, and once") {
  Items shop;
  const FactId sold = shop.sell("352099001761481");
  for (const char* typed : {"352099001761481", "35-209900-176148", "35-209900-176148-23", "1481"}) {
    CAPTURE(typed);
    REQUIRE(shop.by(typed).size() == 1);
    CHECK(shop.by(typed)[0].id == ItemId{sold, 0});
  }
  CHECK(shop.by("35-209900-176149").empty());
}

TEST_CASE("a serial that stands otherwise on its item says so") {
  Items shop;
  WarrantyRegistration odd;
  odd.article = "1002";
  odd.maker = "Nordlys";
  odd.serial = odd.serial_typed = "A0000000002329";
  odd.covers = item("x").covers;
  odd.at = shop.clock.local_now();
  odd.unfit = true;
  shop.take("Bergen", 1, odd);
  shop.sell("352099001761481");
  CHECK(shop.by("A0000000002329").at(0).unfit);
  CHECK_FALSE(shop.by("352099001761481").at(0).unfit);
}

TEST_CASE("a dispute shows on the item that stands, and goes with it") {
  Items shop;
  const FactId first = shop.sell("SN12345");
  WarrantyRegistration later;  // and covered longer
  later.article = "1002";
  later.article_name = "Lamp";
  later.maker = "Nordlys";
  later.serial = later.serial_typed = "SN12345";
  later.covers = test::covered(std::chrono::year(2026) / 11 / 25, 60);
  later.at = shop.clock.local_now();
  CHECK(shop.take("Oslo", 2, later) == Codes{"warranty.disputed"});
  auto found = shop.by("SN12345");
  REQUIRE(found.size() == 1);
  CHECK(found[0].id.registration == first);
  CHECK(found[0].disputed);
  CHECK(found[0].history.size() == 2);
}

TEST_CASE("an item that went back is told as such, until somebody else has it") {
  Items shop;
  const FactId first = shop.sell("SN12345");
  const Purchase bought = shop.last;
  CHECK(shop.take("Bergen", 1, bring_back(shop.clock, bought, first, 0, 1)).empty());
  auto found = shop.by("SN12345");
  REQUIRE(found.size() == 1);
  CHECK(found[0].returned);
  CHECK(found[0].history.size() == 2);
  const FactId next = shop.sell("SN12345");
  found = shop.by("SN12345");
  REQUIRE(found.size() == 1);
  CHECK_FALSE(found[0].returned);
  CHECK_FALSE(found[0].disputed);
  CHECK(found[0].id.registration == next);
  CHECK(found[0].history.size() == 3);
}

TEST_CASE("what has no serial is known by its receipt line, and ends when all of it is back") {
  Items shop;
  PurchaseLine chairs = line("2001", 3, 49900);
  chairs.warranty = LineWarranty{{}, {}, "Nordlys", item("x").covers};
  const Purchase bought = purchase(shop.clock, {chairs, chairs});
  const FactId sold = shop.next_id(1);
  CHECK(shop.take("Bergen", sold, bought).empty());
  auto found = records::items_of_purchase(*shop.database, sold);
  REQUIRE(found.size() == 2);
  CHECK(found[0].id == ItemId{sold, 0});
  CHECK(found[1].id == ItemId{sold, 1});
  CHECK(found[0].serial.empty());
  CHECK(shop.take("Bergen", 1, bring_back(shop.clock, bought, sold, 0, 1)).empty());
  CHECK_FALSE(records::item(*shop.database, {sold, 0})->returned);
  CHECK(shop.take("Bergen", 1, bring_back(shop.clock, bought, sold, 0, 2)).empty());
  CHECK(records::item(*shop.database, {sold, 0})->returned);
  CHECK_FALSE(records::item(*shop.database, {sold, 1})->returned);
}

TEST_CASE("a cover that begins with the delivery counts from it, by the last word") {
  Items shop;
  const FactId sold = shop.sell("SN12345");
  CoverBegun begun;
  begun.registration = sold;
  begun.line = 0;
  begun.event = CoverStart::delivery;
  begun.covers = begun_on(std::chrono::year(2026) / 12 / 1, item("x").covers);
  begun.at = shop.clock.local_now();
  CHECK(shop.take("Bergen", 1, begun).empty());
  auto found = records::item(*shop.database, {sold, 0});
  CHECK(to_iso(span_of(found->covers).end) == "2028-12-01");
  CHECK(found->begun);
  CHECK(found->history.size() == 2);
  begun.covers = begun_on(std::chrono::year(2026) / 12 / 3, begun.covers);
  CHECK(shop.take("Bergen", 1, begun).empty());
  found = records::item(*shop.database, {sold, 0});
  CHECK(to_iso(span_of(found->covers).end) == "2028-12-03");
  CHECK(shop.number("SELECT end_day - start_day FROM warranty") ==
        shop.number("SELECT end_day - start_day FROM warranty_cover"));
  begun.line = 7;
  CHECK(shop.take("Bergen", 1, begun) == Codes{"cover.unknown-item"});
}

TEST_CASE("what somebody has is listed without what went back") {
  Items shop;
  shop.whose = shop.enrol("Bergen", 1);
  const FactId lamp = shop.sell("SN100");
  const Purchase bought = shop.last;
  shop.sell("SN200");
  CHECK(records::items_of_customer(*shop.database, shop.whose).size() == 2);
  CHECK(shop.take("Bergen", 1, bring_back(shop.clock, bought, lamp, 0, 1)).empty());
  const auto left = records::items_of_customer(*shop.database, shop.whose);
  REQUIRE(left.size() == 1);
  CHECK(left[0].serial == "SN200");
  CHECK(left[0].owner == shop.whose);
  CHECK(records::items_of_customer(*shop.database, shop.enrol("Oslo", 2)).empty());
}
