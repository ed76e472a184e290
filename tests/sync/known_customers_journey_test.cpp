// Customers of other stores: both ends in one process, over real TLS on loopback.

#include <deque>
#include <doctest/doctest.h>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/services/customers.hpp"
#include "sync/agent/look_up.hpp"
#include "sync/central/expiries.hpp"
#include "sync/central/look_ups.hpp"
#include "tests/support/any_day.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

using keepsake::test::line;
using keepsake::test::rebuilt;

const ContactKey by_phone{ContactKind::phone, "+4791234567"};

Profile kari_of(const std::string& phone = by_phone.value) {
  Profile profile;
  profile.name = "Kari Nordmann";
  profile.phone = phone;
  return profile;
}

/// A till of each of two stores, with one programme.
struct TwoStores {
  HeadOffice office;
  Till lysvik, sunne;

  TwoStores() {
    lysvik.enrol_at(office, "Lysvik");
    sunne.enrol_at(office, "Sunne");
    for (Till* each : {&lysvik, &sunne}) each->record(keepsake::test::programme());
  }
  Result<bool> look_up(Till& till, const ContactKey& key) { return LookUps(*till.book).ask(key); }
  CustomerRef found(Till& till, const ContactKey& key) {
    const auto known = look_up(till, key);
    REQUIRE_MESSAGE(known.ok(), keepsake::test::why(known));
    REQUIRE(*known);
    till.sync();
    const auto customer = till.reader()->customer_by_key(key);
    REQUIRE(customer.ok());
    REQUIRE(customer->has_value());
    return **customer;
  }
  void exchange() {
    for (int round = 0; round < 2; ++round)
      for (Till* each : {&lysvik, &sunne}) each->sync();
  }
};

FactId buys_at(Till& till, const CustomerRef& customer, std::int64_t points = 100000) {
  Purchase bought = keepsake::test::purchase(till.clock, {line("1001", 1, 10000)});
  bought.customer = customer;
  bought.programme_version = 1;
  bought.points_earned = {points};
  return till.record(bought);
}

std::int64_t points_at(Till& till, const CustomerRef& customer) {
  const auto view = till.reader()->customer(customer);
  REQUIRE(view.ok());
  REQUIRE(view->has_value());
  return (*view)->balance.hundredths;
}

void check_sound(Till& till) {
  CHECK(rebuilt(till) == "");
  CHECK(keepsake::test::findings_of(till.data()) == "");
}

}  // namespace

TEST_CASE("a customer of another store is known there once looked up, with points and purchases") {
  TwoStores chain;
  const CustomerRef kari = chain.lysvik.enrol(kari_of(), "C-1");
  buys_at(chain.lysvik, kari);
  chain.exchange();
  CHECK_FALSE(chain.sunne.reader()->customer_by_phone(by_phone.value).value());
  CHECK(chain.found(chain.sunne, by_phone) == kari);
  CHECK(points_at(chain.sunne, kari) == 100000);
  CHECK(chain.sunne.reader()->last_purchases(kari, 5)->size() == 1);
  CHECK(chain.sunne.reader()->customer_by_card("C-1").value() == kari);
  // It is the other store's sale, customer and points.
  CHECK(chain.sunne.totals().purchases == 0);
  CHECK(chain.sunne.totals().customers == 0);
  CHECK(chain.sunne.reader()->last_purchases({}, 5)->empty());
  CHECK(chain.sunne.totals().points_outstanding.hundredths == 0);

  buys_at(chain.sunne, kari);
  chain.exchange();
  for (Till* each : {&chain.lysvik, &chain.sunne}) {
    CHECK(points_at(*each, kari) == 200000);
    CHECK(each->reader()->last_purchases(kari, 5)->size() == 2);
    CHECK(each->totals().purchases == 1);
    check_sound(*each);
  }
  CHECK(chain.office.store("Lysvik").points_outstanding_hundredths == 100000);
  CHECK(chain.office.store("Sunne").points_outstanding_hundredths == 100000);
}

