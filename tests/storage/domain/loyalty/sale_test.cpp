#include "storage/domain/loyalty/sale.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <rapidcheck.h>

#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
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

namespace {

/// A purchase whose parts come back one after the other.
struct Coming {
  ReturnBasis basis;
  SaleContext at;
  loyalty::Rules rules = loyalty::of_rate(programme());
  std::int64_t given = 0;
  std::map<std::int32_t, std::int64_t> tax = {};  // by rate

  explicit Coming(const Purchase& purchase, std::int64_t step) : at(context(step)) {
    at.customer = purchase.customer;
    SoldPurchase sold;
    sold.id = FactId{1, 2};
    sold.purchase = purchase;
    for (const PurchaseLine& line : purchase.lines)
      sold.ledger.lines.push_back({line.quantity, line.amount, {}, {}});
    basis.purchases = {sold};
    basis.member.known = true;
  }

  Return part(std::uint32_t line, Quantity quantity, Refund refund = {}) {
    SoldPurchase& sold = basis.purchases.front();
    const auto made = to_return({{sold.id, line, quantity}}, refund, "", at, basis, rules);
    REQUIRE_MESSAGE(made.ok(), (made.ok() ? std::string() : to_line(made.error())));
    sold.returned.push_back({line, quantity});
    const std::int64_t paid = made->tenders.empty() ? 0 : made->tenders[0].amount.minor;
    sold.rounded_minor += paid - made->total.minor;
    given += paid;
    tax[sold.purchase.lines[line].tax_rate.basis_points] += made->tax.minor;
    return *made;
  }
};

Basket mixed(std::int64_t lines) {
  Basket basket = empty();
  for (std::int64_t i = 0; i < lines; ++i) {
    Article article = *rc::gen::arbitrary<bool>() ? kettle() : cheese();
    article.code = std::to_string(i);
    article.price = UnitPrice::from_minor(*rc::gen::inRange<std::int64_t>(1, 5000));
    article.tax = {*rc::gen::element<std::int32_t>(0, 600, 1200, 1500, 2500)};
    const Quantity quantity = article.sold_by == SoldBy::weight
                                  ? Quantity{*rc::gen::inRange<std::int64_t>(1, 5'000)}
                                  : Quantity::pieces(*rc::gen::inRange<std::int64_t>(1, 6));
    basket = with_article(basket, article, quantity).value();
  }
  return basket;
}

}  // namespace

TEST_CASE("a purchase says what was weighed and pays once by one card") {
  const Basket basket =
      with_article(with_article(empty(), kettle(), Quantity::pieces(2)).value(), cheese(), {2000})
          .value();
  const Money total = totals(basket)->total;
  const Tender gift{TenderKind::gift_card, nok(10'000), nok(10'000), "GIFT0001"};
  const Tender other{TenderKind::gift_card, nok(10'000), nok(10'000), "GIFT0002"};
  const auto p = bought(basket, {gift, other, gift, cash(0, 1'000'000)}, context(1));
  REQUIRE(p.ok());
  CHECK(p->lines[0].sold_by == SoldBy::piece);
  CHECK(p->lines[1].sold_by == SoldBy::weight);
  CHECK(loyalty_basket(basket, {}, {}).lines[1].sold_by == SoldBy::weight);
  REQUIRE(p->tenders.size() == 3);
  CHECK(p->tenders[0].amount == nok(20'000));
  CHECK(p->tenders[0].tendered == nok(20'000));
  CHECK(p->tenders[1].amount == nok(10'000));
  CHECK(p->tenders[2].amount == nok(total.minor - 30'000));
}

TEST_CASE("four parts in coins give what was paid and not a coin more") {
  Article cup = kettle();
  cup.price = UnitPrice::from_minor(1050);
  const auto p = bought(with_article(empty(), cup, Quantity::pieces(4)).value(), {cash(4200, 4200)},
                        context());
  REQUIRE(p.ok());
  Coming back(*p, 100);
  std::vector<std::int64_t> parts;
  for (int i = 0; i < 4; ++i)
    parts.push_back(back.part(0, Quantity::pieces(1)).tenders[0].amount.minor);
  CHECK(parts == std::vector<std::int64_t>{1100, 1000, 1100, 1000});
  // What coins took from the sale is not given back on a card.
  cup.price = UnitPrice::from_minor(1010);
  const auto rounded = bought(with_article(empty(), cup, Quantity::pieces(4)).value(),
                              {cash(4000, 4000)}, context());
  REQUIRE(rounded.ok());
  Coming card_back(*rounded, 100);
  card_back.part(0, Quantity::pieces(3), {TenderKind::card, "ref"});
  CHECK(card_back.given == 3030);
  card_back.part(0, Quantity::pieces(1), {TenderKind::card, "ref"});
  CHECK(card_back.given == 4000);
}

TEST_CASE("the tax of parts sums to the tax of the whole") {
  Article cup = kettle();
  cup.price = UnitPrice::from_minor(1001);
  const auto p = bought(with_article(empty(), cup, Quantity::pieces(3)).value(), {cash(3000, 3000)},
                        context());
  REQUIRE(p.ok());
  CHECK(p->tax == nok(601));
  Coming back(*p, 100);
  for (int i = 0; i < 3; ++i) back.part(0, Quantity::pieces(1));
  CHECK(back.tax[2500] == 601);
}

TEST_CASE("whatever comes back in whatever parts is never more than was paid and in sum the same") {
  CHECK(rc::check("parts", [] {
    const auto step = *rc::gen::element<std::int64_t>(1, 5, 10, 50, 100);
    const Basket basket = mixed(*rc::gen::inRange<std::int64_t>(1, 5));
    const Money due = round_to_cash(totals(basket)->total, {step}).value();
    const auto p = bought(basket, {cash(due.minor, due.minor)}, context(step));
    RC_ASSERT(p.ok());
    std::map<std::int32_t, std::int64_t> tax;
    for (const PurchaseLine& line : p->lines) tax[line.tax_rate.basis_points] += line.tax.minor;
    Coming back(*p, step);
    std::vector<std::int64_t> left;
    for (const PurchaseLine& line : p->lines) left.push_back(line.quantity.thousandths);
    const bool in_coins = *rc::gen::arbitrary<bool>();
    for (;;) {
      std::vector<std::size_t> open;
      for (std::size_t n = 0; n < left.size(); ++n)
        if (left[n] > 0) open.push_back(n);
      if (open.empty()) break;
      const std::size_t i = *rc::gen::elementOf(open);
      const std::int64_t unit = left[i] % 1000 == 0 ? 1000 : 1;
      const auto share = *rc::gen::element<std::int64_t>(1, 2, 3);
      const std::int64_t now = std::max<std::int64_t>(left[i] / unit / share, 1) * unit;
      left[i] -= now;
      back.part(static_cast<std::uint32_t>(i), {now},
                in_coins ? Refund{} : Refund{TenderKind::card, "ref"});
      RC_ASSERT(back.given <= due.minor);
      for (const auto& [rate, minor] : back.tax) RC_ASSERT(minor <= tax[rate]);
    }
    RC_ASSERT(back.given == due.minor);
    RC_ASSERT(back.tax == tax);
  }));
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
