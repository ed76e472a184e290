#include <doctest/doctest.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

TEST_CASE("a wrong pin says how many tries are left and forgets the digits") {
  Shop shop;
  shop.act(Wake{});
  shop.act(Go{Place::staff});
  shop.type("12");
  shop.act(Submit{});
  CHECK(shop.notice() == "pin.short");
  shop.type("99");
  shop.act(Submit{});
  CHECK(shop.notice() == "pin.wrong");
  CHECK(shop.s.visit.notice->count == 4);
  CHECK(shop.screen<PinEntry>()->digits.empty());
}

TEST_CASE("a sale needs an open shift and staff") {
  Shop shop;
  shop.act(Wake{});
  shop.act(Go{Place::sale});
  CHECK(shop.screen<PinEntry>() != nullptr);
  shop.type("1234");
  shop.act(Submit{});
  CHECK(shop.screen<ShiftOpen>() != nullptr);
  shop.act(Go{Place::sale});
  CHECK(shop.screen<ShiftOpen>() != nullptr);
  shop.act(Submit{});
  CHECK(shop.notice() == "count.syntax");
  shop.type("1500.50");
  shop.act(Submit{});
  CHECK(shop.screen<Sale>() != nullptr);
  REQUIRE(shop.facts.size() == 1);
  CHECK(get<ShiftOpening>(shop.facts[0]).cash_float == shop.nok("1500.50"));
  CHECK(get<ShiftOpening>(shop.facts[0]).staff == "marit");
}

TEST_CASE("signing in takes a customer's page away") {
  Shop shop;
  shop.identify();
  shop.act(Go{Place::staff});
  shop.type("1234");
  shop.act(Submit{});
  CHECK_FALSE(shop.s.visit.member.has_value());
}

TEST_CASE("scans become lines and the same article counts up") {
  Shop shop;
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.scan("BULB");
  shop.scan(kettle_gtin);
  REQUIRE(shop.s.till.basket.lines.size() == 2);
  CHECK(shop.s.till.basket.lines[0].quantity == Quantity::pieces(2));
  CHECK(shop.screen<Sale>()->touched == 0);
  CHECK(totals(shop.s.till, shop.ctx).total == shop.nok("1057.00"));
  CHECK(totals(shop.s.till, shop.ctx).points == Points{});
  shop.scan(ingrid_card);
  CHECK(totals(shop.s.till, shop.ctx).points == Points{10500});
}

TEST_CASE("scans that come faster than the book answers all count") {
  Shop shop;
  shop.open_till();
  for (int i = 0; i < 10; ++i) shop.send(Scan{kettle_gtin});
  shop.send(Go{Place::tender});
  CHECK(shop.notice() == "scan.waiting");
  shop.answer_all();
  CHECK(shop.s.till.basket.lines[0].quantity == Quantity::pieces(10));
  for (std::size_t i = 0; i < reads_at_once + 1; ++i) shop.send(Scan{kettle_gtin});
  CHECK(shop.notice() == "scan.too-fast");
}

TEST_CASE("a weighed article asks for its weight first") {
  Shop shop;
  shop.open_till();
  shop.scan("APPLE");
  REQUIRE(holds_alternative<WeightPane>(shop.screen<Sale>()->pane));
  CHECK(shop.s.till.basket.lines.empty());
  shop.act(Submit{});
  CHECK(shop.notice() == "weight.syntax");
  shop.scan("APPLE");
  CHECK(shop.notice() == "scan.finish-first");
  shop.scan("BULB");
  CHECK(shop.s.till.basket.lines.size() == 1);
  shop.type("0.742");
  shop.act(Submit{});
  REQUIRE(shop.s.till.basket.lines.size() == 2);
  CHECK(shop.s.till.basket.lines[1].quantity.thousandths == 742);
  CHECK(totals(shop.s.till, shop.ctx).total == shop.nok("88.61"));
}

