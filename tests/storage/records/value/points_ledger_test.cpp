#include "storage/records/value/points_ledger.hpp"

#include <doctest/doctest.h>

#include "storage/book/enrolment.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("points are double entry and a customer never falls below zero") {
  Centre centre;
  centre.take("Bergen", 1, programme());
  const CustomerRef customer = centre.enrol("Bergen", 1);
  Purchase bought = centre.sale(2);
  bought.customer = customer;
  bought.programme_version = 1;
  bought.points_earned = {1900};
  const FactId sold = centre.next_id(1);
  CHECK(centre.take("Bergen", sold, bought).empty());
  CHECK(records::balance(*centre.database, customer) == Points{1900});

  Return back = bring_back(centre.clock, bought, sold, 0, 1);
  back.points_reversed = {950};
  CHECK(centre.take("Bergen", 1, back).empty());
  CHECK(records::balance(*centre.database, customer) == Points{950});

  back.points_reversed = {1500};
  CHECK(centre.take("Bergen", 1, back) == Codes{"points.shortfall"});
  CHECK(records::balance(*centre.database, customer) == Points{0});
  CHECK(centre.number("SELECT sum(amount) FROM posting") == 0);
  CHECK(centre.number("SELECT amount FROM account WHERE kind = 3") == -550);
  CHECK(centre.number("SELECT amount FROM account WHERE kind = 2") == 550);
}

TEST_CASE(
    "points spent twice before the centre heard of it cost the programme and never the customer") {
  Centre centre;
  centre.take("Bergen", 1, programme());
  const CustomerRef customer = centre.enrol("Bergen", 1);
  Purchase bought = centre.sale(2);
  bought.customer = customer;
  bought.programme_version = 1;
  bought.points_earned = {1900};
  const FactId sold = centre.next_id(1);
  CHECK(centre.take("Bergen", sold, bought).empty());

  LoyaltyEvent claim;
  claim.at = centre.clock.local_now();
  claim.customer = customer;
  claim.currency = nok();
  claim.programme_version = 1;
  claim.loyalty.to_wallet = claim.loyalty.paid_out = kroner(0);
  claim.loyalty.used = {{{sold, 0}, {1500}}};
  CHECK(centre.take("Bergen", 1, claim).empty());
  CHECK(records::balance(*centre.database, customer) == Points{400});
  CHECK(centre.take("Bergen", 2, claim) == Codes{"points.short"});
  CHECK(records::balance(*centre.database, customer) == Points{0});
  CHECK(centre.number("SELECT amount FROM account WHERE kind = 3") == -1100);
  CHECK(centre.number("SELECT amount FROM account WHERE kind = 4") == 3000);
  CHECK(centre.number("SELECT sum(amount) FROM posting") == 0);
  CHECK(centre.number("SELECT remaining FROM lot") == 0);

  // The same run of expiry from two terminals takes what is there, once.
  const PointsExpired run{centre.clock.local_now(),
                          centre.clock.local_now().date(),
                          nok(),
                          {{customer, {sold, 0}, {400}}},
                          {}};
  CHECK(centre.take("Bergen", 2, run).empty());
  CHECK(centre.number("SELECT sum(amount) FROM posting") == 0);
}
