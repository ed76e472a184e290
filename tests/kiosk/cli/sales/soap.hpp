#pragma once
// The one thing that shops of the command line's tests sell.

#include "storage/domain/sale/basket.hpp"

namespace keepsake::test {

/// One piece of soap at this price.
inline Basket soap(Currency currency, std::int64_t minor) {
  Article article;
  article.code = "SOAP";
  article.name = "Soap";
  article.price = UnitPrice::from_minor(minor);
  Basket basket;
  basket.currency = currency;
  return *with_article(basket, article, Quantity::pieces(1));
}

}  // namespace keepsake::test
