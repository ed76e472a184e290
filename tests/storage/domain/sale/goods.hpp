#pragma once
// A kettle with cover, cheese by weight, and a basket of both.

#include "storage/domain/sale/basket.hpp"
#include "tests/support/money.hpp"

namespace keepsake::test {

inline Date today() { return parse_date("2026-11-21").value(); }

inline Article kettle() {
  Article a;
  a.code = "K-100";
  a.name = "Kettle";
  a.maker = "Acme";
  a.price = UnitPrice::from_minor(29900);
  a.tax = {2500};
  a.cover = terms_of({24, PeriodUnit::month});
  return a;
}

inline Article cheese() {
  Article a;
  a.code = "C-7";
  a.name = "Cheese";
  a.price = UnitPrice::from_minor(19900);
  a.tax = {1500};
  a.sold_by = SoldBy::weight;
  return a;
}

inline Basket empty() { return {currency("NOK"), {}}; }

/// 2 kettles and 0.742 kg of cheese: 598.00 + 147.66 = 745.66.
inline Basket filled() {
  return with_article(with_article(empty(), kettle(), Quantity::pieces(2)).value(), cheese(), {742})
      .value();
}

}  // namespace keepsake::test
