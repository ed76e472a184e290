#include "kiosk/app/strangers.hpp"

#include <doctest/doctest.h>
#include <mutex>

#include "kiosk/app/worker.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "tests/kiosk/app/answered.hpp"
#include "tests/kiosk/app/asking.hpp"
#include "tests/kiosk/app/shop_folder.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::app;
using namespace std::chrono_literals;

namespace {

/// A worker whose head office is the test: what it knows is in the book from the moment it is asked.
struct ChainedTill {
  test::FakeClock clock;
  test::ShopFolder shop{clock};
  std::unique_ptr<Reader> reader = *shop.book->reader();
  CurrentProgramme programme{*shop.book};
  std::mutex mutex;
  test::Answered answered;
  std::vector<ContactKey> looked_up;
  std::string chain_knows;       ///< this number
  std::string chain_knows_card;  ///< this gift card
  std::uint64_t tickets = 1000;
  Viewer viewer = Viewer::staff;
  std::string staff = "marit";
  std::function<void()> before_look_up = [] {};
  std::unique_ptr<Worker> worker =
      *Worker::start(*shop.book, programme, answered.mailbox,
                     [this](const ContactKey& key) { return look_up(key); });
  ~ChainedTill() { worker.reset(); }

  template <class Q>
  typename Q::Answer ask(Q question) {
    question.ticket = {++tickets};
    question.requester = {
        viewer, viewer == Viewer::customer ? "" : staff, clock.local_now(), {Proof::vouched, ""}};
    const flow::Ticket ticket = question.ticket;
    worker->ask(std::move(question));
    return answered.wait_for<typename Q::Answer>(ticket);
  }
  void join(const std::string& phone, const std::string& card = "") {
    flow::Enrol job;
    job.profile.name = "Kari Nordmann";
    job.profile.phone = phone;
    job.card = card;
    job.consents = {{ConsentPurpose::membership, true, "membership-1", "nb", clock.local_now()}};
    job.language = "nb";
    job.at = clock.local_now();
    const auto own = *shop.book->reader();
    REQUIRE(test::ask(*shop.book, *own, programme, job,
                      {Viewer::staff, "marit", clock.local_now(), {Proof::vouched, ""}})
                .member.has_value());
  }

  void sell(const std::string& card) {
    Purchase sold = test::purchase(clock, {test::line("GIFT", 1, 50000)});
    sold.top_ups = {{0, StoredValue::gift_card, card, sold.total, std::nullopt}};
    REQUIRE(shop.book->record(sold).ok());
  }

 private:
  bool look_up(const ContactKey& key) {
    before_look_up();
    {
      const std::lock_guard lock(mutex);
      looked_up.push_back(key);
    }
    if (!chain_knows_card.empty() && key == ContactKey{ContactKind::card, chain_knows_card}) {
      sell(key.value);
      return true;
    }
    if (chain_knows.empty() || (key.value != chain_knows && key.kind != ContactKind::card))
      return false;
    join(chain_knows, key.kind == ContactKind::card ? key.value : "");
    return true;
  }
};

}  // namespace

TEST_CASE("whom the store does not know is looked up at head office, and then known") {
  ChainedTill till;
  till.chain_knows = "+4740000001";
  const auto found = till.ask(flow::FindCustomer{"+4740000001"});
  REQUIRE(found.customer.ok());
  REQUIRE(found.customer->has_value());
  CHECK((*found.customer)->profile.name == "Kari Nordmann");
  CHECK(till.looked_up == std::vector{ContactKey{ContactKind::phone, "+4740000001"}});
  // Known now: nobody is asked again.
  CHECK(till.ask(flow::FindCustomer{"+4740000001"}).customer->has_value());
  CHECK(till.looked_up.size() == 1);
}

