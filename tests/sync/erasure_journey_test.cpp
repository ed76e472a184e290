// A customer erased at a terminal is forgotten at the centre too, over real TLS.
#include <doctest/doctest.h>

#include "storage/book/enrolment.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/chain_settings.hpp"
#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/values/trusted_time.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/services/customers.hpp"
#include "sync/agent/look_up.hpp"
#include "sync/central/retention.hpp"
#include "tests/support/any_day.hpp"
#include "tests/support/staff.hpp"
#include "tests/support/traces.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

using keepsake::test::hand;
using keepsake::test::holders;
using keepsake::test::person;

namespace {

/// Somebody with everything that can be known, amid others, so that pages split and fill.
CustomerRef well_known(Till& till) {
  CustomerRef ref;
  for (int n = 0; n < 60; ++n) {
    const auto one = n == 30 ? till.enrol(person("Kunigunde", n), "JOINCARD4433")
                             : till.enrol(person("Olufine", n));
    if (n == 30) ref = one;
  }
  const ProfileChange change{{{"postcode", "POSTCODE77"}},
                             {{ContactKind::phone, "+4798765432", ""},
                              {ContactKind::card, "CARD99887766", ""},
                              {ContactKind::address, "Fjellveien 4321", "home"}},
                             {}};
  REQUIRE(change_customer(*till.book, ref, change, hand(till)).ok());
  for (int n = 0; n < 20; ++n)
    REQUIRE(add_note(*till.book, ref, "notewords number " + std::to_string(n), hand(till)).ok());
  for (int n = 0; n < 60; ++n) till.enrol(person("Olufine", 100 + n));
  Purchase bought = keepsake::test::purchase(till.clock, {keepsake::test::line("1001", 2, 9900)});
  bought.customer = ref;
  till.record(bought);
  return ref;
}

constexpr const char* personal[] = {"Kunigunde",    "Etternavn30", "Kunigunde30@example.no",
                                    "+4791000030",  "POSTCODE77",  "+4798765432",
                                    "CARD99887766", "notewords",   "Fjellveien 4321",
                                    "kunigunde",    "etternavn30", "91000030",
                                    "03000019",     "98765432",    "card99887766",
                                    "JOINCARD4433", "joincard4433"};

/// Beside the answers, so a moment later.
void check_forgotten(const HeadOffice& office) {
  for (const char* value : personal) {
    CAPTURE(std::string(value));
    CHECK(eventually([&] { return holders(office.data(), value).empty(); }));
  }
}

bool has_key(const HeadOffice& office, const CustomerRef& ref) {
  const auto vault = Vault::open(office.data());
  REQUIRE(vault.ok());
  const auto sealed = (*vault)->seal_keys_for({&ref, 1}, (*vault)->box_public());
  REQUIRE(sealed.ok());
  return !sealed->empty();
}

}  // namespace

TEST_CASE("nothing of an erased customer is left at the centre and the sums stay") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  const CustomerRef ref = well_known(till);
  CHECK(till.sync().waiting == 0);
  for (const char* value : {"Kunigunde", "notewords", "card99887766", "JOINCARD4433"}) {
    CAPTURE(value);
    CHECK(holders(office.data(), value) != "");
  }
  CHECK(has_key(office, ref));
  const StoreStatus before = office.store();

  REQUIRE(till.book->erase(ref, "request", "marit").ok());
  CHECK(till.sync().waiting == 0);
  check_forgotten(office);  // while the centre runs
  CHECK_FALSE(has_key(office, ref));
  CHECK(holders(office.data(), "Olufine Etternavn31") != "");
  check_equal(till.totals(), office.store());
  CHECK(office.store().purchase_minor == before.purchase_minor);
  CHECK(office.store().customers == before.customers);
  office.stop();
  check_forgotten(office);
}

TEST_CASE("somebody enrolled and erased between two pushes leaves nothing at the centre") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  const CustomerRef ref = well_known(till);
  REQUIRE(till.book->erase(ref, "request", "marit").ok());
  CHECK(till.sync().waiting == 0);
  check_forgotten(office);
  CHECK_FALSE(has_key(office, ref));
  check_equal(till.totals(), office.store());
}

TEST_CASE("what a reader held up at the centre is forgotten when it starts again") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  const CustomerRef ref = well_known(till);
  CHECK(till.sync().waiting == 0);
  {
    const auto reader = central::open_records(office.data());
    REQUIRE(reader.ok());
    Transaction moment(**reader);
    static constexpr Sql look{"test.look", "SELECT count(*) FROM customer"};
    (*reader)->query(look)->step();  // holds what it saw
    REQUIRE(till.book->erase(ref, "request", "marit").ok());
    CHECK(till.sync().waiting == 0);  // the erasure itself waits for nobody
    CHECK_FALSE(has_key(office, ref));
  }
  office.stop();
  office.start();
  check_forgotten(office);
}

