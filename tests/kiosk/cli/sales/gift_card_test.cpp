// Gift cards and expiry at the command line; what only a till does goes through the book.
#include <doctest/doctest.h>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/engine/system_clock.hpp"
#include "storage/services/loyalty_events.hpp"
#include "tests/kiosk/cli/customers/customer_shop.hpp"
#include "tests/kiosk/cli/sales/soap.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

class Cards : public CustomerShop {
 public:
  Ran card(Args args) const {
    args.insert(args.begin(), "gift-card");
    return json(args);
  }
  std::string balance(const char* name) const {
    const auto shown = card({"show", name});
    REQUIRE_MESSAGE(shown.exit == 0, shown.out);
    return shown.json().at("balance");
  }
  static std::string code_of(const Ran& ran) {
    return ran.exit == 0 ? "" : ran.json().at("error").at("code").get<std::string>();
  }
  Ran expire(Args more = {}) const {
    more.insert(more.begin(), {"expire", "--yes"});
    return json(more);
  }
  std::string sound() const {
    const auto verified = run({"verify"}), rebuilt = run({"rebuild", "--check"});
    return verified.exit + rebuilt.exit == 0 ? "" : verified.out + rebuilt.out;
  }
};

/// The till, for as long as no command runs.
struct Till {
  std::unique_ptr<SystemClock> clock = *SystemClock::open("Europe/Oslo");
  std::unique_ptr<Book> book;

  explicit Till(const Cards& shop) {
    auto opened = Book::open(shop.folder(), *clock);
    REQUIRE_MESSAGE(opened.ok(), to_line(opened.error()));
    book = std::move(*opened);
  }
  Money kroner(std::int64_t minor) const { return {minor, book->settings().currency}; }

  /// Goods of this price, paid by the card.
  Result<FactId> spend(std::int64_t minor, const char* card) const {
    const Basket basket = test::soap(book->settings().currency, minor);
    loyalty::Rules none;
    none.currency = basket.currency;
    const SaleContext context{clock->local_now(), "anna", {}, {}, {}, {}};
    const auto made =
        to_purchase(basket, {{TenderKind::gift_card, kroner(minor), kroner(minor), card}}, context,
                    {}, none, {});
    if (!made) return made.error();
    return book->record(*made);
  }
  Result<FactId> refund(const FactId& sold, const char* card) const {
    const auto reader = *book->reader();
    loyalty::Rules none;
    none.currency = book->settings().currency;
    const auto basis = reader->return_basis({}, std::span(&sold, 1), none, clock->local_now());
    if (!basis) return basis.error();
    const SaleContext context{clock->local_now(), "anna", {}, {}, {}, {}};
    const auto made = to_return({{sold, 0, Quantity::pieces(1)}}, {TenderKind::gift_card, card}, "",
                                context, *basis, none);
    if (!made) return made.error();
    return book->record(*made);
  }
};

}  // namespace

