#include "storage/records/sales/imports.hpp"

#include <doctest/doctest.h>

#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/records/reports/totals.hpp"
#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("the same import on two terminals of a store is counted once") {
  Centre centre;
  Purchase imported = centre.sale();
  imported.origin = "old:536365";
  CHECK(centre.take("Bergen", 1, imported).empty());
  CHECK(centre.take("Bergen", 2, imported) == Codes{"origin.duplicate"});
  CHECK(centre.take("Oslo", 3, imported).empty());
  CHECK(records::totals(*centre.database, std::nullopt).purchases == 2);
}
