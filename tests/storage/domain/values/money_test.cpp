#include "storage/domain/values/money.hpp"

#include <doctest/doctest.h>
#include <limits>
#include <numeric>
#include <rapidcheck.h>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/domain/values/rounding.hpp"
#include "tests/support/money.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_CASE("currencies have the exponents of ISO 4217") {
  const struct {
    const char* code;
    int exponent;
    std::int64_t factor;
  } rows[] = {{"NOK", 2, 100},  {"EUR", 2, 100},  {"UAH", 2, 100},   {"IDR", 2, 100},
              {"PHP", 2, 100},  {"GBP", 2, 100},  {"JPY", 0, 1},     {"KRW", 0, 1},
              {"KWD", 3, 1000}, {"BHD", 3, 1000}, {"CLF", 4, 10000}, {"AED", 2, 100},
              {"ZWG", 2, 100}};
  for (const auto& row : rows) {
    CAPTURE(row.code);
    const Currency known = currency(row.code);
    CHECK(known.code() == row.code);
    CHECK(known.exponent() == row.exponent);
    CHECK(known.minor_per_major() == row.factor);
  }
  for (const char* wrong :
       {"", "N", "NO", "NOKK", "nok", "XXX", "XAU", "ZZZ", "AAA", "\xC3\x98RE"}) {
    CAPTURE(wrong);
    const auto result = Currency::parse(wrong);
    REQUIRE(!result);
    CHECK(result.error().code == "currency.unknown");
    CHECK(result.error().kind == Failure::bad_input);
  }
}

TEST_CASE("addition and subtraction are checked") {
  CHECK(add(nok(1), nok(2)).value() == nok(3));
  CHECK(subtract(nok(1), nok(2)).value() == nok(-1));
  CHECK(add(nok(largest), nok(1)).error().code == "money.overflow");
  CHECK(subtract(nok(smallest), nok(1)).error().kind == Failure::limit);
  CHECK(add(nok(1), {1, currency("EUR")}).error().code == "money.currency");
  CHECK(add(Money{largest, {}}, Money{largest, {}}).error().kind == Failure::limit);
  CHECK(add(Points{largest}, Points{1}).error().code == "points.overflow");
  CHECK(subtract(Points{5}, Points{7}).value() == Points{-2});
}

TEST_CASE("addition undoes subtraction or reports overflow") {
  CHECK(rc::check("a + b - b = a", [](std::int64_t a, std::int64_t b) {
    const auto sum = add(nok(a), nok(b));
    std::int64_t expected = 0;
    const bool overflows = __builtin_add_overflow(a, b, &expected);
    RC_ASSERT(sum.ok() == !overflows);
    if (!sum) return;
    RC_ASSERT(sum->minor == expected);
    RC_ASSERT(subtract(*sum, nok(b)).value() == nok(a));
  }));
}

TEST_CASE("allocation follows the largest remainder") {
  const struct {
    std::int64_t total;
    std::vector<std::int64_t> weights;
    std::vector<std::int64_t> parts;
  } rows[] = {
      {100, {1, 1, 1}, {34, 33, 33}},
      {-100, {1, 1, 1}, {-34, -33, -33}},
      {5, {3, 7}, {2, 3}},  // 1.5 and 3.5: tie to the lower index
      {1, {1, 1}, {1, 0}},
      {0, {1, 2}, {0, 0}},
      {10, {0, 1, 0}, {0, 10, 0}},  // no weight, no share
      {largest, {largest, largest}, {largest / 2 + 1, largest / 2}},
      {smallest, {1}, {smallest}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.total);
    const auto parts = allocate(nok(row.total), row.weights);
    REQUIRE(parts.ok());
    REQUIRE(parts->size() == row.parts.size());
    for (std::size_t i = 0; i < row.parts.size(); ++i) CHECK((*parts)[i] == nok(row.parts[i]));
  }
  for (const std::vector<std::int64_t>& weights :
       {std::vector<std::int64_t>{}, {0, 0}, {1, -1}, {-1}})
    CHECK(allocate(nok(5), weights).error().code == "money.weights");
}

