#include "kiosk/flow/figure.hpp"

#include <array>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

/// What a scanner types that is too slow to be told by its pace alone: keys and Enter.
void slow_scan(Shop& shop, const std::string& code) {
  for (const char c : code) shop.act(Type{std::string(1, c), Hand::keyboard});
  shop.act(Submit{Hand::keyboard, code});
}

/// A person at the keyboard.
void key_in(Shop& shop, const std::string& text) {
  for (const char c : text) shop.act(Type{std::string(1, c), Hand::keyboard});
  shop.act(Submit{Hand::keyboard});
}

/// Bananas are 4011, as on the sticker.
void sell_bananas(Shop& shop) {
  Article bananas = shop.articles.at("BULB");
  bananas.code = "4011";
  bananas.name = "Bananas";
  bananas.price = shop.price("12.00");
  shop.add(bananas);
}

/// A kettle of 499.00 to be paid.
void to_paying(Shop& shop) {
  sell_bananas(shop);
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.act(Go{Place::tender});
  REQUIRE(shop.screen<Tendering>() != nullptr);
}

bool is_inline(const Shop& shop) {
  return shop.s.visit.notice && shop.s.visit.notice->tone == Tone::question;
}

}  // namespace

TEST_CASE("no code is an amount whatever its length and pace, and paying goes on") {
  for (const std::string code : {"4011", "401", "40123455", "999999999999", "ABC12", "A1"}) {
    CAPTURE(code);
    Shop shop;
    to_paying(shop);
    const std::size_t facts = shop.facts.size();
    if (code.size() >= 3) {
      slow_scan(shop, code);
      CHECK(shop.screen<Tendering>()->amount == "");
      CHECK(is_inline(shop));
    }
    CHECK(shop.facts.size() == facts);
    CHECK(shop.s.till.tenders.empty());
    // Slower still, as a person types: a known code, letters, or far too much. 401 is likely money.
    if (code != "401") key_in(shop, code);
    CHECK(shop.facts.size() == facts);
    CHECK(shop.s.till.tenders.empty());
    REQUIRE(shop.screen<Tendering>() != nullptr);
    // And the sale can be paid.
    shop.screen<Tendering>()->amount.clear();
    shop.act(QuickAmount{shop.nok("500")});
    shop.act(Submit{});
    CHECK(shop.screen<SaleDone>() != nullptr);
  }
}

TEST_CASE("a known code while paying is said beside the amount") {
  Shop shop;
  to_paying(shop);
  slow_scan(shop, "4011");
  CHECK(shop.notice() == "scan.in-tender");
  CHECK(is_inline(shop));
  slow_scan(shop, "777");
  CHECK(shop.notice() == "figure.code");
  CHECK(is_inline(shop));
  slow_scan(shop, ingrid_card);
  CHECK(shop.s.till.customer == shop.ingrid.ref);
}

TEST_CASE("a scanner that falters is one scanner") {
  Shop shop;
  to_paying(shop);
  for (const char c : std::string_view(kettle_gtin))
    shop.act(Type{std::string(1, c), Hand::keyboard});
  shop.act(Submit{Hand::keyboard, "10000010"});  // what came after the pause
  CHECK(shop.notice() == "scan.in-tender");
  CHECK(shop.s.till.tenders.empty());
}

TEST_CASE("an amount typed on the keyboard is an amount") {
  Shop shop;
  to_paying(shop);
  key_in(shop, "1000");
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(shop.screen<SaleDone>()->change == shop.nok("501"));
}

TEST_CASE("an amount that is also a code is asked about once") {
  Shop shop;
  sell_bananas(shop);
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.act(AddPieces{0, 7});  // 3,992.00: 4,011 is a likely amount
  shop.act(Go{Place::tender});
  key_in(shop, "4011");
  CHECK(shop.notice() == "figure.is-code");
  CHECK(is_inline(shop));
  REQUIRE(shop.screen<Tendering>() != nullptr);
  shop.act(Submit{Hand::keyboard});  // the second of a double Enter
  REQUIRE(shop.screen<Tendering>() != nullptr);
  CHECK(shop.notice() == "figure.is-code");
  shop.wait(dead_time);
  shop.act(Submit{Hand::keyboard});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(shop.screen<SaleDone>()->change == shop.nok("19"));
}

TEST_CASE("cash beyond what is due and the largest note is asked about") {
  Shop shop;
  to_paying(shop);
  shop.type("1500");  // 499 and a note of 1,000 are 1,499
  shop.act(Submit{});
  REQUIRE(shop.screen<Tendering>() != nullptr);
  CHECK(shop.notice() == "figure.much");
  CHECK(is_inline(shop));
  CHECK(shop.screen<Tendering>()->amount == "1500");
  SUBCASE("the same again is the answer, once it can have been read") {
    shop.act(Submit{});
    REQUIRE(shop.screen<Tendering>() != nullptr);
    shop.wait(dead_time);
    shop.act(Submit{});
    REQUIRE(shop.screen<SaleDone>() != nullptr);
    CHECK(shop.screen<SaleDone>()->change == shop.nok("1001"));
  }
  SUBCASE("anything else is not") {
    shop.wait(dead_time);
    shop.type("0");
    CHECK(shop.notice() == "");
    shop.act(Submit{});
    REQUIRE(shop.screen<Tendering>() != nullptr);
    CHECK(shop.notice() == "figure.much");
  }
  SUBCASE("less is taken as ever") {
    shop.act(ClearField{});
    shop.type("1499");
    shop.act(Submit{});
    CHECK(shop.screen<SaleDone>() != nullptr);
  }
}