TEST_CASE("what happens at one store reaches the other by itself from then on") {
  TwoStores chain;
  const CustomerRef kari = chain.lysvik.enrol(kari_of(), "C-1");
  chain.exchange();
  chain.found(chain.sunne, by_phone);
  const FactId sold = buys_at(chain.lysvik, kari);
  ProfileChange moved;
  moved.fields = {{std::string(customer_field::name), "Kari Berg"}};
  REQUIRE(change_customer(*chain.lysvik.book, kari, moved, {"anna", chain.lysvik.clock.local_now()})
              .ok());
  chain.exchange();
  CHECK(chain.sunne.reader()->customer(kari).value()->profile.name == "Kari Berg");
  // Bought there, brought back here.
  const auto bought = chain.sunne.reader()->purchase(sold);
  REQUIRE(bought->has_value());
  Return back = keepsake::test::bring_back(chain.sunne.clock, **bought, sold, 0, 1);
  back.points_reversed = {100000};
  chain.sunne.record(back);
  chain.exchange();
  for (Till* each : {&chain.lysvik, &chain.sunne}) {
    CHECK(points_at(*each, kari) == 0);
    check_sound(*each);
  }
  CHECK(chain.lysvik.totals().returns == 0);
  CHECK(chain.sunne.totals().returns == 1);
}

TEST_CASE("goods brought back at one store without the card do not come back at another") {
  TwoStores chain;
  const CustomerRef kari = chain.lysvik.enrol(kari_of(), "C-1");
  const FactId sold = buys_at(chain.lysvik, kari);
  chain.exchange();
  chain.found(chain.sunne, by_phone);
  const auto bought = chain.lysvik.reader()->purchase(sold);
  Return back = keepsake::test::bring_back(chain.lysvik.clock, **bought, sold, 0, 1);
  back.customer = {};
  chain.lysvik.record(back);
  chain.exchange();
  const auto again =
      chain.sunne.book->record(keepsake::test::bring_back(chain.sunne.clock, **bought, sold, 0, 1));
  REQUIRE_FALSE(again.ok());
  CHECK(again.error().code == "return.beyond-sold");
}

TEST_CASE("nobody is found by a part, and so many look-ups an hour are enough") {
  TwoStores chain;
  chain.lysvik.enrol(kari_of(), "C-1");
  chain.exchange();
  for (const ContactKey& key :
       {ContactKey{ContactKind::phone, "+479123456"}, ContactKey{ContactKind::phone, "1234567"},
        ContactKey{ContactKind::card, "C-"}, ContactKey{ContactKind::email, "kari"}})
    CHECK(chain.look_up(chain.sunne, key).value() == false);
  chain.sunne.sync();
  CHECK(chain.sunne.reader()->customers_after({}, 10)->empty());
  LookUps many(*chain.sunne.book);
  for (std::int64_t n = 4; n < central::LookUps::an_hour; ++n)
    REQUIRE(many.ask({ContactKind::card, "C-" + std::to_string(100 + n)}).ok());
  const auto refused = many.ask(by_phone);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "look-up.busy");
  // Another till's hour is its own.
  CHECK(chain.look_up(chain.lysvik, by_phone).value());
  chain.office.clock.advance(std::chrono::minutes(61));
  CHECK(chain.found(chain.sunne, by_phone) != CustomerRef{});
}

TEST_CASE("a revoked till finds nobody") {
  TwoStores chain;
  chain.lysvik.enrol(kari_of(), "C-1");
  chain.exchange();
  chain.office.revoke(chain.sunne.book->terminal());
  const auto refused = chain.look_up(chain.sunne, by_phone);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "terminal.revoked");
}

