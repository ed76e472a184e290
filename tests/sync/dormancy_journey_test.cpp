// Customers who leave a store and come back, both ends over real TLS on loopback.

#include <algorithm>
#include <doctest/doctest.h>

#include "storage/book/snapshot_intake.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/customer/search.hpp"
#include "storage/domain/staff/exception_view.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/whole_file.hpp"
#include "storage/services/customers.hpp"
#include "sync/agent/look_up.hpp"
#include "sync/agent/puller.hpp"
#include "tests/support/any_day.hpp"
#include "tests/support/same_records.hpp"
#include "tests/sync/leaving.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

using keepsake::test::line;
using keepsake::test::records_of_store;
using keepsake::test::why;

const ContactKey by_karis_phone{ContactKind::phone, "+4791234567"};

std::string note_at(Till& till) {
  static constexpr Sql note{"test.note", "SELECT coalesce(text, '-') FROM customer_note"};
  const auto database = sqlite::open(till.data() / "keepsake.db", {.mode = sqlite::Mode::reader});
  const auto row = (*database)->query(note);
  return row->step() ? std::string(row->text(0)) : std::string();
}

/// Two tills of Lysvik and one of Sunne; Kari joined at Lysvik and has bought there.
struct LeavingStores {
  HeadOffice office;
  Till first, second, sunne;
  CustomerRef kari;

  LeavingStores() {
    first.enrol_at(office, "Lysvik");
    second.enrol_at(office, "Lysvik");
    sunne.enrol_at(office, "Sunne");
    for (Till* each : {&first, &sunne}) each->record(keepsake::test::programme());
    Profile profile;
    profile.name = "Kari Nordmann";
    profile.phone = by_karis_phone.value;
    profile.email = "kari@example.com";
    kari = first.enrol(profile, "C-1");
    buys(first, 1000);
    set_member_pin(*first.book, kari, "2846", {"anna", first.clock.local_now()}).value();
    add_note(*first.book, kari, "Likes lamps", {"anna", first.clock.local_now()}).value();
    exchange();
    publish_settings(office, "[customers]\nidle_days = 20\nlooked_up_days = 10\n");
  }
  std::vector<Till*> all() { return {&first, &second, &sunne}; }
  void exchange() {
    for (int round = 0; round < 2; ++round)
      for (Till* each : all()) each->sync();
  }
  void buys(Till& till, std::int64_t points) {
    Purchase bought = keepsake::test::purchase(till.clock, {line("1001", 1, 10000)});
    bought.customer = kari;
    bought.programme_version = 1;
    bought.points_earned = {points * 100};
    till.record(bought);
  }
  std::optional<CustomerRef> found_at(Till& till) {
    return till.reader()->customer_by_key(by_karis_phone).value();
  }
  bool has_key(Till& till) { return till.book->vault().has_key(kari).value(); }
  CustomerView view_at(Till& till) { return *till.reader()->customer(kari).value(); }
  void check_gone(Till& till) {
    CHECK_FALSE(found_at(till));
    CHECK_FALSE(till.reader()->customer_by_card("C-1").value());
    CHECK(till.reader()->search_customers("kari", 10)->empty());
    CHECK_FALSE(has_key(till));
    CHECK(view_at(till).profile.name.empty());
    CHECK(till.reader()->customers_after({}, 10)->empty());
    check_sound(till);
  }
  void check_whole(Till& till, std::int64_t points) {
    CHECK(found_at(till) == kari);
    CHECK(till.reader()->customer_by_card("C-1").value() == kari);
    CHECK(view_at(till).profile.name == "Kari Nordmann");
    CHECK(view_at(till).profile.email == "kari@example.com");
    CHECK(view_at(till).balance.hundredths == points * 100);
    CHECK(till.reader()->customer_profile(kari).value()->consents.size() == 1);
    CHECK(note_at(till) == "Likes lamps");
    const auto reader = till.reader();
    CHECK(
        check_member_pin(*till.book, *reader, {kari, {}}, "2846", PinPlace::stand, till.clock.now())
            .ok());
    CHECK(has_key(till));
    check_sound(till);
  }
  static void check_sound(Till& till) {
    CHECK(keepsake::test::rebuilt(till) == "");
    CHECK(keepsake::test::findings_of(till.data()) == "");
  }
};

