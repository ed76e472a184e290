// Goods that come back at the till.
#include <doctest/doctest.h>

#include "storage/domain/sale/return.hpp"
#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

/// Two kettles and a bulb, 1,057.00, were sold to Ingrid for cash.
struct Counter : Shop {
  Counter() {
    open_till();
    scan(ingrid_card);
    scan(kettle_gtin);
    scan(kettle_gtin);
    scan("BULB");
    act(Go{Place::tender});
    if (screen<Sale>() != nullptr) act(KeepPoints{});
    act(Submit{});
    REQUIRE(screen<SaleDone>() != nullptr);
    act(Submit{});
  }
  void open_last() {
    scan(last_receipt);
    REQUIRE(screen<Returning>() != nullptr);
  }
  const Returning& page() { return *screen<Returning>(); }
  const Return& returned() const { return get<Return>(facts.back()); }
};

}  // namespace

TEST_CASE("a scanned receipt opens its purchase with nothing chosen, the way it was paid") {
  Counter shop;
  shop.open_last();
  CHECK(shop.page().sold().purchase.lines.size() == 2);
  CHECK(shop.page().kind == TenderKind::cash);
  CHECK_FALSE(shop.page().draft.has_value());
  shop.act(Submit{});
  CHECK(shop.notice() == "return.nothing");
  CHECK(shop.facts.size() == 2);  // the shift and the sale
}

TEST_CASE("one piece comes back for cash, with its points") {
  Counter shop;
  shop.open_last();
  shop.act(ReturnPieces{0, 1});
  REQUIRE(shop.page().draft.has_value());
  CHECK(shop.page().draft->total == shop.nok("499"));
  const Points before = shop.ingrid.balance;
  shop.act(Submit{});
  const auto* done = shop.screen<ReturnDone>();
  REQUIRE(done != nullptr);
  CHECK(done->given == shop.nok("499"));
  CHECK(done->member);
  const Points earned = get<Purchase>(shop.facts[1]).points_earned;
  CHECK(done->taken.hundredths > 0);
  CHECK(done->taken.hundredths <= earned.hundredths * 499 / 1057 + 1);
  CHECK(done->taken == shop.returned().points_reversed);
  CHECK(done->balance == Points{before.hundredths - done->taken.hundredths});
  CHECK(shop.emitted<OpenDrawer>() == 2);  // the sale's and this one
  CHECK(check(shop.returned()).ok());
  CHECK(shop.returned().customer == shop.ingrid.ref);
  CHECK(shop.returned().shift == shop.shift->id);
  CHECK(shop.returned().staff == "marit");
  REQUIRE(shop.returned().lines.size() == 1);
  CHECK(shop.returned().lines[0].quantity == Quantity::pieces(1));
  CHECK(shop.shift->expected == shop.nok("1558"));  // 1000 + 1057 - 499
}

TEST_CASE("no more comes back than was sold, however often it is asked") {
  Counter shop;
  shop.open_last();
  shop.act(ReturnPieces{0, 5});
  CHECK(shop.page().chosen[0] == Quantity::pieces(2));
  shop.act(ReturnPieces{0, -1});
  CHECK(shop.page().chosen[0] == Quantity::pieces(1));
  shop.act(ReturnPieces{7, 1});
  shop.act(Submit{});
  REQUIRE(shop.screen<ReturnDone>() != nullptr);

  shop.act(Submit{});
  shop.act(Go{Place::returns});
  REQUIRE(shop.screen<ReturnFind>() != nullptr);
  shop.act(PickPurchase{0});
  CHECK(left_of(shop.page().sold(), 0) == Quantity::pieces(1));
  CHECK(left_of(shop.page().sold(), 1) == Quantity::pieces(1));
  shop.act(ReturnAll{});
  CHECK(shop.page().draft->total == shop.nok("558"));
  shop.act(Submit{});
  shop.act(Submit{});

  shop.act(Go{Place::returns});
  shop.act(PickPurchase{0});
  shop.act(ReturnAll{});
  shop.act(ReturnPieces{0, 1});
  CHECK_FALSE(shop.page().draft.has_value());
}

