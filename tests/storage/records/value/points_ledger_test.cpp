#include "storage/records/value/points_ledger.hpp"

#include <doctest/doctest.h>

#include "storage/book/enrolment.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/records/value/stored_value.hpp"
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
  CHECK(centre.number("SELECT sum(amount) FROM account WHERE kind = 3") == -550);
  CHECK(centre.number("SELECT sum(amount) FROM account WHERE kind = 2") == 550);
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
  CHECK(centre.number("SELECT sum(amount) FROM account WHERE kind = 3") == -1100);
  CHECK(centre.number("SELECT sum(amount) FROM account WHERE kind = 4") == 3000);
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

TEST_CASE("what two tills took from one lot comes out of the customer's others") {
  Centre centre;
  centre.take("Bergen", 1, programme());
  const CustomerRef customer = centre.enrol("Bergen", 1);
  FactId sold[2];
  for (FactId& each : sold) {
    Purchase bought = centre.sale(2);
    bought.customer = customer;
    bought.programme_version = 1;
    bought.points_earned = {1900};
    each = centre.next_id(1);
    CHECK(centre.take("Bergen", each, bought).empty());
  }
  LoyaltyEvent claim;
  claim.at = centre.clock.local_now();
  claim.customer = customer;
  claim.currency = nok();
  claim.programme_version = 1;
  claim.loyalty.to_wallet = claim.loyalty.paid_out = kroner(0);
  claim.loyalty.used = {{{sold[0], 0}, {1500}}};
  CHECK(centre.take("Bergen", 1, claim).empty());
  CHECK(centre.take("Bergen", 2, claim).empty());
  CHECK(records::balance(*centre.database, customer) == Points{800});
  CHECK(centre.number("SELECT coalesce(sum(amount), 0) FROM account WHERE kind = 3") == 0);
  CHECK(centre.number("SELECT sum(remaining) FROM lot") == 800);
  CHECK(centre.number("SELECT sum(amount) FROM posting") == 0);
}

TEST_CASE("a gift card that a slower clock spent before it was sold is spent") {
  Centre centre;
  const FactId spent = centre.next_id(2), sold = centre.next_id(1);
  REQUIRE(spent < sold);
  Purchase selling = centre.sale(1);
  selling.top_ups = {{0, StoredValue::gift_card, "GC000001", selling.total, std::nullopt}};
  CHECK(centre.take("Bergen", sold, selling).empty());
  Purchase paying = centre.sale(1);
  paying.tenders = {{TenderKind::gift_card, paying.total, paying.total, "GC000001", {}}};
  CHECK(centre.take("Bergen", spent, paying).empty());
  const auto card =
      records::gift_card(*centre.database, "GC000001", centre.clock.local_now().date());
  REQUIRE(card);
  CHECK(card->balance.minor == 0);
  CHECK(centre.number("SELECT count(*) FROM value_lot") == 0);
}