TEST_CASE(
    "a card, a number at the stand, one who joins, a whole number in a search: all are asked for") {
  ChainedTill till;
  till.ask(flow::ResolveScan{"KC4417123456789113"});
  till.ask(flow::FindPoints{"+4740000002", till.clock.local_now()});
  flow::FindSimilar joining;
  joining.typed.phone = "+4740000003";
  till.ask(joining);
  till.ask(flow::SearchCustomers{"400 00 004"});
  till.ask(flow::SearchCustomers{"Kari@Example.org "});
  const std::vector<ContactKey> asked{{ContactKind::card, "KC4417123456789113"},
                                      {ContactKind::phone, "+4740000002"},
                                      {ContactKind::phone, "+4740000003"},
                                      {ContactKind::phone, "+4740000004"},
                                      {ContactKind::email, "Kari@example.org"}};
  CHECK(till.looked_up.size() == asked.size());
  CHECK(till.looked_up == asked);
}

TEST_CASE("a gift card that this store did not sell is looked up, scanned or typed") {
  ChainedTill till;
  till.chain_knows_card = "GC4417001";
  SUBCASE("scanned") {
    const auto scanned = till.ask(flow::ResolveScan{"GC4417001"}).scanned;
    REQUIRE(scanned.ok());
    REQUIRE(std::holds_alternative<GiftCardView>(*scanned));
    CHECK(std::get<GiftCardView>(*scanned).balance.minor == 50000);
  }
  SUBCASE("typed") {
    const auto found = till.ask(flow::LookUpGiftCard{"GC4417001"}).found;
    REQUIRE(found.ok());
    REQUIRE(found->has_value());
    CHECK((*found)->balance.minor == 50000);
    CHECK_FALSE(till.ask(flow::LookUpGiftCard{"GC4417002"}).found->has_value());  // nobody's
    CHECK(till.looked_up.size() == 2);
  }
  // Known now: nobody is asked again.
  const std::size_t asked = till.looked_up.size();
  CHECK(till.ask(flow::LookUpGiftCard{"GC4417001"}).found->has_value());
  CHECK(till.looked_up.size() == asked);
}

TEST_CASE("goods, names and parts of numbers are not looked up") {
  ChainedTill till;
  till.ask(flow::ResolveScan{"7038010000003"});  // goods that the catalogue does not have
  till.ask(flow::SearchCustomers{"Kari"});
  till.ask(flow::SearchCustomers{"4000"});
  till.ask(flow::SearchCustomers{"kari@"});
  CHECK(till.looked_up.empty());
}

TEST_CASE("a question that is refused is not asked at head office either") {
  ChainedTill till;
  till.staff = "nobody";
  CHECK_FALSE(till.ask(flow::SearchCustomers{"400 00 004"}).people.ok());
  CHECK_FALSE(till.ask(flow::FindCustomer{"+4740000004"}).customer.ok());
  CHECK(till.looked_up.empty());
}

TEST_CASE("whom nobody knows is answered as without head office") {
  ChainedTill till;
  const auto found = till.ask(flow::FindCustomer{"+4740000009"});
  REQUIRE(found.customer.ok());
  CHECK_FALSE(found.customer->has_value());
  CHECK(till.ask(flow::FindPoints{"+4740000009", till.clock.local_now()}).points.value() ==
        Points{});
}

TEST_CASE("customers who type numbers do not use up the look-ups of the till") {
  ChainedTill till;
  till.viewer = Viewer::customer;
  for (int n = 0; n < 30; ++n)
    till.ask(flow::FindPoints{"+47400001" + std::to_string(10 + n), till.clock.local_now()});
  CHECK(till.looked_up.size() == Strangers::of_customers_an_hour);
  till.viewer = Viewer::staff;
  till.ask(flow::FindCustomer{"+4740000009"});
  CHECK(till.looked_up.size() == Strangers::of_customers_an_hour + 1);
}

TEST_CASE("nothing waits for the network but the question about a stranger") {
  ChainedTill till;
  std::mutex gate;
  gate.lock();
  till.before_look_up = [&] { const std::lock_guard pass(gate); };
  flow::FindCustomer stranger{"+4740000009"};
  stranger.ticket = {1};
  stranger.requester = {Viewer::staff, "marit", till.clock.local_now(), {Proof::vouched, ""}};
  till.worker->ask(stranger);
  CHECK(till.ask(flow::SearchArticles{"kettle"}).articles.ok());
  CHECK(till.ask(flow::LoadShift{}).shift.ok());
  CHECK_FALSE(till.answered.has({1}));
  gate.unlock();
}