TEST_CASE("typing on the sale searches and enter takes the only match") {
  Shop shop;
  shop.open_till();
  shop.type("L");
  CHECK(shop.emitted<SearchArticles>() == 0);
  shop.type("ED");
  CHECK(shop.emitted<SearchArticles>() == 1);
  REQUIRE(get<SearchPane>(shop.screen<Sale>()->pane).found.size() == 1);
  shop.act(Submit{});
  CHECK(shop.s.till.basket.lines.size() == 1);
  CHECK(holds_alternative<Lines>(shop.screen<Sale>()->pane));
}

TEST_CASE("only the last search asked is shown") {
  Shop shop;
  shop.open_till();
  shop.send(Type{"Ke"});
  shop.send(Type{"ttle"});
  shop.answer_next();
  CHECK(get<SearchPane>(shop.screen<Sale>()->pane).found.empty());
  shop.answer_next();
  CHECK(get<SearchPane>(shop.screen<Sale>()->pane).found.size() == 1);
}

TEST_CASE("a search that found more than it lists says so and goes on") {
  Shop shop;
  Article mug = shop.articles.at("BULB");
  for (int i = 0; i < 620; ++i) {
    mug.code = "MUG" + std::to_string(i);
    mug.name = "Mug " + std::to_string(i);
    shop.add(mug);
  }
  shop.open_till();
  shop.type("Mug");
  const auto pane = [&] { return get<SearchPane>(shop.screen<Sale>()->pane); };
  CHECK(pane().found.size() == 50);
  CHECK(pane().more);
  shop.act(ShowMore{});
  CHECK(pane().found.size() == 100);
  for (int i = 0; i < 20; ++i) shop.act(ShowMore{});
  CHECK(pane().found.size() == articles_most);
  CHECK(pane().more);  // beyond that another letter helps
  shop.type(" 61");
  CHECK_FALSE(pane().more);
  const std::size_t asked = shop.emitted<SearchArticles>();
  shop.act(ShowMore{});
  CHECK(shop.emitted<SearchArticles>() == asked);
}

TEST_CASE("lines can be counted up and down set and voided") {
  Shop shop;
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.scan("BULB");
  shop.act(AddPieces{1, 2});
  CHECK(shop.s.till.basket.lines[1].quantity == Quantity::pieces(3));
  shop.act(OpenQuantity{1});
  shop.type("12.5");
  shop.act(Submit{});
  CHECK(shop.notice() == "quantity.whole");
  CHECK(shop.s.visit.notice->kept == Kept::basket);
  shop.act(ClearField{});
  shop.type("12");
  shop.act(Submit{});
  CHECK(shop.s.till.basket.lines[1].quantity == Quantity::pieces(12));
  shop.act(AddPieces{0, -1});
  REQUIRE(shop.s.till.basket.lines.size() == 1);
  shop.act(VoidLine{0});
  CHECK(shop.s.till.basket.lines.empty());
  shop.act(VoidLine{7});
  shop.act(AddPieces{7, 1});
  shop.act(OpenSerial{7});
  shop.act(OpenQuantity{7});
  CHECK(holds_alternative<Lines>(shop.screen<Sale>()->pane));
}

TEST_CASE("a serial scanned on the line starts cover today") {
  Shop shop;
  shop.open_till();
  shop.scan("BULB");
  shop.act(OpenSerial{0});
  CHECK(shop.notice() == "warranty.none");
  shop.scan(kettle_gtin);
  shop.scan(kettle_gtin);
  shop.act(OpenSerial{1});
  shop.scan(kettle_gtin);
  CHECK(shop.notice() == "warranty.article-code");
  CHECK(shop.s.till.basket.lines[1].quantity == Quantity::pieces(2));
  shop.scan("NW8-0417731");
  shop.act(Submit{});
  REQUIRE(shop.s.till.basket.lines.size() == 3);
  REQUIRE(shop.s.till.basket.lines[2].warranty.has_value());
  CHECK(shop.s.till.basket.lines[2].warranty->serial == "NW80417731");
  CHECK(shop.screen<Sale>()->touched == 2);
  shop.act(OpenSerial{1});
  shop.type("nw8 0417731");
  shop.act(Submit{});
  CHECK(shop.notice() == "warranty.twice");
  CHECK(get<SerialPane>(shop.screen<Sale>()->pane).serial == "nw8 0417731");
}

