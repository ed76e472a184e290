#include "storage/records/warranty/warranties.hpp"

#include <doctest/doctest.h>

#include "storage/domain/sale/purchase.hpp"
#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("the first registration of an item stands and the later is kept as a dispute") {
  Centre centre;
  PurchaseLine lamp = line("1002", 1, 129900);
  lamp.warranty = item("SN12345");
  const Purchase first = purchase(centre.clock, {lamp});
  const FactId sold = centre.next_id(1);
  CHECK(centre.take("Bergen", sold, first).empty());
  CHECK(centre.take("Oslo", 2, first) == Codes{"warranty.disputed"});
  CHECK(centre.number("SELECT count(*) FROM warranty WHERE disputed = 0") == 1);
  CHECK(centre.number("SELECT count(*) FROM warranty") == 2);
  CHECK(centre.number("SELECT count(*) FROM exception WHERE store = 'Oslo'") == 1);

  // Another maker's item may carry the same serial.
  lamp.warranty = item("SN12345", "Sydpol");
  CHECK(centre.take("Oslo", 2, purchase(centre.clock, {lamp})).empty());
  // The item went back: its next owner's cover is no dispute.
  CHECK(centre.take("Bergen", 1, bring_back(centre.clock, first, sold, 0, 1)).empty());
  CHECK(centre.take("Oslo", 2, first).empty());
}
