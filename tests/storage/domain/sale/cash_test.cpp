#include "storage/domain/sale/cash.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/sale/tax.hpp"
#include "storage/domain/values/limits.hpp"
#include "tests/support/money.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

std::vector<std::int64_t> likely(std::string_view code, std::int64_t due, std::int64_t step) {
  std::vector<std::int64_t> minors;
  for (const Money money : likely_tenders({due, currency(code)}, {step}, notes_of(currency(code))))
    minors.push_back(money.minor);
  return minors;
}

}  // namespace

TEST_CASE("the tax inside an amount") {
  const struct {
    std::int64_t gross;
    std::int32_t rate;
    std::int64_t tax;
  } rows[] = {{12500, 2500, 2500},   {10000, 2500, 2000}, {100, 2500, 20},     {1, 2500, 0},
              {3, 2500, 1},          {11500, 1500, 1500}, {999, 2100, 173},    {0, 2500, 0},
              {-10000, 2500, -2000}, {10000, 0, 0},       {10000, 10000, 5000}};
  for (const auto& row : rows) {
    CAPTURE(row.gross);
    CAPTURE(row.rate);
    CHECK(tax_included(nok(row.gross), {row.rate}).value() == nok(row.tax));
  }
  CHECK(tax_included(nok(1), {-1}).error().code == "tax.rate");
  CHECK(tax_included(nok(1), {10'001}).error().code == "tax.rate");
}

TEST_CASE("tax and net make the gross") {
  CHECK(rc::check("net + tax = gross with tax between 0 and gross", [] {
    const auto gross = *rc::gen::inRange<std::int64_t>(0, limits::amount_minor);
    const auto rate = *rc::gen::inRange<std::int32_t>(0, 10'001);
    const auto tax = tax_included(nok(gross), {rate});
    RC_ASSERT(tax.ok());
    RC_ASSERT(tax->minor >= 0 && tax->minor <= gross);
    // Adding the rate to the net gives the gross again, to the half unit that rounding costs.
    const std::int64_t net = gross - tax->minor;
    const std::int64_t off = net * rate - tax->minor * 10'000;
    RC_ASSERT(off <= (10'000 + rate) / 2 && off >= -(10'000 + rate) / 2);
  }));
}

TEST_CASE("cash rounds to the nearest coin with ties away from zero") {
  const struct {
    std::int64_t due, step, rounded;
  } rows[] = {{216661, 100, 216700}, {216650, 100, 216700},
              {216649, 100, 216600}, {103, 5, 105},
              {102, 5, 100},         {75, 50, 100},
              {74, 50, 50},          {25, 50, 50},
              {24, 50, 0},           {7, 1, 7},
              {-150, 100, -200},     {0, 100, 0}};
  for (const auto& row : rows) {
    CAPTURE(row.due);
    CAPTURE(row.step);
    CHECK(round_to_cash(nok(row.due), {row.step}).value() == nok(row.rounded));
  }
  CHECK(round_to_cash(nok(1), {0}).error().code == "cash.step");
  CHECK(round_to_cash(nok(INT64_MAX), {1000}).error().kind == Failure::limit);
}

TEST_CASE("change is what was handed over less what is due in cash") {
  CHECK(change_due(nok(216661), nok(250000), {100}).value() == nok(33300));
  CHECK(change_due(nok(216661), nok(216700), {100}).value() == nok(0));
  CHECK(change_due(nok(216640), nok(216600), {100}).value() == nok(0));
  CHECK(change_due(nok(216661), nok(216600), {100}).error().code == "cash.short");
  CHECK(change_due(nok(216661), nok(216600), {100}).error().kind == Failure::refused);
  CHECK(change_due(nok(5), {5, currency("EUR")}, {1}).error().code == "money.currency");
}

TEST_CASE("likely tenders by currency") {
  using V = std::vector<std::int64_t>;
  CHECK(likely("NOK", 216661, 100) == V{216700, 220000, 250000});
  CHECK(likely("NOK", 6700, 100) == V{6700, 10000, 20000});
  CHECK(likely("NOK", 100000, 100) == V{100000});
  CHECK(likely("NOK", 99900, 100) == V{99900, 100000});
  CHECK(likely("NOK", 60000, 100) == V{60000, 100000});
  CHECK(likely("EUR", 1340, 5) == V{1340, 1500, 2000});
  CHECK(likely("EUR", 1999, 5) == V{2000, 5000, 10000});
  CHECK(likely("GBP", 216661, 1) == V{216661, 220000});
  CHECK(likely("UAH", 34750, 10) == V{34750, 36000, 40000});
  CHECK(likely("IDR", 4'750'000, 10'000) == V{4'750'000, 4'800'000, 5'000'000});
  CHECK(likely("PHP", 51700, 1) == V{51700, 52000, 55000});
  CHECK(likely("NOK", 0, 100) == V{0});
  CHECK(likely("NOK", -500, 100) == V{-500});
  CHECK(likely("ISK", 500, 1) == V{500});
  CHECK(likely_tenders(nok(1), {0}, {100}).empty());
}

TEST_CASE("likely tenders rise and cover what is due") {
  CHECK(rc::check("rising and enough", [] {
    const auto due = *rc::gen::inRange<std::int64_t>(0, limits::amount_minor);
    const auto step = *rc::gen::element<std::int64_t>(1, 5, 50, 100);
    const auto code = *rc::gen::element("NOK", "EUR", "USD", "IDR", "JPY");
    const Money money{due, currency(code)};
    const auto amounts = likely_tenders(money, {step}, notes_of(money.currency));
    RC_ASSERT(!amounts.empty() && amounts.size() <= 3);
    RC_ASSERT(amounts.front() == round_to_cash(money, {step}).value());
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      RC_ASSERT(change_due(money, amounts[i], {step}).ok());
      if (i > 0) RC_ASSERT(amounts[i].minor > amounts[i - 1].minor);
    }
  }));
}

TEST_CASE("notes rise") {
  for (const char* code : {"NOK", "EUR", "UAH", "IDR", "PHP", "GBP", "USD", "SEK", "DKK", "CHF",
                           "PLN", "CZK", "JPY", "CAD", "AUD"}) {
    CAPTURE(code);
    const auto& notes = notes_of(currency(code));
    CHECK(notes.size() >= 4);
    CHECK(std::is_sorted(notes.begin(), notes.end()));
  }
  CHECK(notes_of(currency("KWD")).empty());
}
