// Points, wallet and gift cards: as payment, sold, and filled up.
#include <doctest/doctest.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

constexpr const char* card_no = "GC4417000012345678";

/// A kettle of 499.00, a gift card of 300.00, and Ingrid with 1284 points and 200.00 in her wallet.
struct Paying : Shop {
  Paying() {
    publish_rewards();
    state.wallet_minor = 20000;
    gift_cards[card_no] = {card_no, nok("300"), {}, {}, GiftCardState::active, ""};
    open_till();
    scan(kettle_gtin);
  }
  void pay() {
    act(Go{Place::tender});
    if (auto* sale = screen<Sale>(); sale != nullptr) act(KeepPoints{});
  }
  TenderFigures sums() { return figures(s.till, *screen<Tendering>(), ctx); }
  const Purchase& bought() const { return get<Purchase>(facts.back()); }
};

}  // namespace

TEST_CASE("points pay a part and cash the rest") {
  Paying shop;
  shop.scan(ingrid_card);
  shop.pay();
  shop.act(ChooseTender{TenderKind::points});
  CHECK(shop.sums().most == shop.nok("128.40"));
  CHECK(shop.sums().cost == Points{128400});
  shop.type("50");
  CHECK(shop.sums().cost == Points{50000});
  shop.act(Submit{});
  REQUIRE(shop.s.till.tenders.size() == 1);
  shop.act(ChooseTender{TenderKind::cash});
  CHECK(shop.sums().left == shop.nok("449"));
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(check(shop.bought()).ok());
  CHECK(shop.screen<SaleDone>()->spent == Points{50000});
  CHECK(shop.bought().points_earned == Points{4400});  // points that pay do not earn
}

TEST_CASE("points never pay more than there are") {
  Paying shop;
  shop.scan(ingrid_card);
  shop.pay();
  shop.act(ChooseTender{TenderKind::points});
  shop.type("200");
  shop.act(Submit{});
  CHECK(shop.notice() == "points.over");
  CHECK(shop.s.till.tenders.empty());
  shop.act(ClearField{});
  shop.act(Submit{});
  shop.act(ChooseTender{TenderKind::points});
  shop.act(Submit{});
  CHECK(shop.notice() == "points.none");
}

TEST_CASE("the wallet pays what is in it") {
  Paying shop;
  shop.scan(ingrid_card);
  shop.pay();
  shop.act(ChooseTender{TenderKind::wallet});
  CHECK(shop.sums().entered == shop.nok("200"));
  shop.act(Submit{});
  shop.act(ChooseTender{TenderKind::card});
  shop.act(Edit{Field::reference});
  shop.type("8802");
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(shop.bought().tenders.at(0).kind == TenderKind::wallet);
  CHECK(shop.screen<SaleDone>()->cards == std::vector<CardLeft>{{"", shop.nok("0")}});
}

TEST_CASE("a wallet that is blocked or past its day pays nothing") {
  Paying shop;
  const char* expected = nullptr;
  SUBCASE("blocked") {
    shop.state.wallet_state = WalletState::blocked;
    expected = "wallet.blocked";
  }
  SUBCASE("past its day") {
    shop.state.wallet_until = std::chrono::year(2020) / 1 / 1;
    expected = "wallet.expired";
  }
  shop.scan(ingrid_card);
  shop.pay();
  shop.act(ChooseTender{TenderKind::wallet});
  CHECK(shop.notice() == expected);
  CHECK(shop.screen<Tendering>()->kind == TenderKind::cash);
}

TEST_CASE("nothing is paid onto a blocked wallet") {
  Paying shop;
  shop.state.wallet_state = WalletState::blocked;
  shop.scan(ingrid_card);
  shop.act(OpenMore{});
  shop.act(OpenGiftCard{StoredValue::wallet});
  CHECK(shop.notice() == "wallet.blocked");
}

TEST_CASE("points and wallet need a member") {
  Paying shop;
  shop.pay();
  shop.act(ChooseTender{TenderKind::points});
  CHECK(shop.screen<Tendering>()->kind == TenderKind::cash);
  shop.act(ChooseTender{TenderKind::wallet});
  CHECK(shop.screen<Tendering>()->kind == TenderKind::cash);
}

TEST_CASE("a member who paid with points cannot be taken off") {
  Paying shop;
  shop.scan(ingrid_card);
  shop.pay();
  shop.act(ChooseTender{TenderKind::points});
  shop.act(Submit{});
  shop.act(Back{});
  shop.act(DetachCustomer{});
  CHECK(shop.notice() == "sale.paid");
  CHECK(shop.s.till.customer == shop.ingrid.ref);
}

