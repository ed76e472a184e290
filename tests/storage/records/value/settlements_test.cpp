#include "storage/records/value/settlements.hpp"

#include <doctest/doctest.h>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/staff/exception_view.hpp"
#include "storage/records/reports/exceptions.hpp"
#include "storage/records/value/points_ledger.hpp"
#include "storage/records/value/wallets.hpp"
#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

/// Two tills of Bergen that took the same 15 of 19 points: 11 were not there.
struct Short : Centre {
  CustomerRef customer;
  FactId sold, second;

  explicit Short(bool both = true) {
    take("Bergen", 1, programme());
    customer = enrol("Bergen", 1);
    sold = next_id(1);
    CHECK(take("Bergen", sold, earning(1900)).empty());
    CHECK(take("Bergen", 1, claim(1500)).empty());
    second = next_id(2);
    if (both) CHECK(take("Bergen", second, claim(1500)) == Codes{"points.short"});
  }

  Purchase earning(std::int64_t points) {
    Purchase bought = sale(2);
    bought.customer = customer;
    bought.programme_version = 1;
    bought.points_earned = {points};
    return bought;
  }

  LoyaltyEvent claim(std::int64_t points) {
    LoyaltyEvent claim;
    claim.at = clock.local_now();
    claim.customer = customer;
    claim.currency = nok();
    claim.programme_version = 1;
    claim.loyalty.to_wallet = claim.loyalty.paid_out = kroner(0);
    claim.loyalty.used = {{{sold, 0}, {points}}};
    return claim;
  }

  ExceptionSettled said(Decision decision, Lacking owed = Points{1100}) {
    ExceptionSettled settled{{second, "points.short"}, decision, {}, {}, "agreed", "marit",
                             clock.local_now()};
    if (decision == Decision::debt) {
      settled.customer = customer;
      settled.owed = owed;
    }
    return settled;
  }

  std::vector<ExceptionView> open(std::string_view store = "Bergen") {
    return records::describe(*database, records::unsettled(*database, store, 100), 100);
  }
  Points balance() { return records::balance(*database, customer); }
  Points debt() { return records::debt(*database, customer); }

  /// I3, as verify asks it.
  void check_books() {
    CHECK(number("SELECT count(*) FROM (SELECT unit FROM posting GROUP BY unit HAVING sum(amount)"
                 " <> 0)") == 0);
    CHECK(number("SELECT count(*) FROM (SELECT fact FROM posting GROUP BY fact, owner, unit"
                 " HAVING sum(amount) <> 0)") == 0);
    CHECK(number("SELECT count(*) FROM (SELECT owner, amount FROM account WHERE kind = 1"
                 " UNION ALL SELECT customer, -remaining FROM lot) WHERE 0") == 0);
    CHECK(number("SELECT count(*) FROM (SELECT owner FROM (SELECT owner, amount FROM account"
                 " WHERE kind = 1 UNION ALL SELECT customer, -remaining FROM lot) GROUP BY owner"
                 " HAVING sum(amount) <> 0)") == 0);
    CHECK(number("SELECT count(*) FROM account WHERE kind = 6 AND amount > 0") == 0);
  }
};

}  // namespace

TEST_CASE("an exception is told with what it is about, once") {
  Short shop;
  const auto open = shop.open();
  REQUIRE(open.size() == 1);
  CHECK(open[0].name == ExceptionName{shop.second, "points.short"});
  CHECK(open[0].store == "Bergen");
  CHECK(open[0].subject == ExceptionSubject::event);
  CHECK(open[0].customer == shop.customer);
  CHECK(open[0].owner == shop.customer);
  CHECK(open[0].times == 1);
  CHECK(std::get<Points>(open[0].lacking) == Points{1100});
  CHECK(decisions_for(open[0]) == std::vector{Decision::absorb, Decision::debt});
  CHECK(shop.open("Oslo").empty());
}