TEST_CASE("no code is a quantity, a weight, or money on a card") {
  Shop shop;
  sell_bananas(shop);
  shop.open_till();
  shop.scan(kettle_gtin);
  SUBCASE("pieces") {
    shop.act(OpenQuantity{0});
    slow_scan(shop, "4011");
    CHECK(shop.s.till.basket.lines.at(0).quantity == Quantity::pieces(1));
    CHECK(shop.s.till.basket.lines.size() == 2);  // it is bananas
    slow_scan(shop, "700");
    CHECK(shop.notice() == "figure.code");
    CHECK(shop.s.till.basket.lines.at(0).quantity == Quantity::pieces(1));
    shop.act(Type{"100"});
    shop.act(Submit{});
    CHECK(shop.notice() == "figure.much");
    CHECK(is_inline(shop));
    shop.wait(dead_time);
    shop.act(Submit{});
    CHECK(shop.s.till.basket.lines.at(0).quantity == Quantity::pieces(100));
  }
  SUBCASE("weight") {
    shop.scan("APPLE");
    REQUIRE(shop.pane<WeightPane>() != nullptr);
    slow_scan(shop, "700");
    CHECK(shop.s.till.basket.lines.size() == 1);
    CHECK(is_inline(shop));
    shop.type("101");
    shop.act(Submit{});
    CHECK(shop.notice() == "figure.much");
    CHECK(shop.s.till.basket.lines.size() == 1);
  }
  SUBCASE("top-up") {
    shop.act(OpenGiftCard{StoredValue::gift_card});
    shop.type("GC-77001122");
    shop.act(Submit{});
    REQUIRE(shop.pane<GiftCardPane>() != nullptr);
    REQUIRE(shop.pane<GiftCardPane>()->checked);
    slow_scan(shop, "700");
    CHECK(shop.s.till.basket.lines.size() == 1);
    shop.type("10001");
    shop.act(Submit{});
    CHECK(shop.notice() == "figure.much");
    CHECK(shop.s.till.basket.lines.size() == 1);
  }
}

TEST_CASE("no code is a count of cash or a receipt's number") {
  Shop shop;
  sell_bananas(shop);
  shop.sign_in();
  REQUIRE(shop.screen<ShiftOpen>() != nullptr);
  slow_scan(shop, "4011");
  REQUIRE(shop.screen<ShiftOpen>() != nullptr);
  CHECK(shop.notice() == "figure.code");
  CHECK(shop.screen<ShiftOpen>()->counted == "");
  key_in(shop, "1000000");
  REQUIRE(shop.screen<ShiftOpen>() != nullptr);
  CHECK(shop.notice() == "figure.much");
  shop.act(ClearField{});
  key_in(shop, "1000");
  REQUIRE(shop.screen<Sale>() != nullptr);
  shop.act(Go{Place::shift_close});
  slow_scan(shop, "4011");
  REQUIRE(shop.screen<ShiftClose>() != nullptr);
  CHECK_FALSE(shop.screen<ShiftClose>()->shift.has_value());
  shop.act(Back{});
  shop.act(Go{Place::returns});
  slow_scan(shop, "4011");
  REQUIRE(shop.screen<ReturnFind>() != nullptr);
  CHECK(shop.emitted<OpenPurchase>() == 0);
  CHECK(shop.notice() == "return.receipt-first");
}

TEST_CASE("a slow scanner's card in the phone's field is a card") {
  Shop shop;
  shop.open_till();
  shop.act(OpenCustomer{});
  slow_scan(shop, ingrid_card);
  CHECK(shop.s.till.customer == shop.ingrid.ref);
}

TEST_CASE("whatever a scanner types into whatever field for a figure, nothing is taken by it") {
  CHECK(rc::check([] {
    Shop shop;
    to_paying(shop);
    const std::string code = *rc::gen::element<std::string>(
        "4011", "401", "12345678", "100", "499", "500", "ABC", "A-12", "0.5", "999999999999");
    const std::size_t facts = shop.facts.size();
    if (*rc::gen::inRange(0, 2) == 0) shop.type("5");  // something lies there already
    slow_scan(shop, code);
    RC_ASSERT(shop.facts.size() == facts);
    RC_ASSERT(shop.s.till.tenders.empty());
    RC_ASSERT(shop.screen<Tendering>() != nullptr);
    RC_ASSERT(shop.screen<Tendering>()->amount.empty());
    shop.act(Back{});
    shop.act(OpenQuantity{0});
    slow_scan(shop, code);
    RC_ASSERT(shop.s.till.basket.lines.at(0).quantity == Quantity::pieces(1));
  }));
}