TEST_CASE("goods are scanned back in, and what was not on the receipt is refused") {
  Counter shop;
  shop.open_last();
  shop.scan(kettle_gtin);
  shop.scan("BULB");
  CHECK(shop.page().draft->total == shop.nok("558"));
  shop.scan("BULB");
  CHECK(shop.notice() == "return.not-on-receipt");
  shop.scan("APPLE");
  CHECK(shop.notice() == "return.not-on-receipt");
  CHECK(shop.page().draft->total == shop.nok("558"));
}

TEST_CASE("a receipt is found by its number, and an unknown one says so") {
  Counter shop;
  shop.act(OpenMore{});
  shop.act(Go{Place::returns});
  auto* find = shop.screen<ReturnFind>();
  REQUIRE(find != nullptr);
  REQUIRE(find->recent.size() == 1);
  shop.act(Submit{});
  CHECK(shop.notice() == "return.number");
  shop.type("1");  // the shift
  shop.act(Submit{});
  CHECK(shop.notice() == "return.unknown-purchase");
  CHECK(shop.screen<ReturnFind>()->number == "1");
  shop.act(ClearField{});
  shop.type("99999999999");
  CHECK(shop.notice() == "field.full");
  shop.act(ClearField{});
  shop.type("9999999999");  // beyond any journal
  shop.act(Submit{});
  CHECK(shop.notice() == "return.unknown-purchase");
  shop.act(ClearField{});
  shop.type("2");
  shop.act(Submit{});
  CHECK(shop.screen<Returning>() != nullptr);
  shop.act(Back{});
  CHECK(shop.screen<ReturnFind>() != nullptr);
  shop.act(Back{});
  CHECK(shop.screen<Sale>() != nullptr);
}

TEST_CASE("another till's receipt is refused and the basket stays") {
  Counter shop;
  shop.scan("BULB");
  shop.scan(other_receipt);
  CHECK(shop.notice() == "return.unknown-purchase");
  REQUIRE(shop.screen<Sale>() != nullptr);
  shop.scan(last_receipt);
  REQUIRE(shop.screen<Returning>() != nullptr);
  shop.act(Back{});
  shop.act(Back{});
  CHECK(shop.s.till.basket.lines.size() == 1);
}

TEST_CASE("the list is of the sale's customer; a card scanned there makes it theirs") {
  Counter shop;
  shop.scan("BULB");
  shop.act(Go{Place::tender});
  shop.act(Submit{});
  shop.act(Submit{});
  shop.act(Go{Place::returns});
  CHECK(shop.screen<ReturnFind>()->recent.size() == 2);
  shop.scan(ingrid_card);
  CHECK(shop.screen<ReturnFind>()->recent.size() == 1);
  CHECK(shop.screen<ReturnFind>()->customer == shop.ingrid.ref);
  shop.scan("BULB");
  CHECK(shop.notice() == "return.receipt-first");
}

TEST_CASE("a card needs its slip's reference, asked for when it is chosen") {
  Counter shop;
  shop.open_last();
  shop.act(ReturnPieces{1, 1});
  shop.act(ChooseTender{TenderKind::card});
  CHECK(shop.page().editing == Field::reference);
  shop.act(Edit{Field::amount});
  shop.act(Submit{});
  CHECK(shop.notice() == "tender.reference");
  CHECK(shop.page().editing == Field::reference);
  shop.type("R-118");
  shop.act(Edit{Field::amount});
  shop.act(Submit{});
  REQUIRE(shop.screen<ReturnDone>() != nullptr);
  CHECK(shop.returned().tenders.at(0).kind == TenderKind::card);
  CHECK(shop.returned().tenders.at(0).reference == "R-118");
  CHECK(shop.emitted<OpenDrawer>() == 1);  // the sale's alone
}

