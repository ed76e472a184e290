#include "storage/domain/sale/basket.hpp"

#include <doctest/doctest.h>

#include "storage/domain/values/limits.hpp"
#include "tests/storage/domain/sale/goods.hpp"
#include "tests/support/covers.hpp"

using namespace keepsake;
using namespace keepsake::test;

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
  auto basket = with_warranty(filled(), 0, "ab-123", today(), nullptr).value();
  REQUIRE(basket.lines.size() == 3);  // one of the two kettles splits off
  CHECK(basket.lines[0].quantity == Quantity::pieces(1));
  CHECK(!basket.lines[0].warranty);
  REQUIRE(basket.lines[1].warranty.has_value());
  CHECK(*basket.lines[1].warranty ==
        LineWarranty{"AB123", "ab-123", "Acme", test::covered(today(), 24)});
  CHECK(with_warranty(basket, 0, "AB 123", today(), nullptr).error().code == "warranty.twice");
  CHECK(with_warranty(basket, 0, "x", today(), nullptr).error().code == "serial.length");
  CHECK(with_warranty(basket, 2, "XYZ1", today(), nullptr).error().code == "warranty.none");
  CHECK(with_quantity(basket, 1, Quantity::pieces(2)).error().code == "warranty.one-piece");
  CHECK(with_quantity(basket, 1, {0}).value().lines.size() == 2);
  CHECK(with_article(basket, kettle(), Quantity::pieces(1)).value().lines[0].quantity ==
        Quantity::pieces(2));
  // The second kettle needs no split, and a mistyped serial can be typed again.
  basket = with_warranty(basket, 0, "AB124", today(), nullptr).value();
  CHECK(basket.lines.size() == 3);
  CHECK(with_warranty(basket, 0, "AB124", today(), nullptr).value() == basket);
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