TEST_CASE("one person under two references is one person at every store that knows either") {
  TwoStores chain;
  const CustomerRef kari = chain.lysvik.enrol(kari_of(), "C-1");
  const CustomerRef twice = chain.lysvik.enrol(kari_of("+4799999999"), "C-2");
  buys_at(chain.lysvik, kari);
  buys_at(chain.lysvik, twice);
  chain.exchange();
  CHECK(chain.found(chain.sunne, by_phone) == kari);
  CHECK_FALSE(chain.sunne.reader()->customer(twice).value());
  const FactId merge = chain.lysvik.record(
      CustomerMerge{kari, twice, "by hand", "anna", chain.lysvik.clock.local_now()});
  chain.exchange();
  for (Till* each : {&chain.lysvik, &chain.sunne}) {
    CHECK(each->reader()->customer_by_card("C-2").value() == kari);
    CHECK(points_at(*each, kari) == 200000);
    check_sound(*each);
  }
  chain.sunne.record(MergeUndoing{merge, "per", chain.sunne.clock.local_now()});
  chain.exchange();
  for (Till* each : {&chain.lysvik, &chain.sunne}) {
    CHECK(points_at(*each, kari) == 100000);
    CHECK(points_at(*each, twice) == 100000);
    check_sound(*each);
  }
}

TEST_CASE("whoever is looked up comes as the whole person, under every reference") {
  TwoStores chain;
  const CustomerRef kari = chain.lysvik.enrol(kari_of(), "C-1");
  const CustomerRef twice = chain.lysvik.enrol(kari_of("+4799999999"), "C-2");
  buys_at(chain.lysvik, twice);
  chain.lysvik.record(
      CustomerMerge{kari, twice, "by hand", "anna", chain.lysvik.clock.local_now()});
  buys_at(chain.lysvik, kari);
  chain.exchange();
  CHECK(chain.found(chain.sunne, {ContactKind::card, "C-2"}) == kari);
  CHECK(points_at(chain.sunne, kari) == 200000);
  check_sound(chain.sunne);
}

TEST_CASE("a run of expiry tells another store of its own customers alone") {
  TwoStores chain;
  const CustomerRef kari = chain.lysvik.enrol(kari_of(), "C-1");
  const CustomerRef other = chain.lysvik.enrol(kari_of("+4799999999"), "C-2");
  PointsExpired run;
  run.at = chain.lysvik.clock.local_now();
  run.as_of = run.at.date();
  run.currency = keepsake::test::nok();
  for (const CustomerRef& each : {kari, other})
    run.lots.push_back({each, {buys_at(chain.lysvik, each), 0}, {40000}});
  chain.exchange();
  chain.found(chain.sunne, by_phone);
  chain.lysvik.record(run);
  chain.exchange();
  CHECK(points_at(chain.sunne, kari) == 60000);
  CHECK_FALSE(chain.sunne.reader()->customer(other).value());
  // Who becomes known later has lost the same.
  CHECK(chain.found(chain.sunne, {ContactKind::card, "C-2"}) == other);
  CHECK(points_at(chain.sunne, other) == 60000);
  CHECK(points_at(chain.sunne, kari) == 60000);
  check_sound(chain.sunne);
}

TEST_CASE("what head office lets expire is gone at every store that knows whose it was") {
  TwoStores chain;
  const CustomerRef kari = chain.lysvik.enrol(kari_of(), "C-1");
  Purchase bought = keepsake::test::purchase(chain.lysvik.clock, {line("1001", 1, 10000)});
  bought.customer = kari;
  bought.programme_version = 1;
  bought.points_earned = {50000};
  bought.loyalty.emplace();
  bought.loyalty->to_wallet = bought.loyalty->paid_out = keepsake::test::kroner(0);
  bought.loyalty->rules = {{"base", {50000}}};
  bought.loyalty->issued = {{{50000}, bought.at.date(), std::nullopt}};
  bought.loyalty->lines = {{bought.total, {50000}, {}}};
  chain.lysvik.record(bought);
  chain.exchange();
  chain.found(chain.sunne, by_phone);
  buys_at(chain.sunne, kari);
  chain.exchange();
  chain.office.clock.advance(std::chrono::hours(24 * 30));
  {
    const auto reader = central::open_records(chain.office.data());
    const auto due = central::find_expiry(**reader, std::nullopt, chain.office.clock.now());
    REQUIRE(due.size() == 1);
    REQUIRE(central::ask_to_publish(chain.office.data(),
                                    {0,
                                     "expiry",
                                     due[0].store,
                                     "anna",
                                     {},
                                     chain.office.clock.now(),
                                     central::PublicationState::waiting},
                                    central::facts_of(due[0]))
                ->has_value());
  }
  chain.exchange();
  for (Till* each : {&chain.lysvik, &chain.sunne}) {
    CHECK(points_at(*each, kari) == 100000);
    check_sound(*each);
  }
  CHECK(chain.office.store("Lysvik").points_outstanding_hundredths == 0);
  CHECK(chain.lysvik.totals().points_outstanding.hundredths == 0);
  CHECK(chain.sunne.totals().points_outstanding.hundredths == 100000);
}