TEST_CASE("where every weight is zero the parts are even, and only there") {
  const auto parts = [](std::int64_t total, std::vector<std::int64_t> weights) {
    return allocate_or_evenly(nok(total), std::move(weights)).value();
  };
  CHECK(parts(5, {0, 0}) == std::vector{nok(3), nok(2)});
  CHECK(parts(5, {0, 1}) == std::vector{nok(0), nok(5)});
  CHECK(allocate_or_evenly(nok(5), {}).error().code == "money.weights");
  CHECK(allocate_or_evenly(nok(5), {-1}).error().code == "money.weights");
}

TEST_CASE("allocated parts sum to the total and lie within one unit of their share") {
  CHECK(rc::check("sum and fairness", [](std::int64_t total) {
    const auto weights =
        *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, largest));
    const auto parts = allocate(nok(total), weights);
    const Wide sum = std::accumulate(weights.begin(), weights.end(), Wide{0});
    RC_ASSERT(parts.ok() == (sum > 0));
    if (!parts) return;
    Wide all = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const Wide part = (*parts)[i].minor;
      all += part;
      const Wide floor = Wide{total} * weights[i] / sum;  // towards zero, as the mirror image is
      const Wide over = total < 0 ? floor - part : part - floor;
      RC_ASSERT(over == 0 || over == 1);
    }
    RC_ASSERT(all == total);
  }));
}

TEST_CASE("money is read and written exactly") {
  const struct {
    const char* text;
    const char* currency;
    std::int64_t minor;
    const char* written;
  } rows[] = {{"1234.50", "NOK", 123450, "1234.50"},
              {"-3", "NOK", -300, "-3.00"},
              {"0.001", "KWD", 1, "0.001"},
              {"7", "JPY", 7, "7"},
              {"0", "NOK", 0, "0.00"},
              {"-0.05", "NOK", -5, "-0.05"},
              {"12.5", "NOK", 1250, "12.50"},
              {"0007.10", "NOK", 710, "7.10"},
              {"10000000000", "NOK", 1'000'000'000'000, "10000000000.00"}};
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto money = parse_money(row.text, currency(row.currency));
    REQUIRE(money.ok());
    CHECK(money->minor == row.minor);
    CHECK(to_decimal(*money) == row.written);
  }
  CHECK(to_decimal(nok(smallest)) == "-92233720368547758.08");
}

TEST_CASE("money that is not money names the column") {
  const struct {
    const char* text;
    const char* where;
  } rows[] = {{"", "column 1"},      {"-", "column 2"},   {"1,50", "column 2"},
              {"1.", "column 3"},    {".5", "column 1"},  {"1.234", "column 5"},
              {"1 000", "column 2"}, {"+1", "column 1"},  {"1.2.3", "column 4"},
              {"1e3", "column 2"},   {"--1", "column 2"}, {"99999999999999999999x", "column 21"}};
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto money = parse_money(row.text, currency("NOK"));
    REQUIRE(!money);
    CHECK(money.error().code == "money.syntax");
    CHECK(money.error().where == row.where);
  }
  CHECK(parse_money("10000000000.01", currency("NOK")).error().kind == Failure::limit);
  CHECK(parse_money(std::string(5000, '9'), currency("NOK")).error().kind == Failure::limit);
  CHECK(parse_money("1.0", currency("JPY")).error().where == "column 3");
}

TEST_CASE("decimals round trip") {
  CHECK(rc::check("money", [] {
    const auto minor = *rc::gen::inRange(-limits::amount_minor, limits::amount_minor + 1);
    const auto code = *rc::gen::element("NOK", "JPY", "KWD", "CLF");
    const Money money{minor, currency(code)};
    RC_ASSERT(parse_money(to_decimal(money), money.currency).value() == money);
  }));
  CHECK(rc::check("quantity", [] {
    const Quantity q{
        *rc::gen::inRange(-limits::quantity_thousandths, limits::quantity_thousandths + 1)};
    RC_ASSERT(parse_quantity(to_decimal(q)).value() == q);
  }));
  CHECK(rc::check("price", [] {
    const UnitPrice price{*rc::gen::inRange<std::int64_t>(0, limits::amount_minor * 1000 + 1)};
    const Currency c = currency(*rc::gen::element("NOK", "JPY", "KWD"));
    RC_ASSERT(parse_unit_price(to_decimal(price, c), c).value() == price);
  }));
}

