// A customer erased at a terminal is forgotten at the centre too, over real TLS.
#include <doctest/doctest.h>

#include "storage/book/enrolment.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/services/customers.hpp"
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

void check_forgotten(const HeadOffice& office) {
  for (const char* value : personal) {
    CAPTURE(std::string(value));
    CHECK(holders(office.data(), value) == "");
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

}  // namespace keepsake::sync::test
