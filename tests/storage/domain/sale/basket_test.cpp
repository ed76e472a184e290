#include "storage/domain/sale/basket.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/values/limits.hpp"

using namespace keepsake;

namespace {

Currency currency(std::string_view code) { return Currency::parse(code).value(); }
Money nok(std::int64_t minor) { return {minor, currency("NOK")}; }
Date today() { return parse_date("2026-11-21").value(); }

Article kettle() {
  Article a;
  a.code = "K-100";
  a.name = "Kettle";
  a.maker = "Acme";
  a.price = UnitPrice::from_minor(29900);
  a.tax = {2500};
  a.cover_months = 24;
  return a;
}

Article cheese() {
  Article a;
  a.code = "C-7";
  a.name = "Cheese";
  a.price = UnitPrice::from_minor(19900);
  a.tax = {1500};
  a.sold_by = SoldBy::weight;
  return a;
}

Basket empty() { return {currency("NOK"), {}}; }

/// 2 kettles and 0.742 kg of cheese: 598.00 + 147.66 = 745.66.
Basket filled() {
  return with_article(with_article(empty(), kettle(), Quantity::pieces(2)).value(), cheese(), {742})
      .value();
}

Programme programme() { return {1, "Club", currency("NOK"), Points{10}, 10'000, ""}; }

SaleContext context(std::int64_t step = 100) {
  SaleContext c;
  c.at = {{1'795'269'727'123}, 60};
  c.staff = "kari";
  c.customer.bytes[0] = 1;
  c.programme = programme();
  c.cash_step = {step};
  return c;
}

/// By the rate of the programme alone, for a member who has nothing yet.
Result<Purchase> bought(const Basket& basket, const std::vector<Tender>& tenders,
                        const SaleContext& context) {
  loyalty::Member member;
  member.known = !context.customer.nobody();
  return to_purchase(basket, tenders, context, {}, loyalty::of_rate(context.programme), member);
}

Tender cash(std::int64_t amount, std::int64_t tendered) {
  return {TenderKind::cash, nok(amount), nok(tendered), ""};
}
Tender card(std::int64_t amount) { return {TenderKind::card, nok(amount), nok(amount), "ref"}; }

}  // namespace

TEST_CASE("the same article adds to its line") {
  auto basket = with_article(filled(), kettle(), Quantity::pieces(1)).value();
  REQUIRE(basket.lines.size() == 2);
  CHECK(basket.lines[0].quantity == Quantity::pieces(3));
  basket = with_article(basket, cheese(), {100}).value();
  CHECK(basket.lines.size() == 3);  // each weighing is its own line
  Article dearer = kettle();
  dearer.price = UnitPrice::from_minor(30000);
  CHECK(with_article(basket, dearer, Quantity::pieces(1)).value().lines.size() == 4);
}

TEST_CASE("quantities have limits") {
  CHECK(with_article(empty(), kettle(), {0}).error().code == "quantity.positive");
  CHECK(with_article(empty(), kettle(), {-1000}).error().code == "quantity.positive");
  CHECK(with_article(empty(), kettle(), {1500}).error().code == "quantity.whole");
  CHECK(with_article(empty(), cheese(), {1500}).ok());
  CHECK(with_article(empty(), kettle(), {limits::quantity_thousandths}).ok());
  const auto full = with_article(empty(), kettle(), {limits::quantity_thousandths}).value();
  CHECK(with_article(full, kettle(), Quantity::pieces(1)).error().kind == Failure::limit);
  auto long_basket = empty();
  long_basket.lines.assign(limits::lines_per_purchase, {cheese(), {100}, std::nullopt});
  CHECK(with_article(long_basket, cheese(), {100}).error().code == "lines.limit");
}

TEST_CASE("quantity zero removes the line") {
  CHECK(with_quantity(filled(), 0, {0}).value() == without_line(filled(), 0));
  CHECK(with_quantity(filled(), 0, Quantity::pieces(5)).value().lines[0].quantity ==
        Quantity::pieces(5));
  CHECK(with_quantity(filled(), 0, {500}).error().code == "quantity.whole");
  CHECK(without_line(filled(), 1).lines.size() == 1);
}

TEST_CASE("one scan of a serial starts the warranty") {
  auto basket = with_warranty(filled(), 0, "ab-123", today()).value();
  REQUIRE(basket.lines.size() == 3);  // one of the two kettles splits off
  CHECK(basket.lines[0].quantity == Quantity::pieces(1));
  CHECK(!basket.lines[0].warranty);
  REQUIRE(basket.lines[1].warranty.has_value());
  CHECK(*basket.lines[1].warranty ==
        LineWarranty{"AB123", "ab-123", "Acme", makers_cover(today(), 24)});
  CHECK(with_warranty(basket, 0, "AB 123", today()).error().code == "warranty.twice");
  CHECK(with_warranty(basket, 0, "x", today()).error().code == "serial.length");
  CHECK(with_warranty(basket, 2, "XYZ1", today()).error().code == "warranty.none");
  CHECK(with_quantity(basket, 1, Quantity::pieces(2)).error().code == "warranty.one-piece");
  CHECK(with_quantity(basket, 1, {0}).value().lines.size() == 2);
  CHECK(with_article(basket, kettle(), Quantity::pieces(1)).value().lines[0].quantity ==
        Quantity::pieces(2));
  // The second kettle needs no split, and a mistyped serial can be typed again.
  basket = with_warranty(basket, 0, "AB124", today()).value();
  CHECK(basket.lines.size() == 3);
  CHECK(with_warranty(basket, 0, "AB124", today()).value() == basket);
}

TEST_CASE("totals of the basket") {
  const auto sums = totals(filled()).value();
  CHECK(sums.total == nok(74566));
  CHECK(sums.tax == nok(11960 + 1926));
  CHECK(sums.pieces == 3);
  CHECK(totals(empty()).value().total == nok(0));
  Article dear = kettle();
  dear.price = {limits::amount_minor * 1000};
  const auto two = with_article(empty(), dear, Quantity::pieces(1)).value();
  CHECK(totals(two).ok());
  CHECK(totals(with_article(two, cheese(), {1000}).value()).error().kind == Failure::limit);
}

TEST_CASE("cash covers the rounded total and gives change") {
  for (const Tender& given : {cash(74600, 100000), cash(100000, 100000), cash(0, 100000)}) {
    const auto p = bought(filled(), {given}, context());
    REQUIRE(p.ok());
    CHECK(p->total == nok(74566));
    CHECK(p->cash_rounding == nok(34));
    REQUIRE(p->tenders.size() == 1);
    CHECK(p->tenders[0].amount == nok(74600));
    CHECK(p->tenders[0].tendered == nok(100000));
    CHECK(p->points_earned == Points{7400});
    CHECK(p->programme_version == 1);
    CHECK(p->lines[0].article == "K-100");
  }
  CHECK(bought(filled(), {cash(74500, 74500)}, context()).error().code == "tender.short");
  CHECK(bought(filled(), {}, context()).error().code == "tender.short");
  CHECK(bought(empty(), {}, context()).error().code == "lines.none");
}

TEST_CASE("cards pay exactly and cash the rest") {
  auto p = bought(filled(), {card(74566)}, context()).value();
  CHECK(p.cash_rounding == nok(0));
  p = bought(filled(), {card(40000), cash(34600, 50000)}, context()).value();
  CHECK(p.cash_rounding == nok(34));
  CHECK(p.tenders[1].amount == nok(34600));
  p = bought(filled(), {cash(40000, 40000), cash(34600, 35000)}, context()).value();
  CHECK(p.tenders[0].amount == nok(40000));
  CHECK(p.tenders[1].amount == nok(34600));
  CHECK(bought(filled(), {card(74567)}, context()).error().code == "tender.over");
  CHECK(bought(filled(), {card(74500)}, context()).error().code == "tender.short");
  CHECK(bought(filled(), {card(-1)}, context()).error().code == "money.negative");
  CHECK(bought(filled(),
               {{TenderKind::card, {74566, currency("EUR")}, {74566, currency("EUR")}, ""}},
               context())
            .error()
            .code == "money.currency");
}

TEST_CASE("any basket paid in cash makes a sound purchase") {
  CHECK(rc::check("sound", [] {
    Basket basket = empty();
    const auto count = *rc::gen::inRange<std::size_t>(1, 8);
    for (std::size_t i = 0; i < count; ++i) {
      Article article = *rc::gen::arbitrary<bool>() ? kettle() : cheese();
      article.code = std::to_string(i);
      article.price = {*rc::gen::inRange<std::int64_t>(0, 100'000'000)};
      article.tax = {*rc::gen::inRange<std::int32_t>(0, 10'001)};
      const Quantity quantity = article.sold_by == SoldBy::weight
                                    ? Quantity{*rc::gen::inRange<std::int64_t>(1, 20'000)}
                                    : Quantity::pieces(*rc::gen::inRange<std::int64_t>(1, 20));
      basket = with_article(basket, article, quantity).value();
    }
    const auto step = *rc::gen::element<std::int64_t>(1, 5, 50, 100);
    const auto sums = totals(basket).value();
    const auto due = round_to_cash(sums.total, {step}).value();
    const auto over = *rc::gen::inRange<std::int64_t>(0, 100'000);
    const auto p = bought(basket, {cash(due.minor, due.minor + over)}, context(step));
    RC_ASSERT(p.ok());
    RC_ASSERT(check(*p).ok());
    RC_ASSERT(p->tenders[0].tendered.minor - p->tenders[0].amount.minor == over);
    RC_ASSERT(p->total == sums.total);
  }));
}