TEST_CASE("quantities and prices are read and written exactly") {
  CHECK(parse_quantity("12").value() == Quantity::pieces(12));
  CHECK(parse_quantity("0.742").value().thousandths == 742);
  CHECK(parse_quantity("-3").value() == Quantity::pieces(-3));
  CHECK(parse_quantity("1.2345").error().code == "quantity.syntax");
  CHECK(parse_quantity("1000000.001").error().kind == Failure::limit);
  CHECK(to_decimal(Quantity{742}) == "0.742");
  CHECK(to_decimal(Quantity{3000}) == "3");
  CHECK(to_decimal(Quantity{-1500}) == "-1.5");
  CHECK(Quantity{3000}.is_whole());
  CHECK(!Quantity{742}.is_whole());

  const Currency gbp = currency("GBP");
  CHECK(parse_unit_price("2.55", gbp).value() == UnitPrice::from_minor(255));
  CHECK(parse_unit_price("0.001", gbp).value().milli_minor == 100);
  CHECK(parse_unit_price("-1", gbp).error().code == "price.syntax");
  CHECK(parse_unit_price("1.234567", gbp).error().where == "column 8");
  CHECK(to_decimal(UnitPrice{255'000}, gbp) == "2.55");
  CHECK(to_decimal(UnitPrice{100}, gbp) == "0.001");
  CHECK(to_decimal(UnitPrice{20'000}, gbp) == "0.20");
}

TEST_CASE("line amounts round once and half up") {
  const struct {
    std::int64_t milli_minor, thousandths, minor;
  } rows[] = {{255'000, 6'000, 1530}, {19'900, 742, 15}, {1'000, 500, 1},   {1'000, 499, 0},
              {100, 5'000, 1},        {100, 4'000, 0},   {1'000, -500, -1}, {0, 1'000, 0}};
  for (const auto& row : rows) {
    CAPTURE(row.milli_minor);
    CAPTURE(row.thousandths);
    CHECK(line_amount({row.milli_minor}, {row.thousandths}, currency("NOK")).value() ==
          nok(row.minor));
  }
  CHECK(line_amount({limits::amount_minor * 1000}, Quantity::pieces(1), currency("NOK")).ok());
  CHECK(line_amount({limits::amount_minor * 1000}, Quantity::pieces(2), currency("NOK"))
            .error()
            .kind == Failure::limit);
}

TEST_CASE("roundings at their boundaries") {
  CHECK(divide_half_up(5, 2).value() == 3);
  CHECK(divide_half_up(-5, 2).value() == -3);
  CHECK(divide_half_up(4, 3).value() == 1);
  CHECK(divide_half_up(5, 3).value() == 2);
  CHECK(divide_half_up(0, 7).value() == 0);
  CHECK(divide_half_up(largest, largest).value() == 1);
  CHECK(divide_half_up(Wide{largest} * 2, 1).error().kind == Failure::limit);
  CHECK(divide_down(7, 2).value() == 3);
  CHECK(divide_down(-7, 2).value() == -3);
  CHECK(divide_down(Wide{smallest} - 1, 1).error().kind == Failure::limit);
}

TEST_CASE("points are written shortest") {
  CHECK(to_decimal(Points{128'400}) == "1284");
  CHECK(to_decimal(Points{50}) == "0.5");
  CHECK(to_decimal(Points{-5}) == "-0.05");
  CHECK(to_decimal(Points{0}) == "0");
}

TEST_CASE("an error is one line") {
  CHECK(to_line({Failure::bad_input, "a.b", "It is wrong", "line 3", "Correct it"}) ==
        "It is wrong (line 3). Correct it.");
  CHECK(to_line({Failure::bad_input, "a.b", "It is wrong", "", ""}) == "It is wrong.");
  CHECK(to_line({Failure::bad_input, "a.b", "", "", ""}) == "a.b.");
  CHECK(to_line({Failure::bad_input, "a.b", "It is wrong.", "", "Correct it."}) ==
        "It is wrong. Correct it.");
}