TEST_CASE("money goes onto a gift card that is known and fit for it") {
  Counter shop;
  const char* good = "GC4417000012345678";
  const char* blocked = "GC4417000099999999";
  shop.gift_cards[good] = {good, shop.nok("50"), {}, {}, GiftCardState::active, ""};
  shop.gift_cards[blocked] = {blocked, shop.nok("50"), {}, {}, GiftCardState::blocked, ""};
  shop.open_last();
  shop.act(ReturnAll{});
  shop.act(ChooseTender{TenderKind::gift_card});
  shop.type("GC0000000000000000");
  shop.act(Edit{Field::amount});
  CHECK(shop.notice() == "gift-card.unknown");
  shop.act(Submit{});
  CHECK(shop.notice() == "gift-card.number");
  shop.scan(blocked);
  CHECK(shop.notice() == "gift-card.blocked");
  shop.scan(good);
  CHECK(shop.page().card == good);
  shop.act(Submit{});
  REQUIRE(shop.screen<ReturnDone>() != nullptr);
  CHECK(shop.returned().tenders.at(0).reference == good);
  CHECK(shop.screen<ReturnDone>()->tenders.at(0).reference == good);
}

TEST_CASE("a wallet needs the purchase's member") {
  Counter shop;
  shop.open_last();
  shop.act(ReturnAll{});
  shop.act(ChooseTender{TenderKind::wallet});
  CHECK(shop.page().kind == TenderKind::wallet);
  shop.act(Submit{});
  CHECK(shop.returned().tenders.at(0).kind == TenderKind::wallet);
  shop.act(Submit{});
  shop.scan("BULB");
  shop.act(Go{Place::tender});
  shop.act(Submit{});
  shop.act(Submit{});
  shop.open_last();
  shop.act(ChooseTender{TenderKind::wallet});
  CHECK(shop.page().kind == TenderKind::cash);
}

TEST_CASE("a purchase paid in several ways gets its money back over them, part by part") {
  Counter shop;
  const char* card = "GC4417000012345678";
  shop.gift_cards[card] = {card, shop.nok("400"), {}, {}, GiftCardState::active, ""};
  shop.scan(kettle_gtin);
  shop.scan(kettle_gtin);
  shop.act(Go{Place::tender});
  shop.scan(card);
  shop.act(Submit{});
  shop.act(ChooseTender{TenderKind::cash});
  shop.act(ClearField{});
  shop.type("100");
  shop.act(Submit{});
  shop.act(ChooseTender{TenderKind::card});
  shop.act(Edit{Field::reference});
  shop.type("A81-1");
  shop.act(Edit{Field::amount});
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  shop.act(Submit{});

  shop.open_last();
  CHECK(shop.page().as_paid);
  const FactId sold = shop.page().sold().id;
  shop.act(ReturnPieces{0, 1});
  REQUIRE(shop.page().draft.has_value());
  CHECK(going_by(shop.page(), TenderKind::gift_card) == shop.nok("400"));
  CHECK(going_by(shop.page(), TenderKind::card) == shop.nok("99"));
  CHECK(going_by(shop.page(), TenderKind::cash) == shop.nok("0"));
  shop.act(Submit{});
  CHECK(shop.notice() == "tender.reference");
  CHECK(shop.page().editing == Field::reference);
  shop.type("R-1");
  shop.act(Edit{Field::amount});
  const std::size_t drawers = shop.emitted<OpenDrawer>();
  shop.act(Submit{});
  REQUIRE(shop.screen<ReturnDone>() != nullptr);
  CHECK(shop.emitted<OpenDrawer>() == drawers);
  CHECK(shop.screen<ReturnDone>()->given == shop.nok("499"));
  REQUIRE(shop.returned().tenders.size() == 2);
  CHECK(shop.returned().tenders[0].reference == card);
  CHECK(shop.returned().tenders[1].reference == "R-1");
  CHECK(check(shop.returned()).ok());
  shop.act(Submit{});

  // The rest: what went back before does not go back again.
  shop.act(Go{Place::returns});
  shop.act(PickPurchase{0});
  REQUIRE(shop.page().sold().id == sold);
  shop.act(ReturnAll{});
  CHECK(going_by(shop.page(), TenderKind::gift_card) == shop.nok("0"));
  CHECK(going_by(shop.page(), TenderKind::card) == shop.nok("399"));
  CHECK(going_by(shop.page(), TenderKind::cash) == shop.nok("100"));
}

