// What one till does is known at the next: both ends in one process, over real TLS on loopback.

#include <atomic>
#include <deque>
#include <doctest/doctest.h>

#include "storage/book/rebuild.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/customer/search.hpp"
#include "storage/domain/feed.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/services/customers.hpp"
#include "sync/agent/identity.hpp"
#include "sync/agent/puller.hpp"
#include "sync/central/feed.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"
#include "tests/support/any_day.hpp"
#include "tests/support/traces.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

using keepsake::test::line;
using keepsake::test::rebuilt;

Profile kari() {
  Profile profile;
  profile.name = "Kari Nordmann";
  profile.phone = "+4791234567";
  return profile;
}

void buys(Till& till, const CustomerRef& customer) {
  Purchase bought = keepsake::test::purchase(till.clock, {line("1001", 1, 10000)});
  bought.customer = customer;
  bought.programme_version = 1;
  bought.points_earned = {100000};
  till.record(bought);
}

/// Everything of a till's totals that its store's tills and head office agree on.
void check_same(Till& till, const StoreStatus& theirs) {
  const Totals ours = till.totals();
  CHECK(ours.purchases == theirs.purchases);
  CHECK(ours.purchase_minor == theirs.purchase_minor);
  CHECK(ours.returns == theirs.returns);
  CHECK(ours.customers == theirs.customers);
  CHECK(ours.warranties == theirs.warranties);
  CHECK(ours.points_outstanding.hundredths == theirs.points_outstanding_hundredths);
  CHECK(rebuilt(till) == "");
  CHECK(keepsake::test::findings_of(till.data()) == "");
}

}  // namespace

TEST_CASE(
    "who joins at one till is known at the next, and figures are equal at both and head office") {
  HeadOffice office;
  Till first, second;
  first.enrol_at(office);
  second.enrol_at(office);
  first.record(keepsake::test::programme());
  const CustomerRef customer = first.enrol(kari(), "C-1");
  buys(first, customer);
  CHECK(first.sync().up_to_date);
  second.sync();
  CHECK(second.reader()->customer_by_phone("+4791234567").value() == customer);
  CHECK(second.reader()->customer_by_card("C-1").value() == customer);
  CHECK(second.reader()->programme()->version == 1);
  buys(second, customer);
  second.sync();
  first.sync();
  CHECK(office.store().points_outstanding_hundredths == 200000);
  check_same(first, office.store());
  check_same(second, office.store());
}

TEST_CASE("what stores have apart stays apart") {
  HeadOffice office;
  Till here, elsewhere;
  here.enrol_at(office, "Lysvik");
  elsewhere.enrol_at(office, "Sunne");
  here.sell(3);
  here.sync();
  elsewhere.sync();
  CHECK(elsewhere.totals().purchases == 0);
}

TEST_CASE("a till with a year behind it joins a store that has one too") {
  HeadOffice office;
  Till first, second;
  for (Till* each : {&first, &second}) {
    each->record(ShiftOpening{each->clock.local_now(), "anna", keepsake::test::kroner(50000)});
    each->enrol({}, each == &first ? "C-1" : "C-2");
    each->sell(600);
    each->enrol_at(office);
  }
  for (int round = 0; round < 2; ++round)
    for (Till* each : {&first, &second}) each->sync();
  CHECK(office.store().purchases == 1200);
  check_same(first, office.store());
  check_same(second, office.store());
  CHECK(first.reader()->open_shift().value()->id != second.reader()->open_shift().value()->id);
}

TEST_CASE("prices wait for the end of a sale, and nothing else does") {
  HeadOffice office;
  Till sender, receiver;
  sender.enrol_at(office);
  receiver.enrol_at(office);
  std::atomic<bool> selling = true;
  std::atomic<int> news = 0;
  const auto agent = Agent::start(
      *receiver.book, office.clock, [] {}, [&] { ++news; }, [&] { return selling.load(); });
  const auto until = [](const auto& holds) {
    for (int tries = 0; tries < 400 && !holds(); ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(25));
    return holds();
  };
  const CustomerRef customer = sender.enrol(kari(), "C-1");
  sender.sync();
  CHECK(until([&] { return receiver.reader()->customer_by_card("C-1").value() == customer; }));
  Article mug;
  mug.code = "MUG";
  mug.name = "Mug";
  mug.price = UnitPrice::from_minor(4990);
  mug.tax = {2500};
  sender.record(CatalogueChange{{mug}, {}});
  sender.sync();
  const auto sold_here = [&] {
    return receiver.reader()->article_by_code("MUG").value().has_value();
  };
  std::this_thread::sleep_for(std::chrono::milliseconds(800));
  CHECK_FALSE(sold_here());
  const int before = news;
  selling = false;
  CHECK(until(sold_here));
  CHECK(until([&] { return news > before; }));
}

