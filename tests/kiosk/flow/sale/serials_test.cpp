// Serials that their article's rule refuses, at the sale line and where a warranty is registered.
#include <doctest/doctest.h>

#include "tests/kiosk/flow/reach.hpp"
#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

constexpr const char* wrong_imei = "352099001761482";
constexpr const char* meid = "A0000000002329";

/// The kettle with serials of this rule.
void serials_are(Shop& shop, const char* rule) { shop.articles.at("KOK17").cover.serials = {rule}; }

void scan_at_line(Shop& shop, const char* serial) {
  shop.act(Go{Place::sale});
  shop.scan(kettle_gtin);
  shop.act(OpenSerial{0});
  shop.scan(serial);
  shop.act(Submit{});
}

const LineWarranty* taken(const Shop& shop) {
  const auto& lines = shop.s.till.basket.lines;
  return lines.empty() || !lines[0].warranty ? nullptr : &*lines[0].warranty;
}

}  // namespace

TEST_CASE("a serial that breaks its rule is refused at the line, and its reason is told") {
  Shop shop;
  shop.open_till();
  shop.s.visit.staff->manager = false;
  serials_are(shop, "imei");
  scan_at_line(shop, wrong_imei);
  CHECK(shop.notice() == "serial.imei-check");
  CHECK(taken(shop) == nullptr);
  REQUIRE(shop.screen<Sale>() != nullptr);
  CHECK(get<SerialPane>(shop.screen<Sale>()->pane).refused);
  shop.act(StandsSo{});
  CHECK(shop.notice() == "serial.managers");
  CHECK(taken(shop) == nullptr);
  shop.scan("35-209900-176148-1");
  CHECK_FALSE(get<SerialPane>(shop.screen<Sale>()->pane).refused);
  shop.act(Submit{});
  REQUIRE(taken(shop) != nullptr);
  CHECK(taken(shop)->serial == "352099001761481");
  CHECK_FALSE(taken(shop)->unfit);
}

TEST_CASE("a manager may say that it stands so on the item, and that is kept") {
  Shop shop;
  shop.open_till();
  shop.s.visit.staff->manager = true;
  serials_are(shop, "imei");
  shop.act(StandsSo{});  // of nothing
  scan_at_line(shop, meid);
  CHECK(shop.notice() == "serial.imei");
  shop.act(StandsSo{});
  REQUIRE(taken(shop) != nullptr);
  CHECK(taken(shop)->serial == meid);
  CHECK(taken(shop)->unfit);
  // On hold and back: nobody is asked again.
  const auto lines = wanted_of(shop.s.till.basket);
  const auto filled =
      refill({shop.s.till.basket.currency, {}}, {{lines[0], shop.articles.at("KOK17")}},
             shop.s.till.basket.lines[0].warranty->covers[0].dates.start, nullptr);
  REQUIRE(filled.basket.lines.size() == 1);
  REQUIRE(filled.basket.lines[0].warranty);
  CHECK(filled.basket.lines[0].warranty->unfit);
}

TEST_CASE("what no serial is, nobody can accept") {
  Shop shop;
  shop.open_till();
  shop.s.visit.staff->manager = true;
  serials_are(shop, "imei");
  scan_at_line(shop, "12");
  CHECK(shop.notice() == "serial.length");
  CHECK_FALSE(get<SerialPane>(shop.screen<Sale>()->pane).refused);
  shop.act(StandsSo{});
  CHECK(taken(shop) == nullptr);
}

TEST_CASE("a car from elsewhere is taken, and what nothing can check is said") {
  Shop shop;
  shop.open_till();
  serials_are(shop, "vin");
  scan_at_line(shop, "WVWZZZ1JZ3W386752");
  CHECK(shop.notice() == "serial.unproven");
  REQUIRE(taken(shop) != nullptr);
  CHECK_FALSE(taken(shop)->unfit);
}

TEST_CASE("where a warranty is registered, the same holds") {
  Shop shop;
  shop.open_till();
  serials_are(shop, "imei");
  shop.act(Go{Place::warranty});
  shop.scan(kettle_gtin);
  REQUIRE(shop.screen<WarrantyForm>() != nullptr);
  shop.scan(wrong_imei);
  shop.act(Submit{});
  CHECK(shop.notice() == "serial.imei-check");
  REQUIRE(shop.screen<WarrantyForm>() != nullptr);
  CHECK(shop.screen<WarrantyForm>()->refused);
  shop.act(Erase{});
  CHECK_FALSE(shop.screen<WarrantyForm>()->refused);
  shop.act(StandsSo{});  // of what was not refused as it is now
  CHECK(shop.screen<WarrantyForm>() != nullptr);
  shop.act(Submit{});  // 14 digits are a whole IMEI
  CHECK(shop.screen<WarrantyDone>() != nullptr);
}

TEST_CASE("a customer cannot overrule a rule") {
  Shop shop;
  serials_are(shop, "imei");
  shop.identify();
  shop.act(Go{Place::warranty});
  shop.scan(kettle_gtin);
  shop.scan(meid);
  shop.act(Submit{});
  CHECK(shop.notice() == "serial.imei");
  shop.act(StandsSo{});
  CHECK(shop.screen<WarrantyForm>() != nullptr);
}
