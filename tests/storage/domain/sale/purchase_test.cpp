#include "storage/domain/sale/purchase.hpp"

#include <doctest/doctest.h>

#include "storage/domain/values/limits.hpp"
#include "tests/support/dates.hpp"
#include "tests/support/money.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

CustomerRef somebody() {
  CustomerRef ref;
  ref.bytes[3] = 7;
  return ref;
}

/// Two lines, 299.00 with 10.00 off and 0.742 kg at 199.00 = 147.66; total 436.66, cash 437.
Purchase purchase() {
  Purchase p;
  p.at = {{1'795'269'727'123}, 60};
  p.staff = "kari";
  p.customer = somebody();
  p.currency = currency("NOK");
  p.lines.push_back(
      {"K-100",
       "Kettle",
       Quantity::pieces(1),
       UnitPrice::from_minor(29900),
       {{"Week offer", nok(1000)}},
       nok(28900),
       {2500},
       nok(5780),
       LineWarranty{"AB123", "ab-123", "Acme", makers({date("2026-11-21"), date("2028-11-20")})}});
  p.lines.push_back({"C-7",
                     "Cheese",
                     {742},
                     UnitPrice::from_minor(19900),
                     {},
                     nok(14766),
                     {1500},
                     nok(1926),
                     std::nullopt});
  p.total = nok(43666);
  p.tax = nok(7706);
  p.cash_rounding = nok(34);
  p.tenders = {{TenderKind::cash, nok(43700), nok(50000), ""}};
  p.programme_version = 1;
  p.points_earned = {4300};
  return p;
}

template <class Change>
std::string code_after(Purchase document, Change change) {
  change(document);
  const auto result = check(document);
  return result ? "ok" : result.error().code;
}

}  // namespace

TEST_CASE("a sound purchase passes") {
  const auto result = check(purchase());
  CHECK_MESSAGE(result.ok(), (result ? "" : to_line(result.error())));
}

TEST_CASE("every rule of a purchase") {
  using P = Purchase;
  const auto code = [](auto change) { return code_after(purchase(), change); };
  CHECK(code([](P& p) { p.currency = Currency{}; }) == "currency.missing");
  CHECK(code([](P& p) { p.at.offset_minutes = 1081; }) == "time.offset");
  CHECK(code([](P& p) { p.staff = std::string(201, 'x'); }) == "text.length");
  CHECK(code([](P& p) { p.origin = std::string(65, 'x'); }) == "text.length");
  CHECK(code([](P& p) { p.lines.clear(); }) == "lines.none");
  CHECK(code([](P& p) { p.lines.resize(limits::lines_per_purchase + 1, p.lines[1]); }) ==
        "lines.limit");
  CHECK(code([](P& p) { p.tenders.resize(21, p.tenders[0]); }) == "tenders.limit");
  CHECK(code([](P& p) { p.lines[0].article.clear(); }) == "text.missing");
  CHECK(code([](P& p) { p.lines[0].name = "a\x1B[2J"; }) == "text.characters");
  CHECK(code([](P& p) { p.lines[0].quantity = {0}; }) == "quantity.positive");
  CHECK(code([](P& p) { p.lines[1].quantity = {limits::quantity_thousandths + 1}; }) ==
        "quantity.limit");
  CHECK(code([](P& p) { p.lines[0].unit_price = {-1}; }) == "price.negative");
  CHECK(code([](P& p) { p.lines[0].amount = nok(28901); }) == "line.amount");
  CHECK(code([](P& p) { p.lines[0].tax = nok(5781); }) == "line.tax");
  CHECK(code([](P& p) { p.lines[0].tax_rate = {-5}; }) == "tax.rate");
  CHECK(code([](P& p) { p.lines[0].amount.currency = currency("EUR"); }) == "money.currency");
  CHECK(code([](P& p) { p.lines[0].discounts[0].amount = nok(0); }) == "discount.zero");
  CHECK(code([](P& p) { p.lines[0].discounts[0].amount = nok(-1); }) == "money.negative");
  CHECK(code([](P& p) { p.lines[0].discounts.resize(21, p.lines[0].discounts[0]); }) ==
        "discounts.limit");
  CHECK(code([](P& p) { p.lines[0].warranty->serial = "ab123"; }) == "serial.form");
  CHECK(code([](P& p) { p.lines[0].warranty->covers[0].dates.end = date("2026-11-20"); }) ==
        "cover.dates");
  CHECK(code([](P& p) { p.lines[1].warranty = p.lines[0].warranty; }) == "warranty.quantity");
  CHECK(code([](P& p) { p.total = nok(43667); }) == "total.sum");
  CHECK(code([](P& p) { p.tax = nok(7705); }) == "tax.sum");
  CHECK(code([](P& p) { p.cash_rounding = nok(0); }) == "tender.sum");
  CHECK(code([](P& p) { p.tenders.clear(); }) == "cash.rounding");
  CHECK(code([](P& p) { p.cash_rounding = nok(5001); }) == "cash.rounding");
  CHECK(code([](P& p) { p.cash_rounding.currency = Currency{}; }) == "money.currency");
  CHECK(code([](P& p) { p.tenders[0].tendered = nok(43600); }) == "tender.short");
  CHECK(code([](P& p) { p.tenders[0].kind = TenderKind::card; }) == "tender.change");
  CHECK(code([](P& p) { p.tenders[0].kind = static_cast<TenderKind>(9); }) == "tender.kind");
  CHECK(code([](P& p) { p.tenders[0].reference = std::string(65, '1'); }) == "text.length");
  CHECK(code([](P& p) { p.points_earned = {-1}; }) == "points.negative");
  CHECK(code([](P& p) { p.customer = {}; }) == "points.nobody");
  CHECK(code([](P& p) { p.programme_version = 0; }) == "programme.version");
}

TEST_CASE("the line at fault is named") {
  auto p = purchase();
  p.lines[1].quantity = {0};
  CHECK(check(p).error().where == "line 2");
  p = purchase();
  p.lines[1].warranty = LineWarranty{"AB123", "", "Acme", p.lines[0].warranty->covers};
  p.lines[1].quantity = Quantity::pieces(1);
  p.lines[1].amount = nok(19900);
  p.lines[1].tax = nok(2596);
  CHECK(check(p).error().code == "warranty.twice");
  CHECK(check(p).error().where == "line 2");
}

TEST_CASE("a free purchase needs no payment") {
  auto p = purchase();
  p.lines.resize(1);
  p.lines[0].discounts[0].amount = nok(29900);
  p.lines[0].amount = p.lines[0].tax = p.total = p.tax = p.cash_rounding = nok(0);
  p.tenders.clear();
  p.points_earned = {};
  CHECK(check(p).ok());
}
