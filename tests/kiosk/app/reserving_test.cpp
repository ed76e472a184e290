#include "kiosk/app/reserving.hpp"

#include <doctest/doctest.h>

#include "kiosk/app/worker.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/domain/values/trusted_time.hpp"
#include "tests/kiosk/app/answered.hpp"
#include "tests/kiosk/app/shop_folder.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::app;
using namespace std::chrono_literals;

namespace {

const Currency in_kroner = *Currency::parse("NOK");
constexpr const char* gift_card_sold = "GC123456";

/// A till with a gift card of 500.00, whose head office is the test.
struct LeasedTill {
  test::FakeClock clock;
  test::ShopFolder shop{clock};
  std::unique_ptr<Reader> reader = *shop.book->reader();
  CurrentProgramme programme{*shop.book};
  test::Answered answered;
  std::uint64_t tickets = 1000;
  std::vector<Spending> asked;
  std::vector<ReservationId> given_back;
  Result<HoldLine::Held> office = Error{Failure::unavailable, "link.down", "", {}, {}};
  HoldLine line{[this](const std::vector<Spending>& spendings) { return hold(spendings); },
                [this](const std::vector<ReservationId>& ids) { given_back = ids; }};
  std::unique_ptr<Worker> worker =
      *Worker::start(*shop.book, programme, answered.mailbox, {}, line);

  LeasedTill() {
    Purchase sold = test::purchase(clock, {test::line("GIFT", 1, 50000)});
    sold.top_ups = {{0, StoredValue::gift_card, gift_card_sold, sold.total, std::nullopt}};
    REQUIRE(shop.book->record(sold).ok());
  }
  ~LeasedTill() { worker.reset(); }

  void enrol() {
    Enrolment enrolment;
    enrolment.terminal = {7};
    enrolment.epoch = {1};
    enrolment.store = "Lysvik";
    enrolment.central_url = "https://127.0.0.1:1";
    enrolment.central_sign_public = enrolment.central_box_public = std::string(32, 'k');
    REQUIRE(shop.book->set_enrolment(enrolment).ok());
  }
  void lease(std::int64_t minor) {
    ReservationNews news;
    news.change = 1;
    news.leases_until = clock.now() + std::chrono::hours(24);
    news.put = {{{{9}}, ReservationKind::lease, card_of(gift_card_sold, in_kroner), minor, {}}};
    REQUIRE(shop.book->take_in(news).value());
  }
  static Tender by_card(std::int64_t minor) {
    return {TenderKind::gift_card, {minor, in_kroner}, {minor, in_kroner}, gift_card_sold, {}};
  }
  flow::Recorded pay(std::int64_t minor, std::vector<Tender> tenders = {},
                     Viewer viewer = Viewer::staff) {
    Purchase paid = test::purchase(clock, {test::line("1001", 1, minor)});
    paid.tenders = tenders.empty() ? std::vector{by_card(minor)} : std::move(tenders);
    flow::RecordFact job{paid};
    job.ticket = {++tickets};
    job.requester = {viewer, viewer == Viewer::customer ? "" : "marit", clock.local_now(), {}};
    const flow::Ticket ticket = job.ticket;
    worker->ask(job);
    return answered.wait_for<flow::Recorded>(ticket);
  }
  std::vector<ReservationUse> used_by(const FactId& id) {
    return (*shop.book->reader())->purchase(id)->value().reservations;
  }

 private:
  Result<HoldLine::Held> hold(const std::vector<Spending>& spendings) {
    asked = spendings;
    if (office.ok() && !office->shortage) {
      ReservationNews news;
      for (const Spending& each : spendings)
        news.put.push_back({{{1}},
                            ReservationKind::hold,
                            each.resource,
                            each.quantity,
                            clock.now() + std::chrono::minutes(15)});
      REQUIRE(shop.book->take_in(news).ok());
      return HoldLine::Held{{{{1}}}, std::nullopt};
    }
    return office;
  }
};

}  // namespace