TEST_CASE("who is erased at one store is erased at every store that knew them") {
  TwoStores chain;
  const CustomerRef kari = chain.lysvik.enrol(kari_of(), "C-1");
  buys_at(chain.lysvik, kari);
  chain.exchange();
  chain.found(chain.sunne, by_phone);
  REQUIRE(chain.lysvik.book->erase(kari, "asked", "anna").ok());
  chain.exchange();
  CHECK_FALSE(chain.sunne.reader()->customer_by_phone(by_phone.value).value());
  CHECK(chain.look_up(chain.sunne, by_phone).value() == false);
  check_sound(chain.sunne);
}

TEST_CASE("a gift card that a customer pays with elsewhere is not made here") {
  TwoStores chain;
  const CustomerRef kari = chain.lysvik.enrol(kari_of(), "C-1");
  chain.exchange();
  chain.found(chain.sunne, by_phone);
  Purchase sold = keepsake::test::purchase(chain.lysvik.clock, {line("GIFT", 1, 50000)});
  sold.customer = kari;
  sold.programme_version = 1;
  sold.top_ups = {{0, StoredValue::gift_card, "GC123456", sold.total, std::nullopt}};
  chain.lysvik.record(sold);
  Purchase paid = keepsake::test::purchase(chain.lysvik.clock, {line("1001", 1, 10000)});
  paid.customer = kari;
  paid.programme_version = 1;
  paid.tenders = {{TenderKind::gift_card, paid.total, paid.total, "GC123456"}};
  chain.lysvik.record(paid);
  chain.exchange();
  CHECK_FALSE(chain.sunne.reader()->gift_card("GC123456").value());
  CHECK(chain.sunne.reader()->last_purchases(kari, 5)->size() ==
        1);  // a card alone is no purchase of goods
  check_sound(chain.sunne);
}

TEST_CASE("a till that joins a store later knows whom its store knows") {
  TwoStores chain;
  const CustomerRef kari = chain.lysvik.enrol(kari_of(), "C-1");
  buys_at(chain.lysvik, kari);
  chain.exchange();
  chain.found(chain.sunne, by_phone);
  Till late;
  late.enrol_at(chain.office, "Sunne");
  late.sync();
  CHECK(late.reader()->customer_by_phone(by_phone.value).value() == kari);
  CHECK(points_at(late, kari) == 100000);
  check_sound(late);
}

TEST_CASE("a head office put back from a backup tells who is found before what they did") {
  TwoStores shops;
  Till second;
  second.enrol_at(shops.office, "Sunne");
  const CustomerRef kari = shops.lysvik.enrol(kari_of(), "C-1");
  buys_at(shops.lysvik, kari);
  shops.exchange();
  const keepsake::test::TemporaryFolder copies;
  shops.office.back_up(copies.path() / "central.db");
  CHECK(shops.found(shops.sunne, by_phone) == kari);  // which it will not remember
  buys_at(shops.sunne, kari);
  shops.office.restore(copies.path() / "central.db");
  shops.exchange();
  second.sync();
  for (Till* each : {&shops.lysvik, &shops.sunne, &second}) {
    CHECK(points_at(*each, kari) == 200000);
    CHECK(*each->reader()->count_open_exceptions() == 0);
    CHECK(rebuilt(*each) == "");
  }
}

}  // namespace keepsake::sync::test
