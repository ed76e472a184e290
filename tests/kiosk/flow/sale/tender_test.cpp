#include <doctest/doctest.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

/// A basket of 88.61: a bulb and 742 g of apples.
void fill(Shop& shop) {
  shop.open_till();
  shop.scan("BULB");
  shop.scan("APPLE");
  shop.type("0.742");
  shop.act(Submit{});
}

TenderFigures figures_of(Shop& shop) {
  return figures(shop.s.till, *shop.screen<Tendering>(), shop.ctx);
}

}  // namespace

TEST_CASE("an empty sale cannot be paid") {
  Shop shop;
  shop.open_till();
  shop.act(Go{Place::tender});
  CHECK(shop.notice() == "sale.empty");
  CHECK(shop.screen<Sale>() != nullptr);
}

TEST_CASE("exact cash is the default and is rounded to the coins there are") {
  Shop shop;
  fill(shop);
  shop.act(Go{Place::tender});
  CHECK(figures_of(shop).left == shop.nok("88.61"));
  CHECK(figures_of(shop).entered == shop.nok("89"));
  CHECK(figures_of(shop).enough);
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  const auto& purchase = get<Purchase>(shop.facts.back());
  CHECK(check(purchase).ok());
  CHECK(purchase.total == shop.nok("88.61"));
  CHECK(purchase.cash_rounding == shop.nok("0.39"));
  CHECK(purchase.staff == "marit");
  CHECK(purchase.shift.has_value());
  CHECK(purchase.programme_version == 3);
  CHECK(shop.screen<SaleDone>()->change == shop.nok("0"));
  CHECK(shop.screen<SaleDone>()->cash_rounding == shop.nok("0.39"));
  CHECK(shop.screen<SaleDone>()->paid() == shop.nok("89"));
  CHECK(shop.emitted<OpenDrawer>() == 1);
  CHECK(shop.s.till == Till{});
}

TEST_CASE("notes give change") {
  Shop shop;
  fill(shop);
  shop.act(Go{Place::tender});
  REQUIRE(figures_of(shop).quick.size() >= 2);
  shop.act(QuickAmount{shop.nok("200")});
  CHECK(figures_of(shop).change == shop.nok("111"));
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(shop.screen<SaleDone>()->change == shop.nok("111"));
  const auto& tender = get<Purchase>(shop.facts.back()).tenders[0];
  CHECK(tender.amount == shop.nok("89"));
  CHECK(tender.tendered == shop.nok("200"));
}

TEST_CASE("a card needs its reference and never more than is left") {
  Shop shop;
  fill(shop);
  shop.act(Go{Place::tender});
  shop.act(ChooseTender{TenderKind::card});
  shop.act(Submit{});
  CHECK(shop.notice() == "tender.reference");
  CHECK(shop.screen<Tendering>()->editing == Field::reference);
  shop.type("8802-114");
  shop.act(Edit{Field::amount});
  shop.type("100");
  shop.act(Submit{});
  CHECK(shop.notice() == "tender.card-over");
  shop.act(ClearField{});
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  const auto& purchase = get<Purchase>(shop.facts.back());
  CHECK(purchase.cash_rounding == shop.nok("0"));
  CHECK(purchase.tenders[0].reference == "8802-114");
  CHECK(shop.emitted<OpenDrawer>() == 0);
}

TEST_CASE("a sale is paid in parts and a lock keeps what was paid") {
  Shop shop;
  fill(shop);
  shop.act(Go{Place::tender});
  shop.act(ChooseTender{TenderKind::card});
  shop.type("50.00");
  shop.act(Edit{Field::reference});
  shop.type("8802");
  shop.act(Submit{});
  REQUIRE(shop.s.till.tenders.size() == 1);
  CHECK(figures_of(shop).left == shop.nok("38.61"));
  shop.wait(staff_idle);
  shop.type("1234");
  shop.act(Submit{});
  REQUIRE(shop.screen<Tendering>() != nullptr);
  CHECK(figures_of(shop).left_cash == shop.nok("39"));

  shop.type("10.50");
  shop.act(Submit{});
  CHECK(shop.notice() == "tender.coins");
  CHECK(shop.s.visit.notice->kept == Kept::basket_and_payments);
  shop.act(ClearField{});
  shop.type("20");
  shop.act(Submit{});
  CHECK(shop.s.till.tenders.size() == 2);
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  const auto& purchase = get<Purchase>(shop.facts.back());
  CHECK(check(purchase).ok());
  CHECK(purchase.tenders.size() == 3);
  CHECK(purchase.cash_rounding == shop.nok("0.39"));
}

