#include "storage/records/sales/purchases.hpp"

#include <doctest/doctest.h>

#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/records/reports/totals.hpp"
#include "storage/records/sales/returns.hpp"
#include "storage/records/value/accounts.hpp"
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

TEST_CASE("one gift card paying twice in a purchase is one account") {
  Centre centre;
  Purchase load = centre.sale();
  load.top_ups = {{0, StoredValue::gift_card, "GIFT0001", load.lines[0].amount, {}}};
  REQUIRE(check(load).ok());
  CHECK(centre.take("Bergen", 1, load).empty());  // 99.00
  Purchase goods = centre.sale();
  const auto pay = [](std::int64_t minor) {
    return Tender{TenderKind::gift_card, kroner(minor), kroner(minor), "GIFT0001"};
  };
  goods.tenders = {pay(4900), pay(5000)};
  REQUIRE(check(goods).ok());
  CHECK(centre.take("Bergen", 1, goods).empty());
  CHECK(centre.take("Bergen", 1, load).empty());
  goods = centre.sale(2);
  goods.tenders = {pay(9900), pay(9900)};
  CHECK(centre.take("Oslo", 2, goods) == Codes{"gift-card.short"});
  CHECK(records::money_in(*centre.database, records::Account::gift_card, "GIFT0001", nok()) ==
        kroner(0));
}

TEST_CASE("a line that was weighed is read back as weighed") {
  Centre centre;
  Purchase cheese = centre.sale(2);
  cheese.lines[0].sold_by = SoldBy::weight;
  const FactId id = centre.next_id(1);
  CHECK(centre.take("Bergen", id, cheese).empty());
  CHECK(records::purchase(*centre.database, id)->lines == cheese.lines);
  CHECK(centre.number("SELECT pieces FROM purchase") == 1);
}
