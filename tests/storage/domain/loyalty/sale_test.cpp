#include "storage/domain/loyalty/sale.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/sale/purchase.hpp"
#include "tests/storage/domain/sale/goods.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

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
