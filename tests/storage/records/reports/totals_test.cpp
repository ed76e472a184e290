#include "storage/records/reports/totals.hpp"

#include <doctest/doctest.h>

#include "storage/book/enrolment.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/views/reports.hpp"
#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("each store's totals count its own terminals") {
  Centre centre;
  centre.take("Bergen", 1, centre.sale(2));
  centre.take("Bergen", 2, centre.sale(1));
  const Purchase in_oslo = centre.sale(5);
  const FactId id = centre.next_id(3);
  centre.take("Oslo", id, in_oslo);
  centre.take("Oslo", 3, bring_back(centre.clock, in_oslo, id, 0, 1));
  centre.take("Oslo", 3, CatalogueChange{{article("1001", "Mug"), article("1002", "Lamp")}, {}});
  centre.enrol("Bergen", 2);

  const Totals bergen = records::totals(*centre.database, "Bergen");
  CHECK(bergen.purchases == 2);
  CHECK(bergen.purchase_minor == 29700);
  CHECK(bergen.customers == 1);
  CHECK(bergen.articles == 0);
  const Totals oslo = records::totals(*centre.database, "Oslo");
  CHECK(oslo.purchases == 1);
  CHECK(oslo.returns == 1);
  CHECK(oslo.return_minor == 9900);
  CHECK(oslo.articles == 2);
  const Totals all = records::totals(*centre.database, std::nullopt);
  CHECK(all.purchases == 3);
  CHECK(all.purchase_minor == 29700 + 49500);
  CHECK(records::currency(*centre.database, "Oslo") == nok());
  CHECK_FALSE(records::currency(*centre.database, "Tromsø").has_value());
}
