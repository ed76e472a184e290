#include "storage/records/sales/purchases.hpp"

#include <doctest/doctest.h>

#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/records/reports/totals.hpp"
#include "storage/records/sales/returns.hpp"
#include "storage/records/value/points_ledger.hpp"
#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("a physical sale or return is never refused at the centre") {
  Centre centre;
  Purchase of_stranger = centre.sale();
  of_stranger.customer.bytes[0] = 1;
  of_stranger.programme_version = 3;
  of_stranger.points_earned = {100};
  of_stranger.shift = FactId{1, 2};
  CHECK(centre.take("Bergen", 1, of_stranger) ==
        Codes{"customer.unknown", "programme.unknown", "shift.not-open"});
  CHECK(records::balance(*centre.database, of_stranger.customer) == Points{100});

  const Purchase two = centre.sale(2);
  const FactId sold = centre.next_id(1);
  centre.take("Bergen", sold, two);
  CHECK(centre.take("Bergen", 1, bring_back(centre.clock, two, sold, 0, 1)).empty());
  CHECK(centre.take("Oslo", 2, bring_back(centre.clock, two, sold, 0, 2)) ==
        Codes{"return.beyond-sold"});
  CHECK(centre.take("Oslo", 2, bring_back(centre.clock, two, FactId{9, 9}, 0, 1)) ==
        Codes{"return.unknown-purchase"});
  CHECK(records::totals(*centre.database, std::nullopt).returns == 3);
  CHECK(records::returned_so_far(*centre.database, sold) == std::vector{Quantity::pieces(3)});

  CHECK(centre.take("Bergen", 1, ShiftOpening{centre.clock.local_now(), "a", kroner(0)}).empty());
  CHECK(centre.take("Bergen", 2, ShiftOpening{centre.clock.local_now(), "b", kroner(0)}).empty());
  CHECK(centre.take("Bergen", 2, ShiftOpening{centre.clock.local_now(), "b", kroner(0)}) ==
        Codes{"shift.already-open"});
}