TEST_CASE("prices on earlier pages wait too, when the last page has none") {
  HeadOffice office;
  Till sender, receiver;
  sender.enrol_at(office);
  receiver.enrol_at(office);
  receiver.sync();
  std::vector<Fact> facts;
  for (std::size_t n = 0; n < limits::feed_entries; ++n) {
    Article article;
    article.code = "A-" + std::to_string(n);
    article.name = "Article";
    article.price = UnitPrice::from_minor(100);
    article.tax = {2500};
    facts.emplace_back(CatalogueChange{{article}, {}});
  }
  REQUIRE(sender.book->record_all(facts).ok());
  sender.sell(10);
  sender.sync();
  const auto known = [&](const char* code) {
    return receiver.reader()->article_by_code(code).value().has_value();
  };
  const auto puller = Puller::open(*receiver.book, receiver.clock).value();
  const auto pull = [&](Puller::Prices prices) {
    return puller->pull(std::chrono::seconds(0), prices).value();
  };
  CHECK(pull(Puller::Prices::wait).waits);
  const auto first = pull(Puller::Prices::may_change);
  CHECK_FALSE(first.has_all);
  CHECK_FALSE(known("A-0"));
  CHECK(pull(Puller::Prices::wait).waits);
  CHECK(pull(Puller::Prices::wait).waits);
  CHECK_FALSE(known("A-0"));
  const auto last = pull(Puller::Prices::may_change);
  CHECK(last.has_all);
  CHECK(known("A-0"));
  CHECK(known("A-499"));
  CHECK(receiver.totals().purchases == 10);
}

TEST_CASE("a sale is at the next till within the time of a push") {
  HeadOffice office;
  Till first, second;
  first.enrol_at(office);
  second.enrol_at(office);
  std::atomic<int> news = 0;
  const auto sender = Agent::start(
      *first.book, first.clock, [] {}, [] {});
  const auto receiver = Agent::start(
      *second.book, second.clock, [] {}, [&] { ++news; });
  REQUIRE(eventually([&] { return receiver->state().up_to_date.has_value(); }));
  for (int sale = 1; sale <= 3; ++sale) {
    first.sell(1);
    sender->nudge();
    // Far below the time that a pull without news takes.
    CHECK(eventually([&] { return second.totals().purchases == sale; }, std::chrono::seconds(8)));
  }
  CHECK(eventually([&] { return news == 3; }));
}

TEST_CASE("an erasure at one till erases at the next, keys and all") {
  HeadOffice office;
  Till first, second;
  first.enrol_at(office);
  second.enrol_at(office);
  first.record(keepsake::test::programme());
  const CustomerRef customer = first.enrol(kari(), "C-1");
  first.sync();
  second.sync();
  const auto has_key = [&](Till& till) {
    auto& vault = till.book->vault();
    return !vault.seal_keys_for({&customer, 1}, vault.box_public())->empty();
  };
  REQUIRE(has_key(second));
  // The next till has work on top that names the customer.
  buys(second, customer);
  const Actor anna{"anna", second.clock.local_now()};
  REQUIRE(add_note(*second.book, customer, "Has a dog called Fido", anna).ok());
  ProfileChange move;
  move.fields = {{"postcode", "9990"}};
  move.added = {{ContactKind::email, "kari.nordmann@example.org", ""}};
  REQUIRE(change_customer(*second.book, customer, move, anna).ok());
  REQUIRE(first.book->erase(customer, "asked", "anna").ok());
  first.sync();
  second.sync();
  CHECK_FALSE(second.reader()->customer_by_phone("+4791234567").value());
  CHECK(second.reader()->search_customers("Kari", 10)->empty());
  CHECK_FALSE(has_key(second));
  CHECK_FALSE(second.reader()->customer_by_email("kari.nordmann@example.org").value());
  REQUIRE(second.book->checkpoint().ok());
  for (const char* trace : {"Kari Nordmann", "kari.nordmann", "called Fido", "+4791234567"})
    CHECK_MESSAGE(keepsake::test::holders(second.data(), trace) == "", trace);
  first.sync();
  check_same(first, office.store());
  check_same(second, office.store());
}

