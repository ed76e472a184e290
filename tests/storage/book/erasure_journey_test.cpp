// Erasing a customer: nothing personal is left in any file of the folder, sums stay, and retention
// rules do it by themselves.
#include <doctest/doctest.h>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/rebuild.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/customer/search.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/domain/warranty/warranty.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/services/customers.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/shop.hpp"
#include "tests/support/staff.hpp"
#include "tests/support/traces.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

/// A customer with everything that can be known, amid others, so that pages split and fill.
CustomerRef well_known(Shop& shop) {
  CustomerRef ref;
  for (int n = 0; n < 60; ++n) {
    const auto one = n == 30 ? shop.enrol(person("Kunigunde", n), "JOINCARD4433")
                             : shop.enrol(person("Olufine", n));
    if (n == 30) ref = one;
  }
  const auto change = [&](const ProfileChange& what) {
    REQUIRE(change_customer(*shop.book, ref, what, hand(shop)).ok());
  };
  change({{{"gender", "genderwords"}, {"postcode", "POSTCODE77"}},
          {{ContactKind::phone, "+4798765432", ""},
           {ContactKind::email, "second@example.org", ""},
           {ContactKind::card, "CARD99887766", ""},
           {ContactKind::address, "Fjellveien 4321", "home"}},
          {}});
  change({{{"postcode", "POSTCODE88"}, {"heard_from", "heardfromwords"}}, {}, {}});
  for (int n = 0; n < 20; ++n)
    REQUIRE(add_note(*shop.book, ref, "notewords number " + std::to_string(n), hand(shop)).ok());
  for (int n = 0; n < 60; ++n) shop.enrol(person("Olufine", 100 + n));
  Purchase bought = purchase(shop.clock, {line("1001", 2, 9900)});
  bought.customer = ref;
  shop.record(bought);
  return ref;
}

constexpr const char* personal[] = {
    "Kunigunde", "JOINCARD4433", "Etternavn30", "Kunigunde30@example.no", "+4791000030",
    "Kunigunde gate", "genderwords", "POSTCODE77", "POSTCODE88", "+4798765432",
    "second@example.org", "CARD99887766", "Fjellveien 4321", "heardfromwords", "notewords",
    // as the search folds them
    "kunigunde", "etternavn30", "91000030", "03000019", "98765432", "card99887766", "joincard4433"};

}  // namespace

TEST_CASE("nothing of an erased customer is left in any file and the sums stay") {
  Shop shop;
  const CustomerRef ref = well_known(shop);
  REQUIRE(shop.book->checkpoint().ok());
  CHECK(holders(shop.data(), "Kunigunde").find("keepsake.db") != std::string::npos);
  CHECK(holders(shop.data(), "kunigunde").find("keepsake.db") != std::string::npos);
  CHECK(shop.reader()->search_customers("kunigunde", 20)->size() == 1);
  CHECK(shop.reader()->customer_by_card("JOINCARD4433")->value() == ref);
  Totals before = *shop.reader()->totals();
  const std::string hash = shop.book->vault().lookup_hash("phone", "+4791000030");

  const auto erased = shop.book->erase(ref, "request", "marit");
  REQUIRE_MESSAGE(erased.ok(), why(erased));
  for (const char* value : personal) {
    CAPTURE(value);
    CHECK(holders(shop.data(), value) == "");
  }
  CHECK(holders(shop.data(), hash) == "");
  CHECK(holders(shop.data(), "Olufine Etternavn31") != "");

  Totals after = *shop.reader()->totals();
  CHECK(after.facts == before.facts + 1);
  after.facts = before.facts;
  CHECK(after == before);
  CHECK(findings_of(shop.data()) == "");
  CHECK(rebuilt(shop) == "");
  const auto view = **shop.reader()->customer(ref);
  CHECK(view.profile == Profile{});
  CHECK(view.last_purchases.size() == 1);
  CHECK((*shop.reader()->customer_profile(ref))->erased);
  CHECK_FALSE(shop.reader()->customer_by_card("CARD99887766")->has_value());
  CHECK_FALSE(shop.reader()->customer_by_card("JOINCARD4433")->has_value());
  CHECK_FALSE(shop.reader()->customer_by_phone("+4791000030")->has_value());
  CHECK(shop.reader()->search_customers("kunigunde", 20)->empty());
  CHECK(shop.reader()->search_customers("etternavn31", 20)->size() == 1);
  CHECK(shop.reader()->timeline(ref, {}, 10)->front().kind == TimelineKind::erased);
  CHECK(shop.reader()->audit(ref, 1)->front().action == AuditAction::erased);
  CHECK(add_note(*shop.book, ref, "again", hand(shop)).error().code == "customer.erased");
  CHECK(shop.book->erase(ref, "request", "marit").ok());
  CHECK(shop.reader()->head()->seq == static_cast<Seq>(before.facts) + 1);
}