TEST_CASE("a gift card is scanned while paying and pays what is on it") {
  Paying shop;
  shop.pay();
  shop.scan(card_no);
  REQUIRE(shop.screen<Tendering>()->card.has_value());
  CHECK(shop.sums().entered == shop.nok("300"));
  shop.act(Submit{});
  CHECK(shop.sums().left == shop.nok("199"));
  shop.act(ChooseTender{TenderKind::cash});
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(shop.bought().tenders.at(0).reference == card_no);
  CHECK(shop.screen<SaleDone>()->cards == std::vector<CardLeft>{{card_no, shop.nok("0")}});
}

TEST_CASE("a gift card is typed looked up and refused in words") {
  Paying shop;
  shop.pay();
  shop.act(ChooseTender{TenderKind::gift_card});
  shop.type("gc 0000-0000");
  shop.act(Edit{Field::amount});
  CHECK(shop.notice() == "gift-card.unknown");
  shop.gift_cards[card_no].state = GiftCardState::blocked;
  shop.scan(card_no);
  CHECK(shop.notice() == "gift-card.blocked");
  shop.gift_cards[card_no].state = GiftCardState::active;
  shop.gift_cards[card_no].expires = parse_date("2026-11-20").value();
  shop.scan(card_no);
  CHECK(shop.notice() == "gift-card.expired");
  shop.gift_cards[card_no].expires = parse_date("2026-11-21").value();
  shop.scan(card_no);
  REQUIRE(shop.screen<Tendering>()->card.has_value());
  shop.type("400");
  shop.act(Submit{});
  CHECK(shop.notice() == "gift-card.over");
}

TEST_CASE("while offline a gift card pays what was leased, and says so") {
  Paying shop;
  shop.gift_cards[card_no].offline = shop.nok("45");
  shop.pay();
  shop.scan(card_no);
  CHECK(shop.sums().most == shop.nok("45"));
  shop.type("60");
  shop.act(Submit{});
  CHECK(shop.notice() == "spend.offline");
  CHECK(shop.s.visit.notice->shortage ==
        Shortage{{card_of(card_no, shop.ctx.currency), 6000}, 4500, ShortBecause::offline});
  SUBCASE("a part") {
    shop.act(Dismiss{});
    shop.scan(card_no);
    shop.act(Submit{});
    REQUIRE(shop.s.till.tenders.size() == 1);
    CHECK(shop.s.till.tenders[0].amount == shop.nok("45"));
    shop.scan(card_no);
    shop.act(Submit{});
    CHECK(shop.notice() == "spend.offline");  // not "empty": there is more, for head office to say
  }
  SUBCASE("all of it, when the line is back") {
    shop.act(Dismiss{});
    SyncState state;
    state.link = LinkState::online;
    shop.act(SyncChanged{state});
    CHECK_FALSE(shop.screen<Tendering>()->card->offline);
    shop.scan(card_no);
    CHECK(shop.sums().most == shop.nok("300"));
  }
}

TEST_CASE("what head office did not hold is told with how much there is, and the payments stay") {
  Paying shop;
  shop.pay();
  shop.scan(card_no);
  shop.act(Submit{});
  shop.act(ChooseTender{TenderKind::cash});
  const Shortage shortage{{card_of(card_no, shop.ctx.currency), 30000}, 1200, ShortBecause::spent};
  shop.short_of = shortage;
  shop.act(Submit{});
  CHECK(shop.notice() == "spend.short");
  CHECK(shop.s.visit.notice->shortage == shortage);
  CHECK(shop.s.till.tenders.size() == 1);
}

TEST_CASE("the same card pays twice only what is on it") {
  Paying shop;
  shop.pay();
  shop.scan(card_no);
  shop.type("250");
  shop.act(Submit{});
  shop.scan(card_no);
  CHECK(shop.sums().most == shop.nok("50"));
}

TEST_CASE("a gift card is sold with its number and amount") {
  Paying shop;
  shop.act(OpenGiftCard{StoredValue::gift_card});
  shop.scan("GC9900000000000001");
  shop.type("500");
  shop.act(Submit{});
  REQUIRE(shop.s.till.basket.lines.size() == 2);
  CHECK(totals(shop.s.till, shop.ctx).total == shop.nok("999"));
  shop.act(OpenGiftCard{StoredValue::gift_card});
  shop.scan("GC9900000000000001");
  CHECK(shop.notice() == "gift-card.twice");
  shop.act(Back{});
  shop.pay();
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  REQUIRE(shop.bought().top_ups.size() == 1);
  CHECK(shop.bought().top_ups[0].card == "GC9900000000000001");
  CHECK(shop.bought().top_ups[0].amount == shop.nok("500"));
  CHECK(shop.screen<SaleDone>()->cards ==
        std::vector<CardLeft>{{"GC9900000000000001", shop.nok("500")}});
}