bool stands_in(const std::filesystem::path& folder, std::string_view value) {
  for (const auto& each : std::filesystem::directory_iterator(folder)) {
    if (!each.is_regular_file() || each.path().extension() == ".toml") continue;
    if (read_whole(each.path(), 1U << 30U).value().find(value) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a customer who was not seen for long leaves the store's tills, and comes back whole") {
  LeavingStores chain;
  const Totals before = chain.first.totals();
  pass_days(chain.office, 25);
  chain.exchange();
  for (Till* each : {&chain.first, &chain.second}) {
    chain.check_gone(*each);
    // Figures are what they were: of sales, of points, and of whom the store ever knew.
    CHECK(each->totals().purchases == before.purchases);
    CHECK(each->totals().customers == before.customers);
    CHECK(each->totals().points_outstanding == before.points_outstanding);
  }
  CHECK(LookUps(*chain.second.book).ask(by_karis_phone).value());
  chain.exchange();
  for (Till* each : {&chain.first, &chain.second}) chain.check_whole(*each, 1000);
  CHECK(records_of_store(chain.first.data()) == records_of_store(chain.second.data()));
}

TEST_CASE(
    "a till without a line that had not heard of it sells on, and nothing is lost or doubled") {
  LeavingStores chain;
  pass_days(chain.office, 25);
  chain.second.sync();
  chain.check_gone(chain.second);
  // The other till sells to her, writes a change of hers, and has no line.
  chain.buys(chain.first, 500);
  ProfileChange moved;
  moved.added = {{ContactKind::email, "kari@work.example", "work"}};
  REQUIRE(
      change_customer(*chain.first.book, chain.kari, moved, {"anna", chain.first.clock.local_now()})
          .ok());
  chain.exchange();
  for (Till* each : {&chain.first, &chain.second}) {
    chain.check_whole(*each, 1500);
    CHECK(each->reader()->customer_profile(chain.kari).value()->contacts.size() == 4);
  }
}

TEST_CASE("what a till had on top when a customer leaves stays, sealed, until they are back") {
  LeavingStores chain;
  pass_days(chain.office, 25);
  // It pulls before it pushes: the sale lies on top of the news that she left.
  chain.buys(chain.first, 500);
  ProfileChange moved;
  moved.fields = {{std::string(customer_field::name), "Kari Berg"}};
  REQUIRE(
      change_customer(*chain.first.book, chain.kari, moved, {"anna", chain.first.clock.local_now()})
          .ok());
  auto puller = Puller::open(*chain.first.book, chain.office.clock);
  REQUIRE(puller.ok());
  REQUIRE((*puller)->pull(std::chrono::seconds(0)).ok());
  chain.check_gone(chain.first);
  CHECK(chain.view_at(chain.first).balance.hundredths == 150000);
  chain.exchange();
  for (Till* each : {&chain.first, &chain.second}) {
    CHECK(chain.view_at(*each).profile.name == "Kari Berg");
    CHECK(chain.view_at(*each).balance.hundredths == 150000);
    LeavingStores::check_sound(*each);
  }
}

// As odoo/odoo#128380, #164603 and #245874 tell of tills that load some of the customers: a card that is
// scanned, and a sale that is opened again, of somebody who is not there.
TEST_CASE(
    "a card of whoever left is found by a look-up, and goods that they bring back find them") {
  LeavingStores chain;
  const auto sold = chain.first.reader()->last_purchases(chain.kari, 1).value();
  pass_days(chain.office, 25);
  chain.exchange();
  SUBCASE("a card") { CHECK(LookUps(*chain.second.book).ask({ContactKind::card, "C-1"}).value()); }
  SUBCASE("goods") {
    REQUIRE(sold.size() == 1);
    const auto bought = chain.second.reader()->purchase(sold.front().id).value();
    REQUIRE(bought.has_value());
    CHECK(bought->customer == chain.kari);  // by a reference that names nobody
    Return back = keepsake::test::bring_back(chain.second.clock, *bought, sold.front().id, 0, 1);
    back.points_reversed = {0};
    chain.second.record(back);
  }
  chain.exchange();
  for (Till* each : {&chain.first, &chain.second}) chain.check_whole(*each, 1000);
}

TEST_CASE("idle at one store and a customer of another: what happened there comes with them") {
  LeavingStores chain;
  CHECK(LookUps(*chain.sunne.book).ask(by_karis_phone).value());
  chain.exchange();
  for (int n = 0; n < 3; ++n) {
    pass_days(chain.office, 9);
    chain.buys(chain.sunne, 100);
    chain.exchange();
  }
  chain.check_gone(chain.first);
  CHECK(chain.view_at(chain.first).balance.hundredths < 130000);  // it hears no news of her
  chain.check_whole(chain.sunne, 1300);
  CHECK(LookUps(*chain.first.book).ask(by_karis_phone).value());
  chain.exchange();
  for (Till* each : chain.all()) chain.check_whole(*each, 1300);
}

TEST_CASE(
    "without a line their card is nobody's; who is enrolled again with it is told from them") {
  LeavingStores chain;
  pass_days(chain.office, 25);
  chain.exchange();
  chain.check_gone(chain.second);
  Profile again;
  again.name = "Kari N.";
  const CustomerRef other = chain.second.enrol(again, "C-1");
  Purchase bought = keepsake::test::purchase(chain.second.clock, {line("1001", 1, 10000)});
  bought.customer = other;
  chain.second.record(bought);
  CHECK(chain.second.reader()->customer_by_card("C-1").value() == other);
  chain.exchange();
  for (Till* each : {&chain.first, &chain.second}) {
    chain.check_whole(*each, 1000);  // the card is whose it was
    CHECK(each->reader()->customer(other).value()->profile.name == "Kari N.");
    CHECK(each->reader()->customer(other).value()->card.empty());
  }
  const auto open = *chain.second.reader()->open_exceptions(10);
  const auto of_dates = [](const ExceptionView& each) { return each.name.code == "date.behind"; };
  // Beside the sale by the till's clock, which stood still for those 25 days.
  CHECK(open.size() - static_cast<std::size_t>(std::ranges::count_if(open, of_dates)) == 1);
  // And a person makes one of the two.
  REQUIRE(merge_customers(*chain.second.book, chain.kari, other, "by hand",
                          {"anna", chain.second.clock.local_now()})
              .ok());
  chain.exchange();
  CHECK(records_of_store(chain.first.data()) == records_of_store(chain.second.data()));
}

TEST_CASE(
    "a new till gets a snapshot in which nothing can be read of who left, and base and rebuild "
    "hold") {
  LeavingStores chain;
  chain.first.sell(40);
  chain.exchange();
  chain.office.stop();
  chain.office.worth = 10;
  chain.office.start();
  Till early;
  early.enrol_at(chain.office, "Lysvik");
  early.sync();
  REQUIRE(chain.found_at(early) == chain.kari);
  Till late;
  late.enrol_at(chain.office, "Lysvik");  // and is not switched on before she has left
  pass_days(chain.office, 25);
  for (Till* each : {&early, &late}) {
    for (int n = 0; n < 3; ++n) each->sync();
    chain.check_gone(*each);
    CHECK(each->reader()->totals()->purchases == chain.first.totals().purchases);
  }
  REQUIRE(late.book->checkpoint().ok());
  CHECK_FALSE(stands_in(late.data(), "Nordmann"));
  CHECK_FALSE(stands_in(late.data(), "+4791234567"));
  CHECK(LookUps(*late.book).ask(by_karis_phone).value());
  for (Till* each : {&early, &late}) {
    each->sync();
    chain.check_whole(*each, 1000);
  }
  late.book.reset();
  late.book = Book::open(late.data(), late.clock).value();
  chain.check_whole(late, 1000);
}

TEST_CASE("erased while they were away: the store's tills hear it, and nothing comes back") {
  LeavingStores chain;
  CHECK(LookUps(*chain.sunne.book).ask(by_karis_phone).value());
  chain.exchange();
  pass_days(chain.office, 9);
  chain.buys(chain.sunne, 100);
  chain.exchange();
  pass_days(chain.office, 12);
  chain.exchange();
  chain.check_gone(chain.first);
  REQUIRE(chain.sunne.book->erase(chain.kari, "request", "per").ok());
  chain.exchange();
  for (Till* each : chain.all()) {
    CHECK_FALSE(chain.found_at(*each));
    CHECK_FALSE(chain.has_key(*each));
    CHECK(each->reader()->customer_profile(chain.kari).value()->erased);
    LeavingStores::check_sound(*each);
  }
  CHECK_FALSE(LookUps(*chain.first.book).ask(by_karis_phone).value());
  chain.exchange();
  CHECK_FALSE(chain.has_key(chain.first));
}

TEST_CASE("head office put back from a copy of before they left gives the tills their keys again") {
  LeavingStores chain;
  const auto copy = chain.first.folder.path() / "central-copy.db";
  chain.office.back_up(copy);
  pass_days(chain.office, 25);
  chain.exchange();
  chain.check_gone(chain.first);
  chain.office.clock.advance(-std::chrono::hours(24 * 25));  // or she would leave at once
  chain.office.restore(copy);
  chain.exchange();
  for (Till* each : {&chain.first, &chain.second}) chain.check_whole(*each, 1000);
}

}  // namespace keepsake::sync::test
