#include "storage/records/loyalty/member_stats.hpp"

#include <doctest/doctest.h>

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/domain/views/reports.hpp"
#include "tests/storage/records/value/ledger.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

Basket card_of(std::int64_t minor, const char* card = "GC000001") {
  TopUp top_up;
  top_up.card = card;
  return *with_top_up(Club::basket(1, minor), 0, top_up);
}

Basket with_card(Basket basket, std::int64_t minor) {
  const std::size_t line = basket.lines.size();
  basket = *with_article(basket, article("CARD", "Gift card", minor), Quantity::pieces(1));
  TopUp top_up;
  top_up.card = "GC000002";
  return *with_top_up(basket, line, top_up);
}

}  // namespace

TEST_CASE("money paid in is no spend, no visit and no last purchase; its return changes nothing") {
  Club club;
  const FactId filled = fill(club, 2'000'000, {}, club.member);
  const FactId card = club.sell(card_of(1'000'000), club.member);
  CHECK(club.state(club.member).visits == 0);
  CHECK(club.state(club.member).window.spend_minor == 0);
  CHECK(club.state(club.member).window.visits == 0);
  CHECK(club.state(club.member).tier.empty());
  CHECK(club.balance(club.member) == Points{});
  CHECK(club.reader()->last_purchases(club.member, 5)->empty());

  const FactId goods = club.sell(with_card(Club::basket(1, 50'000), 1'000'000), club.member);
  CHECK(club.state(club.member).visits == 1);
  CHECK(club.state(club.member).window.spend_minor == 50'000);
  CHECK(club.state(club.member).window.visits == 1);
  CHECK(club.state(club.member).tier.empty());

  REQUIRE(club.try_return(card, 0, Quantity::pieces(1), club.member).ok());
  REQUIRE(club.try_return(filled, 0, Quantity::pieces(1), club.member).ok());
  CHECK(club.state(club.member).visits == 1);
  CHECK(club.state(club.member).window.spend_minor == 50'000);
  REQUIRE(club.try_return(goods, 1, Quantity::pieces(1), club.member).ok());
  CHECK(club.state(club.member).visits == 1);
  REQUIRE(club.try_return(goods, 0, Quantity::pieces(1), club.member).ok());
  CHECK(club.state(club.member).visits == 0);
  CHECK(club.state(club.member).window.spend_minor == 0);

  const Totals totals = *club.reader()->totals();
  CHECK(totals.purchases == 3);
  CHECK(totals.purchase_minor == 4'050'000);
  CHECK(totals.sales == 1);
  CHECK(totals.sales_minor == 50'000);
  CHECK(totals.loads == 3);
  CHECK(totals.loads_minor == 4'000'000);
  CHECK(totals.return_minor == 4'050'000);
  CHECK(totals.loads_returned_minor == 4'000'000);
  CHECK(sound(club).empty());
}

TEST_CASE("money spent from the wallet is spend once, when it buys something") {
  Club club;
  fill(club, 200'000, {}, club.member);
  club.sell(Club::basket(1, 100'000), club.member, {},
            {{TenderKind::wallet, kroner(100'000), kroner(100'000), ""}});
  CHECK(club.state(club.member).window.spend_minor == 100'000);
  CHECK(club.state(club.member).tier == "silver");
  CHECK(club.state(club.member).visits == 1);
}

TEST_CASE("reports list money paid in apart from what was sold") {
  Club club;
  club.sell(card_of(70'000), club.member);
  club.sell(with_card(Club::basket(2, 5'000), 30'000), club.member);
  const auto days = *club.reader()->by_day();
  REQUIRE(days.size() == 1);
  CHECK(days[0].purchase_minor == 110'000);
  CHECK(days[0].loads == 2);
  CHECK(days[0].loads_minor == 100'000);
  const auto articles = *club.reader()->by_article(10);
  REQUIRE(articles.size() == 1);
  CHECK(articles[0].amount_minor == 10'000);
  const auto customers = *club.reader()->by_customer(10);
  REQUIRE(customers.size() == 1);
  CHECK(customers[0].purchases == 1);
  CHECK(customers[0].amount_minor == 10'000);
  CHECK((*club.reader()->by_staff())[0].loads_minor == 100'000);
}
