#include "kiosk/app/chores.hpp"

#include <condition_variable>
#include <doctest/doctest.h>
#include <mutex>

#include "kiosk/app/sale_jobs.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/services/expiry.hpp"
#include "tests/support/club.hpp"

using namespace keepsake;
using namespace keepsake::app;
using namespace std::chrono_literals;

namespace {

Programme club(std::int32_t version, const std::string& expiry) {
  Programme programme = test::programme(version);
  programme.source =
      "name = \"Fjord Club\"\ncurrency = \"NOK\"\n[earn]\npoints = 1\nfor_each = \"10.00\"\n" +
      expiry;
  return programme;
}

/// A book whose programme lets points expire after thirty days, if not otherwise said.
struct Lapsing : test::Shop {
  CustomerRef member;
  CurrentProgramme programme{*book};
  explicit Lapsing(const std::string& expiry = "[expiry]\nkind = \"days\"\ncount = 30\n") {
    record(club(1, expiry));
    member = enrol({}, "C-1");
    const auto active = active_programme(*book, *reader());
    REQUIRE(active.ok());
    const loyalty::Rules& rules = active->rules;
    const auto state = reader()->member(member, rules, clock.local_now());
    const SaleContext context{clock.local_now(), "anna", {}, member, *reader()->programme(), {}};
    const Money due = test::kroner(50'000);
    const auto purchase =
        to_purchase(test::Club::basket(1, due.minor), {{TenderKind::cash, due, due, ""}}, context,
                    {}, rules, *state);
    REQUIRE(purchase.ok());
    record(*purchase);
  }
  Points outstanding() const { return reader()->totals()->points_outstanding; }
};

}  // namespace

TEST_CASE("points expire at the first look after a long time off and once a day") {
  Lapsing shop;
  REQUIRE(shop.outstanding() > Points{});
  shop.clock.advance(24h * 400);
  REQUIRE(shop.book->confirm_clock().ok());
  ChoreList list(*shop.book, shop.programme, shop.clock);
  const auto first = list.run_due();
  REQUIRE(first.has_value());
  CHECK_FALSE(first->trouble.has_value());
  CHECK(first->day == shop.clock.local_now().date());
  CHECK(shop.outstanding() == Points{});
  CHECK_FALSE(list.run_due().has_value());
  shop.clock.advance(1h);
  CHECK_FALSE(list.run_due().has_value());
  const auto facts = shop.reader()->totals()->facts;
  shop.clock.advance(24h);
  CHECK(list.run_due().has_value());
  CHECK(shop.reader()->totals()->facts == facts);  // nothing is done twice
}

TEST_CASE("where there is a head office, it lets points expire and the till does not") {
  Lapsing shop;
  REQUIRE(shop.book
              ->set_enrolment({{1'000'001},
                               {1},
                               "Lysvik",
                               "https://localhost",
                               std::string(32, 's'),
                               std::string(32, 'b')})
              .ok());
  shop.clock.advance(24h * 400);
  REQUIRE(shop.book->confirm_clock().ok());
  ChoreList list(*shop.book, shop.programme, shop.clock);
  const auto day = list.run_due();
  REQUIRE(day.has_value());
  CHECK_FALSE(day->trouble.has_value());
  CHECK(shop.outstanding() > Points{});
  const auto active = active_programme(*shop.book, *shop.reader());
  const auto run = run_expiry(*shop.book, active->rules.expiry, shop.clock.local_now());
  REQUIRE_FALSE(run.ok());
  CHECK(run.error().code == "expiry.head-office");
  CHECK(find_expiry(*shop.book, active->rules.expiry, shop.clock.local_now())->lots == 1);
}

TEST_CASE("the day is the shop's own") {
  // 23:30 in a shop an hour east; an hour later it is another day there and not yet in London.
  Lapsing shop;
  ChoreList list(*shop.book, shop.programme, shop.clock);
  const LocalTime now = shop.clock.local_now();
  const std::int64_t midnight = (now.at.ms / 86'400'000 + 1) * 86'400'000 - 3'600'000;
  shop.clock.set({midnight - 1'800'000});
  REQUIRE(list.run_due().has_value());
  CHECK_FALSE(list.run_due().has_value());
  shop.clock.set({midnight + 1});
  CHECK(list.run_due().has_value());
}

TEST_CASE("who has not been seen for as long as the shop says is erased by itself") {
  test::Shop shop;
  const auto data = shop.data();
  shop.book.reset();
  Settings settings = test::shop_settings();
  settings.retention = {24, 30, {}};
  REQUIRE(write_settings(data, settings).ok());
  shop.book = std::move(*Book::open(data, shop.clock));
  Profile person;
  person.name = "Kunigunde Bakke";
  const CustomerRef idle = shop.enrol(person);
  CurrentProgramme programme(*shop.book);
  ChoreList list(*shop.book, programme, shop.clock);
  REQUIRE(list.run_due().has_value());
  CHECK_FALSE((*shop.reader()->customer_profile(idle))->erased);
  shop.clock.advance(24h * 800);
  REQUIRE(shop.book->confirm_clock().ok());
  const auto done = list.run_due();
  REQUIRE(done.has_value());
  CHECK_FALSE(done->trouble.has_value());
  CHECK((*shop.reader()->customer_profile(idle))->erased);
}

TEST_CASE("a clock that leaps ahead destroys nothing until a person says that it is right") {
  Lapsing shop;
  ChoreList list(*shop.book, shop.programme, shop.clock);
  REQUIRE(list.run_due().has_value());
  const auto before = shop.outstanding();
  REQUIRE(before > Points{});
  shop.clock.advance(24h * 365 * 73);
  for (int look = 0; look < 100; ++look) {
    const auto done = list.run_due();
    shop.clock.advance(ChoreList::again_after);
    REQUIRE(done.has_value());
    REQUIRE(done->trouble.has_value());
    CHECK(done->trouble->code == "clock.ahead");
  }
  // Not even when it sells on with the wrong date, or is started anew.
  shop.record(test::purchase(shop.clock, {test::line("1001", 1, 9900)}));
  shop.book.reset();
  shop.book = std::move(*Book::open(shop.data(), shop.clock));
  CurrentProgramme again(*shop.book);
  ChoreList later(*shop.book, again, shop.clock);
  CHECK(later.run_due()->trouble->code == "clock.ahead");
  CHECK(shop.outstanding() == before);
  REQUIRE(shop.book->confirm_clock().ok());
  shop.clock.advance(ChoreList::again_after);
  CHECK_FALSE(later.run_due()->trouble.has_value());
  CHECK(shop.outstanding() == Points{});
}

TEST_CASE("a date that head office contradicts is told at once, and that it agrees again as well") {
  Lapsing shop;
  ChoreList list(*shop.book, shop.programme, shop.clock);
  REQUIRE(list.run_due().has_value());
  CHECK_FALSE(list.run_due().has_value());
  REQUIRE(shop.book->hear_clock(shop.clock.now() - 48h).ok());
  const auto doubted = list.run_due();
  REQUIRE(doubted.has_value());
  REQUIRE(doubted->trouble.has_value());
  CHECK(doubted->trouble->code == "clock.ahead");
  CHECK_FALSE(list.run_due().has_value());
  REQUIRE(shop.book->hear_clock(shop.clock.now()).ok());
  const auto agreed = list.run_due();
  REQUIRE(agreed.has_value());
  CHECK_FALSE(agreed->trouble.has_value());
}

TEST_CASE("a clock that was set back is told until a person says that it is right") {
  Lapsing shop;
  ChoreList list(*shop.book, shop.programme, shop.clock);
  REQUIRE(list.run_due().has_value());
  shop.clock.advance(-24h * 3650);
  const auto done = list.run_due();
  REQUIRE(done.has_value());
  REQUIRE(done->trouble.has_value());
  CHECK(done->trouble->code == "clock.behind");
  // Sales go on.
  shop.record(test::purchase(shop.clock, {test::line("1001", 1, 9900)}));
  REQUIRE(shop.book->confirm_clock().ok());
  shop.clock.advance(ChoreList::again_after);
  const auto after = list.run_due();
  REQUIRE(after.has_value());
  CHECK_FALSE(after->trouble.has_value());
}

TEST_CASE("a till that is used goes on for years without a question") {
  Lapsing shop("");
  ChoreList list(*shop.book, shop.programme, shop.clock);
  for (int month = 0; month < 40; ++month) {
    const auto done = list.run_due();
    REQUIRE(done.has_value());
    CHECK_FALSE(done->trouble.has_value());
    shop.clock.advance(24h * 30);
  }
}

TEST_CASE("many customers are not erased unasked: a manager is told") {
  test::Shop shop;
  const auto data = shop.data();
  shop.book.reset();
  Settings settings = test::shop_settings();
  settings.retention = {24, 0, {}};
  REQUIRE(write_settings(data, settings).ok());
  shop.book = std::move(*Book::open(data, shop.clock));
  std::vector<CustomerRef> idle;
  for (std::size_t n = 0; n <= erased_unasked; ++n) idle.push_back(shop.enrol(Profile{}));
  CurrentProgramme programme(*shop.book);
  ChoreList list(*shop.book, programme, shop.clock);
  shop.clock.advance(24h * 800);
  REQUIRE(shop.book->confirm_clock().ok());
  CHECK(shop.book->retention_due(shop.clock.now())->customers.size() == idle.size());
  const auto done = list.run_due();
  REQUIRE(done->trouble.has_value());
  CHECK(done->trouble->code == "retention.many");
  for (const CustomerRef& each : idle)
    CHECK_FALSE((*shop.reader()->customer_profile(each))->erased);
  CHECK(shop.book->run_retention(shop.clock.now(), Authority::person)->customers_erased ==
        static_cast<std::int64_t>(idle.size()));
}

TEST_CASE("a failure is told in words and tried again after a while") {
  Lapsing shop;
  Programme broken = test::programme(2);
  broken.source = "name = ";
  shop.record(broken);
  ChoreList list(*shop.book, shop.programme, shop.clock);
  const auto first = list.run_due();
  REQUIRE(first.has_value());
  REQUIRE(first->trouble.has_value());
  CHECK_FALSE(first->trouble->code.empty());
  CHECK_FALSE(list.run_due().has_value());
  shop.clock.advance(ChoreList::again_after);
  CHECK(list.run_due().has_value());
  shop.clock.set({shop.clock.now().ms - 86'400'000});  // set back: it does not wait for a day
  CHECK(list.run_due().has_value());
}

TEST_CASE("the daily work goes by the newest programme") {
  Lapsing shop("");
  ChoreList list(*shop.book, shop.programme, shop.clock);
  shop.clock.advance(24h * 400);
  REQUIRE(shop.book->confirm_clock().ok());
  REQUIRE(list.run_due().has_value());
  REQUIRE(shop.outstanding() > Points{});
  shop.record(club(2, "[expiry]\nkind = \"inactivity\"\ncount = 12\n"));
  shop.clock.advance(24h);
  REQUIRE(list.run_due().has_value());
  CHECK(shop.outstanding() == Points{});
}

TEST_CASE("the thread tells what was done and ends at once") {
  Lapsing shop;
  std::mutex mutex;
  std::condition_variable came;
  int told = 0;
  const Chores chores(*shop.book, shop.programme, shop.clock, [&](const flow::ChoresDone& done) {
    const std::lock_guard lock(mutex);
    told += done.trouble ? 0 : 1;
    came.notify_one();
  });
  std::unique_lock lock(mutex);
  CHECK(came.wait_for(lock, 20s, [&] { return told == 1; }));
}