TEST_CASE("what the shop bears is gone from the list and moves nothing") {
  Short shop;
  CHECK(shop.take("Bergen", 1, shop.said(Decision::absorb)).empty());
  CHECK(shop.open().empty());
  CHECK(shop.debt() == Points{0});
  CHECK(shop.number("SELECT sum(amount) FROM account WHERE kind = 3") == -1100);
  const auto history = records::settled_exceptions(*shop.database, "Bergen", 10);
  REQUIRE(history.size() == 1);
  CHECK(history[0].settled->staff == "marit");
  CHECK(history[0].settled->reason == "agreed");
  CHECK(history[0].settled->decision == Decision::absorb);
  CHECK(history[0].subject == ExceptionSubject::event);
}

TEST_CASE("a debt takes what the customer has and leaves the rest owed, once") {
  Short shop;
  shop.take("Bergen", 1, shop.earning(300));
  CHECK(shop.take("Bergen", 1, shop.said(Decision::debt)).empty());
  CHECK(shop.balance() == Points{0});
  CHECK(shop.debt() == Points{800});
  CHECK(shop.number("SELECT coalesce(sum(amount), 0) FROM account WHERE kind = 3") == 0);
  shop.check_books();
  // The other till, and head office, at the same moment.
  CHECK(shop.take("Bergen", 2, shop.said(Decision::debt)).empty());
  CHECK(shop.take("Bergen", 0, shop.said(Decision::absorb)).empty());
  CHECK(shop.debt() == Points{800});
  CHECK(shop.open().empty());
  const auto history = records::settled_exceptions(*shop.database, "Bergen", 10);
  REQUIRE(history.size() == 1);
  CHECK(history[0].settled->decision == Decision::debt);
  shop.check_books();
}

TEST_CASE("no more is owed than the fact lacked, and no more than was said") {
  Short shop;
  shop.take("Bergen", 1, shop.said(Decision::debt, Points{5000}));
  CHECK(shop.debt() == Points{1100});
  Short other;
  other.take("Bergen", 1, other.said(Decision::debt, Points{400}));
  CHECK(other.debt() == Points{400});
  CHECK(other.number("SELECT sum(amount) FROM account WHERE kind = 3") == -700);
  other.check_books();
}

TEST_CASE("a settlement that comes before its exception comes to the same") {
  for (const Decision decision : {Decision::absorb, Decision::debt, Decision::noted}) {
    CAPTURE(std::string(name_of(decision)));
    Short after, before(false);
    after.take("Bergen", 1, after.said(decision));
    before.take("Bergen", 1, before.said(decision));
    CHECK(before.debt() == Points{0});  // nothing is owed of what did not happen yet
    CHECK(before.take("Bergen", before.second, before.claim(1500)) == Codes{"points.short"});
    CHECK(before.open().empty());
    CHECK(before.debt() == after.debt());
    CHECK(before.balance() == after.balance());
    CHECK(before.debt() == Points{decision == Decision::debt ? 1100 : 0});
    before.check_books();
  }
}

TEST_CASE("what the fact did not lack after all is not owed") {
  Short shop(false);
  shop.take("Bergen", 1, shop.said(Decision::debt));
  CHECK(shop.take("Bergen", shop.second, shop.claim(400)).empty());
  CHECK(shop.debt() == Points{0});
  CHECK(shop.open().empty());
}

TEST_CASE("another store's word, or of another customer's, moves nothing") {
  Short shop;
  shop.take("Oslo", 3, shop.said(Decision::debt));
  CHECK(shop.open().size() == 1);
  CHECK(shop.debt() == Points{0});
  auto wrong = shop.said(Decision::debt);
  wrong.customer = shop.enrol("Bergen", 1);
  shop.take("Bergen", 1, wrong);
  CHECK(records::debt(*shop.database, wrong.customer) == Points{0});
  CHECK(shop.debt() == Points{0});
}

TEST_CASE("whoever was merged owes as the one who is kept, and whoever was erased nothing") {
  Short shop;
  const CustomerRef kept = shop.enrol("Bergen", 1);
  shop.take("Bergen", 1, CustomerMerge{kept, shop.customer, "", "marit", {}});
  shop.take("Bergen", 1, shop.said(Decision::debt));
  CHECK(records::debt(*shop.database, kept) == Points{1100});
  shop.check_books();
  Short gone;
  gone.take("Bergen", 1, CustomerErasure{{gone.customer}, "request", "marit", {}});
  REQUIRE(gone.open().size() == 1);
  CHECK(decisions_for(gone.open()[0]) == std::vector{Decision::absorb});
  gone.take("Bergen", 1, gone.said(Decision::debt));
  CHECK(gone.debt() == Points{0});
  CHECK(gone.open().empty());
  gone.check_books();
}