TEST_CASE("a card that is known is filled up") {
  Paying shop;
  shop.scan(card_no);
  const auto* pane = get_if<GiftCardPane>(&shop.screen<Sale>()->pane);
  REQUIRE(pane != nullptr);
  REQUIRE(pane->known.has_value());
  CHECK(pane->known->balance == shop.nok("300"));
  shop.act(Submit{});
  CHECK(shop.notice() == "tender.amount");
  shop.type("100");
  shop.act(Submit{});
  CHECK(shop.s.till.basket.lines[1].top_up->card == card_no);
}

TEST_CASE("money onto the wallet needs the member to stay") {
  Paying shop;
  shop.act(OpenGiftCard{StoredValue::wallet});
  CHECK(shop.notice() == "wallet.member");
  shop.scan(ingrid_card);
  shop.act(OpenMore{});
  shop.act(OpenGiftCard{StoredValue::wallet});
  shop.type("100");
  shop.act(Submit{});
  CHECK(shop.s.till.basket.lines.size() == 2);
  shop.act(DetachCustomer{});
  CHECK(shop.notice() == "wallet.member");
  shop.pay();
  shop.act(Submit{});
  REQUIRE(shop.screen<SaleDone>() != nullptr);
  CHECK(shop.bought().top_ups.at(0).kind == StoredValue::wallet);
  CHECK(shop.screen<SaleDone>()->cards == std::vector<CardLeft>{{"", shop.nok("300")}});
}

TEST_CASE("a gift card that was lost is blocked at the till and freed by a manager") {
  Paying shop;
  shop.act(OpenGiftCard{StoredValue::gift_card});
  shop.scan(card_no);
  shop.act(AskCardState{});
  shop.act(Back{});
  REQUIRE(shop.pane<GiftCardPane>() != nullptr);
  CHECK_FALSE(shop.pane<GiftCardPane>()->asking);
  shop.act(AskCardState{});
  shop.type("5");  // a question lies over the amount
  CHECK(shop.pane<GiftCardPane>()->amount.empty());
  shop.act(Submit{});
  CHECK(shop.notice() == "gift-card.stopped");
  const auto& change = get<GiftCardChange>(shop.facts.back());
  CHECK(change.card == card_no);
  CHECK(change.state == GiftCardState::blocked);
  CHECK(change.staff == "marit");
  CHECK(shop.s.till.basket.lines.size() == 1);

  shop.gift_cards.at(card_no).state = GiftCardState::blocked;
  shop.s.visit.staff->manager = false;
  shop.act(OpenGiftCard{StoredValue::gift_card});
  shop.scan(card_no);
  CHECK(shop.notice() == "gift-card.blocked");
  shop.s.visit.staff->manager = true;
  shop.scan(card_no);
  REQUIRE(shop.pane<GiftCardPane>()->asking);
  shop.act(Submit{});
  CHECK(shop.notice() == "gift-card.freed");
  CHECK(get<GiftCardChange>(shop.facts.back()).state == GiftCardState::active);
}

TEST_CASE("a blocking that fails on disk can be tried again") {
  Paying shop;
  shop.act(OpenGiftCard{StoredValue::gift_card});
  shop.scan(card_no);
  shop.act(AskCardState{});
  shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
  shop.act(Submit{});
  CHECK(shop.notice() == "disk.full");
  CHECK(shop.pane<GiftCardPane>()->asking);
  shop.disk_fault.reset();
  shop.act(Submit{});
  CHECK(shop.notice() == "gift-card.stopped");
}

TEST_CASE("gift cards and wallets are good as long as the shop says") {
  Paying shop;
  shop.ctx.stored_value = {24, 12};
  shop.act(OpenGiftCard{StoredValue::gift_card});
  shop.scan(card_no);
  shop.type("100");
  shop.act(Submit{});
  REQUIRE(shop.s.till.basket.lines.size() == 2);
  CHECK(shop.s.till.basket.lines[1].top_up->expires == parse_date("2028-11-21").value());
  shop.scan(ingrid_card);
  shop.act(OpenMore{});
  shop.act(OpenGiftCard{StoredValue::wallet});
  shop.type("100");
  shop.act(Submit{});
  REQUIRE(shop.s.till.basket.lines.size() == 3);
  CHECK(shop.s.till.basket.lines[2].top_up->expires == parse_date("2027-11-21").value());
}