TEST_CASE("head office restored from an older copy goes on, and everybody agrees again") {
  HeadOffice office;
  Till first, second;
  first.enrol_at(office);
  second.enrol_at(office);
  first.sell(5);
  first.sync();
  second.sync();
  const auto copy = office.data() / ".." / "copy.db";
  office.back_up(copy);
  second.sell(4);
  second.sync();
  first.sync();
  CHECK(first.totals().purchases == 9);
  office.restore(copy);
  CHECK(office.store().purchases == 5);
  second.sell(1);
  for (int round = 0; round < 2; ++round)
    for (Till* each : {&first, &second}) each->sync();
  CHECK(office.store().purchases == 10);
  check_same(first, office.store());
  check_same(second, office.store());
}

TEST_CASE("a copied database that knows fewer places than a terminal begins another order") {
  HeadOffice office;
  Till first, second;
  first.enrol_at(office);
  second.enrol_at(office);
  first.sell(2);
  first.sync();
  second.sync();
  office.stop();
  const auto copy = office.data() / ".." / "copy.db";
  std::filesystem::copy_file(office.data() / "central.db", copy);
  office.start();
  first.sell(2);
  first.sync();
  second.sync();
  office.stop();
  std::filesystem::copy_file(copy, office.data() / "central.db",
                             std::filesystem::copy_options::overwrite_existing);
  office.start();
  for (int round = 0; round < 3; ++round)
    for (Till* each : {&second, &first}) each->sync();
  CHECK(office.store().purchases == 4);
  check_same(first, office.store());
  check_same(second, office.store());
}

TEST_CASE("a page that was signed for another terminal, or by nobody, changes nothing") {
  HeadOffice office;
  Till first, second, third;
  const Enrolment one = first.enrol_at(office);
  const Enrolment two = second.enrol_at(office);
  third.enrol_at(office);
  third.sell(1);
  third.sync();
  const auto asked = [](const Enrolment& enrolment) {
    return HttpRequest{
        "GET", feed_path(enrolment.terminal, enrolment.epoch, {}, std::chrono::seconds(0)), {}, {}};
  };
  // Only the terminal itself is told.
  const auto foreign = connect(second, two)->exchange(asked(one));
  REQUIRE(foreign.ok());
  CHECK(foreign->status == 403);
  CHECK(decode_problem(foreign->body)->code == "certificate.terminal");
  // A centre that signs with another key is not ours.
  Enrolment doubted = one;
  doubted.central_sign_public[0] = static_cast<char>(doubted.central_sign_public[0] ^ 1);
  Puller deceived(*first.book, first.clock, {doubted, connect(first, one)}, first.reader());
  CHECK(deceived.pull(std::chrono::seconds(0)).error().code == "answer.untrusted");
  CHECK(first.totals().purchases == 0);
  Puller sound(*first.book, first.clock, {one, connect(first, one)}, first.reader());
  CHECK(sound.pull(std::chrono::seconds(0))->news);
  CHECK(first.totals().purchases == 1);
}

TEST_CASE("head office can be stopped while terminals wait for news") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = till.enrol_at(office);
  till.sync();
  Puller puller(*till.book, till.clock, {enrolment, connect(till, enrolment)}, till.reader());
  REQUIRE(puller.pull(std::chrono::seconds(0)).ok());
  std::jthread waiting([&] { static_cast<void>(puller.pull(std::chrono::seconds(25))); });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  const auto begun = std::chrono::steady_clock::now();
  office.stop();
  waiting.join();
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(15));
}

}  // namespace keepsake::sync::test