TEST_CASE("an erasure takes the words about a person's debt with it") {
  Short shop;
  shop.take("Bergen", 1, shop.said(Decision::debt));
  shop.take("Bergen", 1, CustomerErasure{{shop.customer}, "request", "marit", {}});
  const auto history = records::settled_exceptions(*shop.database, "Bergen", 10);
  REQUIRE(history.size() == 1);
  CHECK(history[0].settled->reason.empty());
}

TEST_CASE("money that a wallet lacked is owed and goes out of what comes in next") {
  Centre shop;
  shop.take("Bergen", 1, programme());
  const CustomerRef customer = shop.enrol("Bergen", 1);
  const auto pay_in = [&](std::int64_t minor) {
    Purchase bought = purchase(shop.clock, {line("WALLET", 1, minor)});
    bought.customer = customer;
    bought.top_ups = {{0, StoredValue::wallet, "", kroner(minor), std::nullopt}};
    CHECK(shop.take("Bergen", 1, bought).empty());
  };
  const auto spend = [&](std::int64_t minor) {
    Purchase bought = purchase(shop.clock, {line("1001", 1, minor)});
    bought.customer = customer;
    bought.tenders = {{TenderKind::wallet, kroner(minor), kroner(minor), ""}};
    return bought;
  };
  pay_in(10'000);
  CHECK(shop.take("Bergen", 1, spend(8'000)).empty());
  const FactId second = shop.next_id(2);
  CHECK(shop.take("Bergen", second, spend(8'000)) == Codes{"wallet.short"});
  const auto view = [&] { return records::wallet(*shop.database, customer, nok(), std::nullopt); };
  const auto open =
      records::describe(*shop.database, records::unsettled(*shop.database, "Bergen", 10), 10);
  REQUIRE(open.size() == 1);
  CHECK(std::get<Money>(open[0].lacking) == kroner(6'000));
  const auto debt = settle(open[0], Decision::debt, "", "marit", shop.clock.local_now());
  REQUIRE(debt.ok());
  pay_in(1'000);
  CHECK(shop.take("Bergen", 1, *debt).empty());
  CHECK(view().balance == kroner(0));
  CHECK(view().owed == kroner(5'000));
  CHECK(shop.take("Bergen", 2, *debt).empty());
  CHECK(view().owed == kroner(5'000));
  pay_in(2'000);
  CHECK(view().balance == kroner(0));
  CHECK(view().owed == kroner(3'000));
  // It goes along with a merge, and back.
  const CustomerRef kept = shop.enrol("Bergen", 1);
  const FactId merge = shop.next_id(1);
  shop.take("Bergen", merge, CustomerMerge{kept, customer, "", "marit", {}});
  CHECK(records::wallet(*shop.database, kept, nok(), std::nullopt).owed == kroner(3'000));
  shop.take("Bergen", 1, MergeUndoing{merge, "marit", {}});
  CHECK(records::wallet(*shop.database, kept, nok(), std::nullopt).owed == kroner(0));
  CHECK(view().owed == kroner(3'000));
  pay_in(10'000);
  CHECK(view().balance == kroner(7'000));
  CHECK(view().owed == kroner(0));
  CHECK(shop.number("SELECT sum(amount) FROM posting") == 0);
  CHECK(shop.number("SELECT coalesce(sum(amount), 0) FROM account WHERE kind = 16") == 0);
  CHECK(shop.number("SELECT sum(remaining_minor) FROM value_lot") == 7'000);
}

TEST_CASE("a gift card that had too little is borne: nobody knows who holds it") {
  Centre shop;
  Purchase gift = purchase(shop.clock, {line("GIFT", 1, 5'000)});
  gift.top_ups = {{0, StoredValue::gift_card, "GIFT000001", kroner(5'000), std::nullopt}};
  CHECK(shop.take("Bergen", 1, gift).empty());
  Purchase bought = purchase(shop.clock, {line("1001", 1, 4'000)});
  bought.tenders = {{TenderKind::gift_card, kroner(4'000), kroner(4'000), "GIFT000001"}};
  CHECK(shop.take("Bergen", 1, bought).empty());
  CHECK(shop.take("Bergen", 2, bought) == Codes{"gift-card.short"});
  const auto open =
      records::describe(*shop.database, records::unsettled(*shop.database, "Bergen", 10), 10);
  REQUIRE(open.size() == 1);
  CHECK(std::get<Money>(open[0].lacking) == kroner(3'000));
  CHECK(open[0].amount == kroner(4'000));
  CHECK(decisions_for(open[0]) == std::vector{Decision::absorb, Decision::noted});
}

TEST_CASE("the same contradiction several times in one fact is one exception") {
  Centre shop;
  Purchase bought = purchase(shop.clock, {line("1001", 1, 100), line("1002", 1, 100)});
  const FactId sold = shop.next_id(1);
  shop.take("Bergen", sold, bought);
  Return back = bring_back(shop.clock, bought, sold, 0, 3);
  const Return other = bring_back(shop.clock, bought, sold, 1, 2);
  back.lines.push_back(other.lines[0]);
  back.total.minor += other.total.minor;
  back.tax.minor += other.tax.minor;
  back.tenders[0].amount = back.tenders[0].tendered = back.total;
  const FactId returned = shop.next_id(1);
  CHECK(shop.take("Bergen", returned, back) == Codes{"return.beyond-sold", "return.beyond-sold"});
  const auto noted = records::unsettled(*shop.database, "Bergen", 10);
  CHECK(noted.size() == 2);
  const auto open = records::describe(*shop.database, noted, 10);
  REQUIRE(open.size() == 1);
  CHECK(open[0].times == 2);
  CHECK(open[0].subject == ExceptionSubject::returned);
  shop.take("Bergen", 1, ExceptionSettled{open[0].name, Decision::absorb, {}, {}, "", "marit", {}});
  CHECK(records::unsettled(*shop.database, "Bergen", 10).empty());
}

TEST_CASE("goods that were paid twice with the same points come back, and all is as it was") {
  for (const Decision decision : {Decision::noted, Decision::absorb, Decision::debt}) {
    CAPTURE(std::string(name_of(decision)));
    Centre shop;
    shop.take("Bergen", 1, programme());
    const CustomerRef customer = shop.enrol("Bergen", 1);
    Purchase earning = shop.sale(2);
    earning.customer = customer;
    earning.programme_version = 1;
    earning.points_earned = {1000};
    const FactId lot = shop.next_id(1);
    shop.take("Bergen", lot, earning);
    Purchase paid = shop.sale(1);
    paid.customer = customer;
    paid.programme_version = 1;
    paid.loyalty.emplace();
    paid.loyalty->to_wallet = paid.loyalty->paid_out = kroner(0);
    paid.loyalty->used = {{{lot, 0}, {600}}};
    const FactId first = shop.next_id(1), second = shop.next_id(2);
    CHECK(shop.take("Bergen", first, paid).empty());
    CHECK(shop.take("Bergen", second, paid) == Codes{"points.short"});
    const auto open =
        records::describe(*shop.database, records::unsettled(*shop.database, "Bergen", 10), 10);
    REQUIRE(open.size() == 1);
    if (decision != Decision::noted)
      shop.take("Bergen", 1, *settle(open[0], decision, "", "marit", {}));
    for (const FactId& each : {first, second}) {
      Return back = bring_back(shop.clock, paid, each, 0, 1);
      back.loyalty.emplace();
      back.loyalty->given_back = {600};
      back.loyalty->restored = {{{lot, 0}, {600}}};
      CHECK(shop.take("Bergen", 1, back).empty());  // nothing that a person has to look at
    }
    CHECK(records::balance(*shop.database, customer) == Points{1000});
    CHECK(records::debt(*shop.database, customer) == Points{0});
    CHECK(shop.number("SELECT coalesce(sum(amount), 0) FROM account WHERE kind = 3") == 0);
    CHECK(shop.number("SELECT sum(amount) FROM posting") == 0);
  }
}
