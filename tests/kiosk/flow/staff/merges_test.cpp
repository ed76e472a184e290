#include <doctest/doctest.h>

#include "tests/kiosk/flow/reach.hpp"

using namespace keepsake;
using namespace keepsake::flow;

TEST_CASE("the two on the screen are the two that are asked about, however fast one leafs") {
  Shop shop;
  furnish(shop);
  shop.open_till();
  shop.send(Go{Place::merges});
  shop.answer_next();  // the pairs
  shop.send(ShowPair{1});
  REQUIRE(shop.open.size() == 2);
  const auto& review = *shop.screen<MergeReview>();
  shop.answer_next();  // of the pair before
  CHECK_FALSE(review.pair.has_value());
  shop.send(AskMerge{});
  CHECK_FALSE(review.asking);
  shop.answer_next();
  REQUIRE(review.pair.has_value());
  CHECK(review.pair->one.view.ref == review.pairs[1].one);
}