TEST_CASE("the cashier may send the money another way, and back to how it was paid") {
  Counter shop;
  shop.scan(kettle_gtin);
  shop.act(Go{Place::tender});
  shop.type("100");
  shop.act(Submit{});
  shop.act(ChooseTender{TenderKind::card});
  shop.act(Edit{Field::reference});
  shop.type("A81-1");
  shop.act(Edit{Field::amount});
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  shop.act(Submit{});
  shop.open_last();
  shop.act(ReturnAll{});
  shop.act(ChooseTender{TenderKind::cash});
  CHECK_FALSE(shop.page().as_paid);
  CHECK(going_by(shop.page(), TenderKind::cash) == shop.nok("499"));
  shop.act(RefundAsPaid{});
  CHECK(shop.page().as_paid);
  CHECK(going_by(shop.page(), TenderKind::cash) == shop.nok("100"));
  shop.act(Edit{Field::reference});
  shop.type("R-2");
  shop.act(Submit{});
  REQUIRE(shop.screen<ReturnDone>() != nullptr);
  CHECK(shop.returned().tenders.size() == 2);

  // Paid in one way: there is nothing to choose.
  shop.act(Submit{});
  shop.scan("BULB");
  shop.act(Go{Place::tender});
  shop.act(Submit{});
  shop.act(Submit{});
  shop.open_last();
  shop.act(RefundAsPaid{});
  CHECK_FALSE(shop.page().as_paid);
}

TEST_CASE("a reason is chosen, taken back, and recorded") {
  Counter shop;
  shop.open_last();
  shop.act(ReturnAll{});
  shop.act(ChooseReason{ReturnReason::faulty});
  shop.act(ChooseReason{ReturnReason::faulty});
  CHECK(shop.page().reason == ReturnReason::unsaid);
  shop.act(ChooseReason{ReturnReason::wrong});
  shop.act(Submit{});
  CHECK(shop.returned().reason == "wrong");
}

TEST_CASE("a disk that fails keeps what was chosen; another try records it once") {
  Counter shop;
  shop.open_last();
  shop.act(ReturnAll{});
  shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
  shop.act(Submit{});
  CHECK(shop.notice() == "disk.full");
  REQUIRE(shop.screen<Returning>() != nullptr);
  CHECK(shop.page().draft.has_value());
  shop.disk_fault.reset();
  shop.act(Submit{});
  CHECK(shop.screen<ReturnDone>() != nullptr);
  CHECK(shop.facts.size() == 3);
}

TEST_CASE("somebody who was faster: what is left is looked up again") {
  Counter shop;
  shop.open_last();
  shop.act(ReturnAll{});
  Return other = *shop.page().draft;
  other.lines.resize(1);
  shop.facts.insert(shop.facts.end(), Fact(other));
  shop.disk_fault = Error{Failure::refused, "return.beyond-sold", "", "", ""};
  shop.act(Submit{});
  CHECK(shop.notice() == "return.beyond-sold");
  CHECK(left_of(shop.page().sold(), 0) == Quantity{});
  CHECK_FALSE(shop.page().draft.has_value());
}

TEST_CASE("an exchange: the sale goes on with its member as the return left them") {
  Counter shop;
  shop.scan(ingrid_card);
  shop.scan("BULB");
  REQUIRE(shop.s.till.state.has_value());
  shop.open_last();
  shop.act(ReturnAll{});
  shop.act(ChooseTender{TenderKind::wallet});
  shop.state.wallet_minor = 105700;  // what the book will say
  shop.act(Submit{});
  shop.act(Submit{});
  REQUIRE(shop.screen<Sale>() != nullptr);
  REQUIRE(shop.s.till.state.has_value());
  CHECK(shop.s.till.state->wallet_minor == 105700);
  CHECK(shop.s.till.quote.has_value());
  CHECK(shop.s.till.basket.lines.size() == 1);
}

TEST_CASE("goods come back before a sale is paid in part, or after it is done") {
  Counter shop;
  shop.scan("BULB");
  shop.act(Go{Place::tender});
  shop.type("20");
  shop.act(Submit{});
  REQUIRE(shop.s.till.tenders.size() == 1);
  shop.act(Back{});
  shop.scan(last_receipt);
  CHECK(shop.notice() == "sale.paid");
  shop.act(Go{Place::returns});
  CHECK(shop.notice() == "sale.paid");
  CHECK(shop.screen<Sale>() != nullptr);
}