TEST_CASE("erased at one till somebody is gone at the next, at another store and at the centre") {
  HeadOffice office;
  Till first, second, elsewhere, stranger;
  first.enrol_at(office, "Lysvik");
  second.enrol_at(office, "Lysvik");
  elsewhere.enrol_at(office, "Sunne");
  stranger.enrol_at(office, "Oslo");
  const CustomerRef ref = well_known(first);
  CHECK(first.sync().waiting == 0);
  const auto known = LookUps(*elsewhere.book).ask({ContactKind::phone, "+4798765432"});
  REQUIRE_MESSAGE(known.ok(), keepsake::test::why(known));
  REQUIRE(*known);
  for (Till* each : {&second, &elsewhere, &stranger}) each->sync();
  for (Till* each : {&second, &elsewhere}) CHECK(holders(each->data(), "Kunigunde") != "");
  CHECK(holders(stranger.data(), "Kunigunde") == "");

  // Asked for at the store that looked them up: theirs, too.
  REQUIRE(elsewhere.book->erase(ref, "request", "marit").ok());
  for (Till* each : {&elsewhere, &first, &second, &stranger}) each->sync();
  for (Till* each : {&first, &second, &elsewhere}) {
    for (const char* value : personal) {
      CAPTURE(value);
      CHECK(holders(each->data(), value) == "");
    }
    CHECK((*each->reader()->customer_profile(ref))->erased);
    CHECK(each->book->vault().seal_keys_for({&ref, 1}, each->book->vault().box_public())->empty());
    CHECK(keepsake::test::rebuilt(*each) == "");
    CHECK(keepsake::test::findings_of(each->data()) == "");
  }
  check_forgotten(office);
  CHECK_FALSE(has_key(office, ref));
  CHECK(holders(first.data(), "Olufine") != "");
}

TEST_CASE("at an enrolled till nobody is erased for being idle by the till itself") {
  Till till;
  const auto data = till.data();
  till.book.reset();
  Settings settings = keepsake::test::shop_settings();
  settings.retention = {6, 30, {}};
  REQUIRE(write_settings(data, settings).ok());
  till.book = std::move(*Book::open(data, till.clock));
  const CustomerRef ref = till.enrol(person("Kunigunde", 1));
  for (int n = 0; n < 8; ++n) {
    till.clock.advance(std::chrono::hours(24 * 31));
    REQUIRE(till.book->look_at_clock().ok());
  }
  CHECK(till.book->retention_due(till.clock.now())->customers.size() == 1);
  HeadOffice office;
  till.enrol_at(office);
  const auto due = till.book->retention_due(till.clock.now());
  CHECK(due->customers.empty());
  CHECK(due->by_head_office);
  const auto done = till.book->run_retention(till.clock.now(), Authority::person);
  REQUIRE_MESSAGE(done.ok(), keepsake::test::why(done));
  CHECK(done->customers_erased == 0);
  CHECK_FALSE((*till.reader()->customer_profile(ref))->erased);
}

TEST_CASE("idle at every store is erased by head office; active at another one is kept") {
  HeadOffice office;
  Till here, elsewhere;
  here.enrol_at(office, "Lysvik");
  elsewhere.enrol_at(office, "Sunne");
  const CustomerRef idle = here.enrol(person("Kunigunde", 1));
  const CustomerRef active = here.enrol(person("Olufine", 2));
  here.sync();
  const auto known = LookUps(*elsewhere.book).ask({ContactKind::phone, "+4791000002"});
  REQUIRE(known.ok());
  REQUIRE(*known);
  elsewhere.sync();
  // Who joined before the one day, and did nothing after it, is idle.
  const Instant joined = here.clock.now();
  office.clock.advance(std::chrono::milliseconds(joined.ms - office.clock.now().ms) +
                       std::chrono::hours(24 * 34));
  elsewhere.clock.advance(std::chrono::hours(24 * 8));
  Purchase bought =
      keepsake::test::purchase(elsewhere.clock, {keepsake::test::line("1001", 1, 9900)});
  bought.customer = active;
  elsewhere.record(bought);
  elsewhere.sync();
  central::Publication publication;
  publication.what = "settings";
  publication.made_by = "shell:anna";
  publication.at = office.clock.now();
  REQUIRE(central::ask_to_publish(office.data(), publication,
                                  {ChainSettings{"[retention]\ncustomers_inactive_months = 1\n"}})
              .ok());
  const auto reader = central::open_records(office.data());
  const auto due = central::find_idle(**reader, "Lysvik", office.clock.now());
  REQUIRE(due.size() == 1);
  publication.what = "retention";
  publication.store = "Lysvik";
  for (const auto& facts : central::publications_of(due.front()))
    REQUIRE(central::ask_to_publish(office.data(), publication, facts).ok());
  for (Till* each : {&here, &elsewhere}) each->sync();
  CHECK((*here.reader()->customer_profile(idle))->erased);
  CHECK_FALSE((*here.reader()->customer_profile(active))->erased);
  CHECK(holders(here.data(), "Kunigunde") == "");
  CHECK(eventually([&] { return holders(office.data(), "Kunigunde").empty(); }));
  CHECK_FALSE(has_key(office, idle));
  CHECK(has_key(office, active));
}

}  // namespace keepsake::sync::test