TEST_CASE("what was paid already cannot be undercut by voiding lines") {
  Shop shop;
  fill(shop);
  shop.act(Go{Place::tender});
  shop.type("80");
  shop.act(Submit{});
  shop.act(Back{});
  shop.act(VoidLine{0});
  CHECK(shop.notice() == "sale.paid");
  CHECK(shop.s.till.basket.lines.size() == 2);
  shop.act(OpenClear{});
  shop.act(Submit{});
  CHECK(shop.notice() == "sale.paid");
  shop.act(Go{Place::tender});
  shop.act(RemoveTender{0});
  shop.act(RemoveTender{5});
  shop.act(Back{});
  shop.act(VoidLine{0});
  CHECK(shop.s.till.basket.lines.size() == 1);
}

TEST_CASE("done is shown only after the record succeeded") {
  Shop shop;
  fill(shop);
  shop.scan(ingrid_card);
  shop.act(Go{Place::tender});
  const Till before = shop.s.till;
  shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
  shop.act(Submit{});
  CHECK(shop.screen<Tendering>() != nullptr);
  CHECK(shop.s.till == before);
  CHECK(shop.notice() == "disk.full");
  shop.disk_fault.reset();
  shop.send(Submit{});
  CHECK(shop.screen<SaleDone>() == nullptr);
  CHECK(working(shop.s.visit));
  shop.answer_all();
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(shop.screen<SaleDone>()->earned == Points{800});
  CHECK(shop.screen<SaleDone>()->balance == Points{129200});
}

TEST_CASE("an article scanned while paying is refused and a card attaches") {
  Shop shop;
  fill(shop);
  shop.act(Go{Place::tender});
  shop.scan(kettle_gtin);
  CHECK(shop.notice() == "scan.in-tender");
  CHECK(shop.s.till.basket.lines.size() == 2);
  shop.scan(ingrid_card);
  CHECK(shop.s.till.customer == shop.ingrid.ref);
}

TEST_CASE("the next scan after done starts the next sale") {
  Shop shop;
  fill(shop);
  shop.act(Go{Place::tender});
  shop.act(Submit{});
  shop.scan(kettle_gtin);
  REQUIRE(shop.screen<Sale>() != nullptr);
  CHECK(shop.s.till.basket.lines.size() == 1);
}

TEST_CASE("a receipt is printed once and again after a failure") {
  Shop shop;
  fill(shop);
  shop.act(Go{Place::tender});
  shop.act(Submit{});
  shop.send(PrintReceipt{});
  shop.send(PrintReceipt{});
  CHECK(shop.emitted<Print>() == 1);
  const FactId id = shop.screen<SaleDone>()->id;
  shop.send(Printed{id, Error{Failure::unavailable, "print.failed", "", "", ""}});
  CHECK(shop.screen<SaleDone>()->receipt == Receipt::failed);
  CHECK(shop.notice() == "print.failed");
  CHECK(shop.s.visit.notice->kept == Kept::sale);
  shop.open.clear();
  shop.act(PrintReceipt{});
  CHECK(shop.screen<SaleDone>()->receipt == Receipt::printed);
}

TEST_CASE("a total that rounds to no cash at all can still be closed") {
  Shop shop;
  shop.add({"STICK", {}, "Match", "", "", shop.price("0.30"), {2500}, SoldBy::piece, 0});
  shop.add({"FREE", {}, "Brochure", "", "", shop.price("0"), {0}, SoldBy::piece, 0});
  shop.open_till();
  SUBCASE("rounded down to nothing") { shop.scan("STICK"); }
  SUBCASE("worth nothing") { shop.scan("FREE"); }
  shop.act(Go{Place::tender});
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(check(get<Purchase>(shop.facts.back())).ok());
}