TEST_CASE("a person is erased under every reference they had") {
  Shop shop;
  const CustomerRef kept = shop.enrol(person("Kunigunde", 1), "JOINCARD4433");
  const CustomerRef merged = shop.enrol(person("Kunigunde", 2), "JOINCARD5544");
  REQUIRE(merge_customers(*shop.book, kept, merged, "by hand", hand(shop)).ok());
  REQUIRE(shop.book->erase(merged, "request", "marit").ok());
  for (const char* value : {"Kunigunde", "JOINCARD4433", "JOINCARD5544"}) {
    CAPTURE(value);
    CHECK(holders(shop.data(), value) == "");
  }
  CHECK_FALSE(shop.reader()->customer_by_card("JOINCARD5544")->has_value());
  const auto refs = std::vector<CustomerRef>{kept, merged};
  CHECK(shop.book->vault().seal_keys_for(refs, shop.book->vault().box_public())->empty());
  CHECK(rebuilt(shop) == "");
}

TEST_CASE("an erasure that a reader held up is finished later") {
  Shop shop;
  const CustomerRef ref = shop.enrol(person("Kunigunde", 1));
  {
    auto reading = sqlite::open(shop.data() / "keepsake.db", {.mode = sqlite::Mode::reader});
    REQUIRE(reading.ok());
    Transaction moment(**reading);
    (*reading)->execute("SELECT count(*) FROM customer");
    CHECK(shop.book->erase(ref, "request", "").error().code == "erase.readers");
    CHECK((*shop.reader()->customer_profile(ref))->erased);
  }
  CHECK(holders(shop.data(), "Kunigunde") != "");
  const auto data = shop.data();
  SUBCASE("by asking again") { REQUIRE(shop.book->erase(ref, "request", "").ok()); }
  SUBCASE("when the book is opened") {
    shop.book.reset();
    shop.book = std::move(*Book::open(data, shop.clock));
  }
  CHECK(holders(data, "Kunigunde") == "");
  CHECK(shop.reader()->head()->seq == 2);
}

TEST_CASE("retention rules erase who has not been seen and run twice change nothing") {
  Shop shop;
  const auto data = shop.data();
  shop.book.reset();
  Settings settings = shop_settings();
  settings.retention = {24, 30, {}};
  REQUIRE(write_settings(data, settings).ok());
  shop.book = std::move(*Book::open(data, shop.clock));

  const CustomerRef idle = shop.enrol(person("Kunigunde", 1));
  const CustomerRef covered = shop.enrol(person("Olufine", 2));
  const CustomerRef buyer = shop.enrol(person("Olufine", 3));
  const CustomerRef spoken = shop.enrol(person("Olufine", 4));
  WarrantyRegistration registration;
  registration.article = "1002";
  registration.article_name = "Lamp";
  const LineWarranty lamp = item("SN100");
  registration.maker = lamp.maker;
  registration.serial = registration.serial_typed = lamp.serial;
  registration.covers = lamp.covers;
  registration.covers.front().dates.end = std::chrono::year(2040) / 1 / 1;
  registration.customer = covered;
  registration.at = shop.clock.local_now();
  shop.record(registration);
  REQUIRE(shop.book->audit({shop.clock.local_now(), "anna", AuditAction::looked, idle}).ok());

  CHECK(*shop.book->run_retention(shop.clock.now()) == RetentionDone{});
  shop.clock.advance(std::chrono::days(400));
  Purchase bought = purchase(shop.clock, {line("1001", 1, 9900)});
  bought.customer = buyer;
  shop.record(bought);
  shop.record(
      WalletChange{shop.clock.local_now(), "anna", spoken, WalletState::blocked, "lost phone"});
  shop.clock.advance(std::chrono::days(400));
  CHECK(shop.book->run_retention(shop.clock.now()).error().code == "clock.ahead");
  REQUIRE(shop.book->confirm_clock().ok());
  const auto done = shop.book->run_retention(shop.clock.now());
  REQUIRE_MESSAGE(done.ok(), why(done));
  CHECK(done->customers_erased == 1);
  CHECK(done->audit_removed == 2);  // the look and the word about the wallet
  CHECK(holders(data, "Kunigunde") == "");
  CHECK((*shop.reader()->customer_profile(idle))->erased);
  CHECK_FALSE((*shop.reader()->customer_profile(covered))->erased);
  CHECK_FALSE((*shop.reader()->customer_profile(buyer))->erased);
  CHECK_FALSE((*shop.reader()->customer_profile(spoken))->erased);
  CHECK(*shop.book->run_retention(shop.clock.now()) == RetentionDone{});
  CHECK(findings_of(data) == "");
  CHECK(rebuilt(shop) == "");
}