TEST_CASE("gift card: sold and topped up and spent and refunded onto") {
  const Cards shop;
  CHECK(shop.card({"sell", "gift-0001", "200.00", "--staff", "anna"}).exit == 0);
  CHECK(shop.balance("GIFT0001") == "200.00");
  CHECK(Cards::code_of(shop.card({"top-up", "GIFT 0001", "50.00", "--paid", "cash"})) ==
        "shift.none");  // there is no drawer to put it in
  CHECK(shop.balance("gift0001") == "200.00");
  CHECK(shop.card({"top-up", "GIFT 0001", "50.00", "--paid", "card"}).exit == 0);
  CHECK(shop.balance("gift0001") == "250.00");
  {
    const Till till(shop);
    const auto sold = till.spend(15'000, "GIFT0001");
    REQUIRE(sold.ok());
    CHECK(till.spend(10'001, "GIFT0001").error().code == "gift-card.short");
    CHECK(till.refund(*sold, "GIFT0001").ok());
  }
  CHECK(shop.balance("GIFT0001") == "250.00");
  CHECK(shop.sound() == "");
}

TEST_CASE("gift card: no money goes back onto one that is blocked") {
  const Cards shop;
  REQUIRE(shop.card({"sell", "GIFT0001", "200.00"}).exit == 0);
  std::optional<FactId> sold;
  {
    const Till till(shop);
    sold = till.spend(15'000, "GIFT0001").value();
  }
  REQUIRE(shop.card({"block", "GIFT0001"}).exit == 0);
  {
    const Till till(shop);
    CHECK(till.refund(*sold, "GIFT0001").error().code == "gift-card.blocked");
  }
  CHECK(shop.balance("GIFT0001") == "50.00");
  CHECK(shop.sound() == "");
}

TEST_CASE("gift card: what makes no sense is refused and changes nothing") {
  const Cards shop;
  REQUIRE(shop.card({"sell", "GIFT0001", "200.00"}).exit == 0);
  CHECK(Cards::code_of(shop.card({"sell", "GIFT0001", "10.00"})) == "gift-card.known");
  CHECK(Cards::code_of(shop.card({"top-up", "GIFT0002", "10.00"})) == "gift-card.unknown");
  CHECK(shop.card({"show", "GIFT0002"}).exit == 1);
  CHECK(Cards::code_of(shop.card({"block", "GIFT0002"})) == "gift-card.unknown");
  CHECK(Cards::code_of(shop.card({"sell", "A1", "10.00"})) == "gift-card.syntax");
  CHECK(Cards::code_of(shop.card({"sell", "GIFT0003", "0.00"})) == "money.zero");
  for (const char* amount : {"-5.00", "ten", "10.001", "99999999999999999999"})
    CHECK(shop.card({"sell", "GIFT0003", amount}).exit == 2);
  CHECK(Cards::code_of(shop.card({"sell", "GIFT0003", "5.00", "--until", "2001-01-01"})) ==
        "gift-card.past");
  CHECK(shop.card({"sell", "GIFT0003", "5.00", "--paid", "shells"}).exit == 2);
  CHECK(shop.balance("GIFT0001") == "200.00");
  CHECK(shop.card({"show", "GIFT0003"}).exit == 1);
  CHECK(shop.sound() == "");
}

TEST_CASE("gift card: a blocked one pays nothing and takes nothing until it is freed") {
  const Cards shop;
  REQUIRE(shop.card({"sell", "GIFT0001", "200.00"}).exit == 0);
  const auto blocked = shop.card({"block", "GIFT0001", "--reason", "lost"});
  CHECK(blocked.json().at("state") == "blocked");
  CHECK(blocked.json().at("reason") == "lost");
  CHECK(Cards::code_of(shop.card({"top-up", "GIFT0001", "10.00"})) == "gift-card.blocked");
  { CHECK(Till(shop).spend(100, "GIFT0001").error().code == "gift-card.blocked"); }
  CHECK(shop.card({"unblock", "GIFT0001", "--reason", "found"}).json().at("state") == "active");
  { CHECK(Till(shop).spend(100, "GIFT0001").ok()); }
  CHECK(shop.balance("GIFT0001") == "199.00");
  CHECK(shop.sound() == "");
}

TEST_CASE("gift card: cash for one stands in the open shift") {
  const Cards shop;
  {
    const Till till(shop);
    REQUIRE(
        till.book->record(ShiftOpening{till.clock->local_now(), "anna", till.kroner(10'000)}).ok());
  }
  REQUIRE(shop.card({"sell", "GIFT0001", "200.00", "--paid", "cash"}).exit == 0);
  REQUIRE(shop.card({"top-up", "GIFT0001", "30.00"}).exit == 0);
  const Till till(shop);
  CHECK((*till.book->reader())->open_shift()->value().expected == till.kroner(30'000));
}

TEST_CASE("expire: as of a day and once however often it runs") {
  const Cards shop;
  const auto programme = shop.scratch().write("club.toml", R"(name = "Fjord Club"
currency = "NOK"
[earn]
points = 1
for_each = "10.00"
[expiry]
kind = "days"
count = 30
)");
  REQUIRE(shop.run({"programme", "publish", programme}).exit == 0);
  REQUIRE(shop.json({"customer", "join", "--add", "card=C-1"}).exit == 0);
  std::string earned_on;
  {
    // A sale of a hundred days ago, and nobody let anything expire since.
    const Till till(shop);
    const auto reader = *till.book->reader();
    const auto who = reader->customer_by_card("C-1")->value();
    const LocalTime then =
        till.clock->local({till.clock->now().ms - std::int64_t{100} * 86'400'000});
    earned_on = to_iso(then.date());
    LoyaltyEvent event;
    event.at = then;
    event.customer = who;
    event.currency = till.book->settings().currency;
    event.programme_version = 1;
    event.event = "survey";
    event.points_earned = {5'000};
    event.loyalty.rules = {{"survey", {5'000}}};
    event.loyalty.issued = {{{3'000}, from_days(to_days(then.date()) + 30)},
                            {{2'000}, from_days(to_days(then.date()) + 400)}};
    event.loyalty.to_wallet = event.loyalty.paid_out = till.kroner(0);
    REQUIRE(till.book->record(event).ok());
  }
  const auto early = shop.expire({"--at", earned_on});
  REQUIRE_MESSAGE(early.exit == 0, early.out);
  CHECK(early.json().at("lots") == 0);
  const auto late = shop.expire();
  CHECK(late.json().at("lots") == 1);
  CHECK(late.json().at("points") == "30");
  CHECK(shop.json({"member", "show", "C-1"}).json().at("balance") == "20");
  const auto again = shop.expire();
  CHECK(again.json().at("lots") == 0);
  CHECK(again.json().at("facts") == 0);
  CHECK(Cards::code_of(shop.expire({"--at", "2999-01-01"})) == "expiry.future");
  CHECK(shop.expire({"--at", "yesterday"}).exit == 2);
  CHECK(shop.sound() == "");
}

TEST_CASE("expire: a gift card past its last day is empty and pays nothing") {
  const Cards shop;
  {
    const Till till(shop);
    Article card;
    card.code = "GIFT-CARD";
    card.name = "Gift card";
    card.price = UnitPrice::from_minor(20'000);
    Basket basket;
    basket.currency = till.book->settings().currency;
    basket = *with_article(basket, card, Quantity::pieces(1));
    const LocalTime then =
        till.clock->local({till.clock->now().ms - std::int64_t{100} * 86'400'000});
    basket = *with_top_up(
        basket, 0,
        {0, StoredValue::gift_card, "GIFT0001", {}, from_days(to_days(then.date()) + 50)});
    loyalty::Rules none;
    none.currency = basket.currency;
    const auto sold =
        to_purchase(basket, {{TenderKind::card, till.kroner(20'000), till.kroner(20'000), ""}},
                    {then, "anna", {}, {}, {}, {}}, {}, none, {});
    REQUIRE(sold.ok());
    REQUIRE(till.book->record(*sold).ok());
    CHECK(till.spend(100, "GIFT0001").error().code == "gift-card.expired");
  }
  CHECK(shop.balance("GIFT0001") == "0.00");  // the day says so, not whether this has run
  const auto expired = shop.expire();
  CHECK(expired.json().at("gift_cards") == 1);
  CHECK(expired.json().at("value") == "200.00");
  CHECK(shop.balance("GIFT0001") == "0.00");
  CHECK(shop.expire().json().at("gift_cards") == 0);
  CHECK(shop.sound() == "");
}