TEST_CASE("a member is attached by phone and taken off again") {
  Shop shop;
  shop.open_till();
  shop.act(OpenCustomer{});
  shop.type("40000001");
  shop.act(Submit{});
  CHECK(get<CustomerPane>(shop.screen<Sale>()->pane).not_found);
  shop.act(ClearField{});
  shop.type("91234417");
  shop.act(Submit{});
  CHECK(shop.s.till.customer == shop.ingrid.ref);
  CHECK(holds_alternative<Lines>(shop.screen<Sale>()->pane));
  shop.act(DetachCustomer{});
  CHECK(shop.s.till.customer.nobody());
}

TEST_CASE("joining at the till attaches the new member to the sale") {
  Shop shop;
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.act(OpenCustomer{});
  shop.type("40000001");
  shop.act(Submit{});
  shop.act(Go{Place::join});
  shop.type("Kari Nordmann");
  shop.act(SetConsent{ConsentPurpose::membership, true});
  shop.act(Submit{});
  REQUIRE(shop.screen<Sale>() != nullptr);
  CHECK(shop.s.till.member->profile.name == "Kari Nordmann");
  CHECK(shop.s.till.basket.lines.size() == 1);
}

TEST_CASE("a basket is thrown away only after asking") {
  Shop shop;
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.act(OpenClear{});
  shop.act(Back{});
  CHECK(shop.s.till.basket.lines.size() == 1);
  shop.act(OpenClear{});
  shop.act(Submit{});
  CHECK(shop.s.till == Till{});
}

TEST_CASE("closing a shift counts blind before it shows the difference") {
  Shop shop;
  shop.open_till("1000");
  shop.scan(kettle_gtin);
  shop.act(Go{Place::shift_close});
  CHECK(shop.notice() == "shift.basket");
  shop.act(Go{Place::tender});
  shop.act(Submit{});
  shop.act(Go{Place::shift_close});
  REQUIRE(shop.screen<ShiftClose>() != nullptr);
  CHECK_FALSE(shop.screen<ShiftClose>()->shift.has_value());
  shop.type("1490");
  shop.act(Submit{});
  REQUIRE(shop.screen<ShiftClose>()->shift.has_value());
  CHECK(difference(*shop.screen<ShiftClose>(), shop.ctx) == shop.nok("-9"));
  shop.type("9");
  CHECK(shop.screen<ShiftClose>()->counted == "1490");
  shop.act(Back{});
  CHECK_FALSE(shop.screen<ShiftClose>()->shift.has_value());
  shop.type("1499");
  shop.act(Submit{});
  CHECK(difference(*shop.screen<ShiftClose>(), shop.ctx) == shop.nok("0"));
  shop.act(Submit{});
  CHECK(shop.screen<ShiftClose>()->closed);
  const auto& fact = get<ShiftClosing>(shop.facts.back());
  CHECK(fact.expected == shop.nok("1499"));
  CHECK(fact.counted == shop.nok("1499"));
  CHECK_FALSE(shop.s.device.shift.has_value());
  shop.act(Submit{});
  CHECK(shop.s.visit == Visit{});
}

TEST_CASE("the sync screen nudges the agent and shows its state") {
  Shop shop;
  shop.open_till();
  shop.act(Go{Place::sync});
  REQUIRE(shop.screen<SyncStatus>() != nullptr);
  const int before = shop.emitted<Sync>();
  shop.act(SyncNow{});
  CHECK(shop.emitted<Sync>() == before + 1);
  SyncState state;
  state.link = LinkState::offline;
  state.waiting = 3;
  shop.act(SyncChanged{state});
  CHECK(shop.s.device.sync == state);
  shop.act(Back{});
  CHECK(shop.screen<Sale>() != nullptr);
}

TEST_CASE("a shift that the book has open is resumed") {
  Shop shop;
  shop.shift = ShiftView{};
  shop.shift->expected = shop.nok("700");
  shop.disk_fault = Error{Failure::refused, "shift.already-open", "", "", ""};
  shop.open_till();
  CHECK(shop.screen<Sale>() != nullptr);
  CHECK(shop.s.device.shift == shop.shift);
}