TEST_CASE("a receipt's code that is typed into the search opens it, too") {
  Counter shop;
  shop.act(OpenSearch{});
  shop.type(last_receipt);
  shop.act(Submit{});
  CHECK(shop.screen<Returning>() != nullptr);
}

TEST_CASE("a receipt scanned into an open question does not throw it away") {
  Counter shop;
  shop.scan("APPLE");  // "how many kilograms?"
  shop.scan(last_receipt);
  CHECK(shop.notice() == "scan.finish-first");
  CHECK(shop.screen<Sale>() != nullptr);
  shop.act(Back{});
  shop.open_last();
  shop.act(ReturnPieces{0, 1});
  shop.scan(last_receipt);
  CHECK(shop.notice() == "scan.finish-first");
  CHECK(shop.page().chosen[0] == Quantity::pieces(1));
}

TEST_CASE("a gift card that was sold comes back as a line and takes no money itself") {
  Counter shop;
  const char* card = "GC4417000012345678";
  shop.act(OpenGiftCard{StoredValue::gift_card});
  shop.scan(card);
  shop.type("300");
  shop.act(Submit{});
  shop.act(Go{Place::tender});
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  shop.act(Submit{});
  shop.gift_cards[card] = {card, shop.nok("300"), {}, {}, GiftCardState::active, ""};
  shop.open_last();
  shop.scan(card);
  CHECK(shop.page().kind == TenderKind::cash);
  CHECK(shop.page().draft->total == shop.nok("300"));
  shop.act(ChooseTender{TenderKind::gift_card});
  shop.type(card);
  shop.act(Edit{Field::amount});
  shop.act(Submit{});
  CHECK(shop.notice() == "return.same-card");
  shop.act(ChooseTender{TenderKind::cash});
  shop.act(Submit{});
  CHECK(shop.screen<ReturnDone>() != nullptr);
}

TEST_CASE("a gift card found too late does not change the way that was chosen since") {
  Counter shop;
  const char* card = "GC4417000012345678";
  shop.gift_cards[card] = {card, shop.nok("50"), {}, {}, GiftCardState::active, ""};
  shop.open_last();
  shop.act(ReturnAll{});
  shop.act(ChooseTender{TenderKind::gift_card});
  shop.type(card);
  shop.send(Edit{Field::amount});
  shop.send(ChooseTender{TenderKind::cash});
  shop.answer_all();
  CHECK(shop.page().kind == TenderKind::cash);
}

TEST_CASE("purchases that cannot be read are no reason to say that there are none") {
  Counter shop;
  shop.send(Go{Place::returns});
  shop.open.clear();
  shop.send(PurchasesListed{shop.s.visit.asked.back().ticket,
                            Error{Failure::unavailable, "disk.full", "", "", ""}});
  CHECK(shop.screen<ReturnFind>()->list == ReturnFind::List::failed);
}

TEST_CASE("the receipt of a return is printed and its trouble told") {
  Counter shop;
  shop.open_last();
  shop.act(ReturnAll{});
  shop.act(Submit{});
  shop.act(PrintReceipt{});
  CHECK(shop.screen<ReturnDone>()->receipt == Receipt::printed);
  shop.send(Printed{shop.screen<ReturnDone>()->id,
                    Error{Failure::unavailable, "print.failed", "", "", ""}});
  CHECK(shop.screen<ReturnDone>()->receipt == Receipt::failed);
  shop.scan(kettle_gtin);  // the next customer's first article
  REQUIRE(shop.screen<Sale>() != nullptr);
  CHECK(shop.s.till.basket.lines.size() == 1);
}

TEST_CASE("goods come back to staff with an open shift only") {
  Shop shop;
  shop.act(Wake{});
  shop.act(Go{Place::returns});
  CHECK(shop.screen<PinEntry>() != nullptr);
  shop.sign_in();
  shop.act(Go{Place::returns});
  CHECK(shop.screen<ShiftOpen>() != nullptr);
}