TEST_CASE("a till without a head office asks nobody") {
  LeasedTill till;
  CHECK(till.pay(20000).id.ok());
  CHECK(till.asked.empty());
}

TEST_CASE("what spends is held at head office first, and names the hold") {
  LeasedTill till;
  till.enrol();
  till.office = HoldLine::Held{};
  const auto recorded = till.pay(20000, {LeasedTill::by_card(15000), LeasedTill::by_card(5000)});
  REQUIRE_MESSAGE(recorded.id.ok(), test::why(recorded.id));
  CHECK(till.asked == std::vector<Spending>{{card_of(gift_card_sold, in_kroner), 20000}});
  CHECK(till.used_by(*recorded.id) == std::vector<ReservationUse>{{{{1}}, 20000}});
  CHECK(till.given_back.empty());
  // What spends nothing is nobody's business.
  till.asked.clear();
  CHECK(
      till.pay(100, {{TenderKind::card, {100, in_kroner}, {100, in_kroner}, "4711", {}}}).id.ok());
  CHECK(till.asked.empty());
}

TEST_CASE("what head office refuses is not recorded, and says how much there is") {
  LeasedTill till;
  till.enrol();
  till.lease(7500);  // no help: head office has been asked
  const Shortage shortage{{card_of(gift_card_sold, in_kroner), 5000}, 1200, ShortBecause::spent};
  till.office = HoldLine::Held{{}, shortage};
  const auto recorded = till.pay(5000);
  CHECK(recorded.id.error().code == "spend.short");
  CHECK(recorded.shortage == shortage);
}

TEST_CASE("without a line the lease pays, and no more than it") {
  LeasedTill till;
  till.enrol();
  CHECK(till.pay(100).shortage ==
        Shortage{{card_of(gift_card_sold, in_kroner), 100}, 0, ShortBecause::offline});
  till.lease(7500);
  const auto recorded = till.pay(7000);
  REQUIRE(recorded.id.ok());
  CHECK(till.used_by(*recorded.id) == std::vector<ReservationUse>{{{{9}}, 7000}});
  CHECK(till.pay(501).shortage ==
        Shortage{{card_of(gift_card_sold, in_kroner), 501}, 500, ShortBecause::offline});
  CHECK(till.pay(500).id.ok());
  CHECK(till.pay(1).shortage->here == 0);
}

TEST_CASE("a clock that jumped pays from no lease") {
  LeasedTill till;
  till.enrol();
  till.lease(7500);
  till.clock.advance(std::chrono::days(400));
  CHECK(till.pay(100).id.error().code == "clock.ahead");
  REQUIRE(till.shop.book->confirm_clock().ok());
  CHECK(till.pay(100).shortage->here == 0);  // and the lease has ended
}

TEST_CASE("a clock that was set back pays from no lease, whose last hour is over by now") {
  LeasedTill till;
  till.enrol();
  till.lease(7500);
  till.clock.advance(std::chrono::days(3));
  CHECK(till.pay(100).shortage->here == 0);
  (void)till.shop.book->look_at_clock();  // as every day
  till.clock.advance(-std::chrono::days(3));
  CHECK(till.pay(100).id.error().code == "clock.behind");
  REQUIRE(till.shop.book->confirm_clock().ok());
  CHECK(till.pay(100).id.ok());
}

TEST_CASE("a hold that was not used is given back, and a stranger asks head office nothing") {
  LeasedTill till;
  till.enrol();
  till.office = HoldLine::Held{};
  // More than is on the card, by this till's own records.
  CHECK(till.pay(60000).id.error().code == "gift-card.short");
  CHECK(till.given_back == std::vector<ReservationId>{{{1}}});
  till.asked.clear();
  CHECK(till.pay(100, {}, Viewer::customer).id.error().code == "role.staff");
  CHECK(till.asked.empty());
}
