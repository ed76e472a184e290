// Gift cards and wallets through the book: what a sale, a return, a merge and time do to them.
#include <doctest/doctest.h>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/services/expiry.hpp"
#include "tests/storage/records/value/ledger.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

Basket with_card(std::int64_t price_minor, const std::string& card) {
  TopUp top_up;
  top_up.card = card;
  return *with_top_up(Club::basket(1, price_minor), 0, top_up);
}

Tender by_card(std::int64_t minor, const std::string& card) {
  return {TenderKind::gift_card, kroner(minor), kroner(minor), card};
}

Tender by_wallet(std::int64_t minor) {
  return {TenderKind::wallet, kroner(minor), kroner(minor), ""};
}

/// What lies on the shop's account of expired value.
std::int64_t expired_minor(const Club& club) {
  static constexpr Sql expired{"test.expired",
                               "SELECT sum(amount) FROM account WHERE kind = 15 AND unit = 'NOK'"};
  auto database = sqlite::open(club.data() / "keepsake.db", {.mode = sqlite::Mode::reader});
  REQUIRE(database.ok());
  auto row = (*database)->query(expired);
  return row->step() ? row->integer(0) : 0;
}

std::string code_of_spending(Club& club, std::int64_t minor, const CustomerRef& who) {
  const auto id = club.try_sell(Club::basket(1, minor), who, {}, {by_wallet(minor)});
  return id ? "" : id.error().code;
}

}  // namespace

TEST_CASE("a gift card is sold and spent and never goes below zero") {
  Club club;
  const FactId sold = club.sell(with_card(20'000, "GIFT0001"), {});
  CHECK(club.reader()->gift_card("GIFT0001")->value().balance == kroner(20'000));
  club.sell(Club::basket(1, 15'000), {}, {}, {by_card(15'000, "GIFT0001")});
  CHECK(club.reader()->gift_card("GIFT0001")->value().balance == kroner(5'000));
  CHECK(club.try_sell(Club::basket(1, 15'000), {}, {}, {by_card(6'000, "GIFT0001")}).error().code ==
        "gift-card.short");
  CHECK(club.try_sell(Club::basket(1, 15'000), {}, {}, {by_card(6'000, "GIFT0002")}).error().code ==
        "gift-card.unknown");
  CHECK(club.try_return(sold, 0, Quantity::pieces(1), {}).error().code == "gift-card.spent");
  CHECK(sound(club) == "");
}

TEST_CASE("a gift card that is sold and refunded goes to zero") {
  Club club;
  const FactId sold = club.sell(with_card(20'000, "GIFT0001"), club.member);
  CHECK(club.try_return(sold, 0, Quantity::pieces(1), club.member).ok());
  CHECK(club.reader()->gift_card("GIFT0001")->value().balance == kroner(0));
  CHECK(club.balance(club.member) == Points{});
  CHECK(sound(club) == "");
}

TEST_CASE("a blocked gift card pays nothing until it is freed and expires on its day") {
  Club club;
  set_day(club, 2027, 1, 10);
  Basket basket = with_card(20'000, "GIFT0001");
  basket.lines[0].top_up->expires = std::chrono::year(2027) / 12 / 31;
  club.sell(basket, {});
  club.record(
      GiftCardChange{club.clock.local_now(), "anna", "GIFT0001", GiftCardState::blocked, "lost"});
  CHECK(club.try_sell(Club::basket(1, 1'000), {}, {}, {by_card(1'000, "GIFT0001")}).error().code ==
        "gift-card.blocked");
  club.record(
      GiftCardChange{club.clock.local_now(), "anna", "GIFT0001", GiftCardState::active, "found"});
  club.sell(Club::basket(1, 1'000), {}, {}, {by_card(1'000, "GIFT0001")});
  set_day(club, 2028, 1, 1);
  CHECK(club.try_sell(Club::basket(1, 1'000), {}, {}, {by_card(1'000, "GIFT0001")}).error().code ==
        "gift-card.expired");
  CHECK(run_expiry(*club.book, {}, club.clock.local_now())->value == kroner(19'000));
  CHECK(run_expiry(*club.book, {}, club.clock.local_now())->cards == 0);
  CHECK(sound(club) == "");
}

TEST_CASE("points go onto the wallet and the wallet pays") {
  Club club;
  club.sell(Club::basket(1, 100'000), club.member);
  club.sell(Club::basket(1, 1'000), club.member, claim("cash", 3, CashOut::onto_wallet));
  CHECK(club.state(club.member).wallet_minor == 1'500);
  club.sell(Club::basket(1, 5'000), club.member, {}, {by_wallet(1'200)});
  CHECK(club.state(club.member).wallet_minor == 300);
  CHECK_FALSE(club.try_sell(Club::basket(1, 5'000), club.member, {}, {by_wallet(1'200)}).ok());
  CHECK(sound(club) == "");
}

TEST_CASE("a blocked wallet pays nothing and takes nothing until it is freed") {
  Club club;
  const FactId filled = fill(club, 20'000, {}, club.member);
  const FactId bought = club.sell(Club::basket(1, 5'000), club.member, {}, {by_wallet(5'000)});
  change_wallet(club, WalletState::blocked, club.member);
  CHECK(club.state(club.member).wallet_state == WalletState::blocked);
  CHECK(code_of_spending(club, 1'000, club.member) == "wallet.blocked");
  TopUp top_up;
  top_up.kind = StoredValue::wallet;
  CHECK(club.try_sell(*with_top_up(Club::basket(1, 1'000), 0, top_up), club.member).error().code ==
        "wallet.blocked");
  Return back = bring_back(club.clock, **club.reader()->purchase(bought), bought, 0, 1);
  back.tenders = {by_wallet(back.total.minor)};
  CHECK(club.book->record(back).error().code == "wallet.blocked");
  CHECK(club.state(club.member).wallet_minor == 15'000);
  const auto wallet = *club.reader()->wallet(club.member, nok());
  CHECK(wallet.reason == "lost phone");
  CHECK(wallet.balance == kroner(15'000));
  CHECK(sound(club) == "");

  change_wallet(club, WalletState::active, club.member);
  CHECK(code_of_spending(club, 1'000, club.member) == "");
  CHECK(club.state(club.member).wallet_minor == 14'000);
  CHECK(club.book->record(back).ok());
  CHECK(club.state(club.member).wallet_minor == 19'000);
  CHECK(club.book->record(WalletChange{club.clock.local_now(), "", {}, WalletState::blocked, ""})
            .error()
            .code == "wallet.nobody");
  CustomerRef unknown = club.member;
  unknown.bytes[0] ^= 1;
  CHECK(club.book->record(WalletChange{club.clock.local_now(), "", unknown, {}, ""}).error().code ==
        "customer.unknown");
  CHECK(club.reader()->purchase(filled)->has_value());
  CHECK(sound(club) == "");
}

TEST_CASE("what is left in a wallet expires after its last day and once") {
  Club club;
  set_day(club, 2027, 1, 10);
  const Date last = std::chrono::year(2027) / 12 / 31;
  fill(club, 20'000, last, club.member);
  CHECK(club.state(club.member).wallet_until == last);
  set_day(club, 2027, 12, 31);
  CHECK(code_of_spending(club, 1'000, club.member) == "");
  CHECK(run_expiry(*club.book, {}, club.clock.local_now())->wallets == 0);
  set_day(club, 2028, 3, 1);
  CHECK(code_of_spending(club, 1'000, club.member) == "loyalty.refused");  // nothing to spend
  const LocalTime stated = club.clock.local({(to_days(last) + 1) * std::int64_t{86'400'000}});
  const auto run = run_expiry(*club.book, {}, stated);
  REQUIRE_MESSAGE(run.ok(), why(run));
  CHECK(run->wallets == 1);
  CHECK(run->wallet_value == kroner(19'000));
  CHECK(run->value == kroner(0));
  CHECK(club.state(club.member).wallet_minor == 0);
  CHECK(expired_minor(club) == 19'000);
  CHECK(run_expiry(*club.book, {}, club.clock.local_now())->facts.empty());
  CHECK(expired_minor(club) == 19'000);
  CHECK(sound(club) == "");
  // Money that comes after brings a day of its own, or none.
  club.sell(Club::basket(1, 100'000), club.member);
  club.sell(Club::basket(1, 1'000), club.member, claim("cash", 1, CashOut::onto_wallet));
  CHECK_FALSE(club.state(club.member).wallet_until.has_value());
  CHECK(code_of_spending(club, 500, club.member) == "");
  CHECK(sound(club) == "");
}

TEST_CASE("a fill-up keeps the later day and what never expires wins") {
  Club club;
  set_day(club, 2027, 1, 10);
  const Date soon = std::chrono::year(2027) / 6 / 30, late = std::chrono::year(2028) / 6 / 30;
  const auto until = [&] { return club.state(club.member).wallet_until; };
  fill(club, 1'000, soon, club.member);
  fill(club, 1'000, late, club.member);
  CHECK(until() == late);
  fill(club, 1'000, soon, club.member);
  CHECK(until() == late);
  club.sell(Club::basket(1, 100'000), club.member);
  club.sell(Club::basket(1, 1'000), club.member, claim("cash", 1, CashOut::onto_wallet));
  CHECK(until() == late);  // a reward leaves it
  fill(club, 1'000, {}, club.member);
  CHECK_FALSE(until().has_value());
  fill(club, 1'000, soon, club.member);
  CHECK_FALSE(until().has_value());
  CHECK(code_of_spending(club, 5'500, club.member) == "");
  fill(club, 1'000, soon, club.member);  // into the empty one
  CHECK(until() == soon);
  CHECK(sound(club) == "");
}

TEST_CASE("two lines of one sale fill a wallet as two sales would") {
  Club club;
  set_day(club, 2027, 1, 10);
  const Date soon = std::chrono::year(2027) / 6 / 30, late = std::chrono::year(2028) / 6 / 30;
  Basket basket = Club::basket(1, 1'000);
  basket = *with_article(basket, article("1002", "Wallet", 1'000), Quantity::pieces(1));
  TopUp top_up;
  top_up.kind = StoredValue::wallet;
  top_up.expires = late;
  basket = *with_top_up(basket, 0, top_up);
  top_up.expires = soon;
  basket = *with_top_up(basket, 1, top_up);
  club.sell(basket, club.member);
  CHECK(club.state(club.member).wallet_until == late);
  CHECK(club.state(club.member).wallet_minor == 2'000);
  CHECK(sound(club) == "");
}

TEST_CASE("merging keeps the later day of two wallets and what is blocked stays so") {
  Club club;
  set_day(club, 2027, 1, 10);
  const CustomerRef other = club.enrol({}, "C-2");
  const Date soon = std::chrono::year(2027) / 6 / 30, late = std::chrono::year(2028) / 6 / 30;
  fill(club, 1'000, soon, club.member);
  fill(club, 2'000, late, other);
  change_wallet(club, WalletState::blocked, other);
  const FactId merge =
      club.record(CustomerMerge{club.member, other, "by hand", "anna", club.clock.local_now()});
  const loyalty::Member one = club.state(club.member);
  CHECK(one.wallet_minor == 3'000);
  CHECK(one.wallet_until == late);
  CHECK(one.wallet_state == WalletState::blocked);
  CHECK(club.reader()->wallet(other, nok())->reason == "lost phone");
  CHECK(code_of_spending(club, 500, club.member) == "wallet.blocked");
  TopUp top_up;
  top_up.kind = StoredValue::wallet;
  CHECK(club.try_sell(*with_top_up(Club::basket(1, 1'000), 0, top_up), club.member).error().code ==
        "wallet.blocked");
  CHECK(sound(club) == "");
  club.record(MergeUndoing{merge, "anna", club.clock.local_now()});
  CHECK(club.state(other).wallet_minor == 2'000);
  CHECK(club.state(other).wallet_until == late);
  CHECK(club.state(other).wallet_state == WalletState::blocked);
  CHECK(code_of_spending(club, 500, other) == "wallet.blocked");
  CHECK(club.state(club.member).wallet_minor == 1'000);
  CHECK(club.state(club.member).wallet_until == late);
  CHECK(code_of_spending(club, 500, club.member) == "");
  CHECK(sound(club) == "");
  // Blocked, it expires all the same.
  set_day(club, 2028, 7, 1);
  CHECK(run_expiry(*club.book, {}, club.clock.local_now())->wallet_value == kroner(2'500));
  CHECK(sound(club) == "");
}

TEST_CASE("what is said of a wallet is said of everybody its member is, and of nobody later") {
  Club club;
  set_day(club, 2027, 1, 10);
  const CustomerRef other = club.enrol({}, "C-2");
  const CustomerRef third = club.enrol({}, "C-3");
  const auto merge = [&](const CustomerRef& kept, const CustomerRef& merged) {
    return club.record(CustomerMerge{kept, merged, "by hand", "anna", club.clock.local_now()});
  };
  const auto undo = [&](const FactId& id) {
    club.record(MergeUndoing{id, "anna", club.clock.local_now()});
  };
  const auto blocked = [&] {
    std::string who;
    for (const CustomerRef& each : {club.member, other, third})
      who += club.reader()->wallet(each, nok())->state == WalletState::blocked ? "b" : "-";
    return who;
  };
  change_wallet(club, WalletState::blocked, third);
  const FactId outer = merge(club.member, other);
  change_wallet(club, WalletState::active, club.member);
  CHECK(blocked() == "--b");
  const FactId inner = merge(other, third);  // into one who is read as the member
  CHECK(blocked() == "bbb");
  undo(inner);
  CHECK(blocked() == "--b");
  const FactId again = merge(other, third);
  change_wallet(club, WalletState::active, third);
  CHECK(blocked() == "---");
  change_wallet(club, WalletState::blocked, other);
  CHECK(blocked() == "bbb");
  undo(outer);
  CHECK(blocked() == "bbb");
  change_wallet(club, WalletState::active, club.member);
  CHECK(blocked() == "-bb");
  undo(again);
  change_wallet(club, WalletState::active, third);
  CHECK(blocked() == "-b-");
  CHECK(sound(club) == "");
}

TEST_CASE("a late run of expiry leaves what was filled up since, and knows who became one") {
  Club club;
  set_day(club, 2027, 1, 10);
  const CustomerRef other = club.enrol({}, "C-2");
  const CustomerRef third = club.enrol({}, "C-3");
  const Date soon = std::chrono::year(2027) / 1 / 31;
  fill(club, 1'000, soon, club.member);
  fill(club, 2'000, soon, other);
  fill(club, 4'000, soon, third);
  set_day(club, 2027, 2, 10);
  // Found by one terminal; meanwhile others merged two of them and filled up the third.
  const PointsExpired late{
      club.clock.local_now(),
      std::chrono::year(2027) / 2 / 10,
      nok(),
      {},
      {},
      {{club.member, kroner(1'000)}, {other, kroner(2'000)}, {third, kroner(4'000)}}};
  club.record(CustomerMerge{club.member, other, "by hand", "anna", club.clock.local_now()});
  fill(club, 500, std::chrono::year(2028) / 1 / 1, third);
  club.record(late);
  CHECK(club.state(club.member).wallet_minor == 0);
  CHECK(club.state(third).wallet_minor == 500);  // what was past its day stayed so
  CHECK(expired_minor(club) == 7'000);
  CHECK(sound(club) == "");
}

TEST_CASE("a reward stands by itself beside money that is past its day") {
  Club club;
  set_day(club, 2027, 1, 10);
  club.sell(Club::basket(1, 100'000), club.member);
  fill(club, 1'000, std::chrono::year(2027) / 1 / 31, club.member);
  set_day(club, 2027, 2, 10);
  club.sell(Club::basket(1, 1'000), club.member, claim("cash", 1, CashOut::onto_wallet));
  CHECK(club.state(club.member).wallet_minor == 500);
  REQUIRE(run_expiry(*club.book, {}, club.clock.local_now()).ok());
  CHECK(club.state(club.member).wallet_minor == 500);
  CHECK(expired_minor(club) == 1'000);
  CHECK(sound(club) == "");
}

TEST_CASE("what can be spent follows from the day, whether expiry was run or not") {
  for (const bool run : {false, true}) {
    CAPTURE(run);
    Club club;
    const Date soon = day(2027, 1, 31), late = day(2028, 1, 31);
    set_day(club, 2027, 1, 10);
    fill(club, 10'000, soon, club.member);
    Basket card = with_card(20'000, "GIFT0001");
    card.lines[0].top_up->expires = soon;
    club.sell(card, {});
    set_day(club, 2027, 2, 1);
    if (run) REQUIRE(run_expiry(*club.book, {}, club.clock.local_now()).ok());
    const Date today = club.clock.local_now().date();
    CHECK(club.state(club.member).wallet_minor == 0);
    CHECK(club.reader()->gift_card("GIFT0001", today)->value().balance == kroner(0));
    // A top-up after the last day revives nothing.
    fill(club, 300, late, club.member);
    card = with_card(500, "GIFT0001");
    card.lines[0].top_up->expires = late;
    club.sell(card, {});
    CHECK(club.state(club.member).wallet_minor == 300);
    CHECK(club.state(club.member).wallet_until == late);
    CHECK(club.reader()->gift_card("GIFT0001", today)->value().balance == kroner(500));
    CHECK(club.reader()->gift_card("GIFT0001", today)->value().expires == late);
    CHECK_FALSE(club.try_sell(Club::basket(1, 5'000), {}, {}, {by_card(501, "GIFT0001")}).ok());
    CHECK(code_of_spending(club, 301, club.member) == "loyalty.refused");
    REQUIRE(run_expiry(*club.book, {}, club.clock.local_now()).ok());
    CHECK(club.state(club.member).wallet_minor == 300);
    CHECK(club.reader()->gift_card("GIFT0001", today)->value().balance == kroner(500));
    CHECK(expired_minor(club) == 30'000);
    CHECK(code_of_spending(club, 300, club.member) == "");
    CHECK(sound(club) == "");
  }
}

TEST_CASE("a refund on the last day is there the next day, with a day of its own") {
  Club club;
  set_day(club, 2027, 1, 10);
  const Date last = day(2027, 1, 31);
  fill(club, 20'000, last, club.member);
  const FactId bought = club.sell(Club::basket(1, 5'000), club.member, {}, {by_wallet(5'000)});
  set_day(club, 2027, 1, 31);
  Return back = bring_back(club.clock, **club.reader()->purchase(bought), bought, 0, 1);
  back.tenders = {by_wallet(back.total.minor)};
  back.tenders[0].expires = day(2027, 7, 31);
  club.record(back);
  CHECK(club.state(club.member).wallet_minor == 20'000);
  CHECK(club.state(club.member).wallet_until == last);
  set_day(club, 2027, 2, 1);
  CHECK(club.state(club.member).wallet_minor == 5'000);
  CHECK(club.state(club.member).wallet_until == day(2027, 7, 31));
  REQUIRE(run_expiry(*club.book, {}, club.clock.local_now()).ok());
  CHECK(club.state(club.member).wallet_minor == 5'000);
  set_day(club, 2027, 8, 1);
  CHECK(club.state(club.member).wallet_minor == 0);
  CHECK(sound(club) == "");
}
