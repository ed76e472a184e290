// What tills spend of what the chain has once, on line by holds and without a line by leases: both ends
// in one process, over real TLS on loopback.

#include <atomic>
#include <doctest/doctest.h>
#include <thread>

#include "storage/book/reservations.hpp"
#include "storage/domain/chain_settings.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/spending.hpp"
#include "storage/services/spending.hpp"
#include "sync/agent/reservations.hpp"
#include "sync/central/control.hpp"
#include "tests/support/any_day.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

using keepsake::test::line;
using keepsake::test::rebuilt;

constexpr const char* card = "GC123456";

Resource the_card() { return card_of(card, *Currency::parse("NOK")); }

Purchase paying(Till& till, std::int64_t minor, std::vector<std::int64_t> parts = {}) {
  Purchase paid = keepsake::test::purchase(till.clock, {line("1001", 1, minor)});
  paid.tenders.clear();
  if (parts.empty()) parts = {minor};
  for (const std::int64_t part : parts)
    paid.tenders.push_back(
        {TenderKind::gift_card, {part, paid.currency}, {part, paid.currency}, card, {}});
  return paid;
}

/// Two tills of one store, and a gift card of 500.00 that was sold at the first.
struct GiftShop {
  HeadOffice office;
  Till first, second;

  GiftShop() {
    first.enrol_at(office);
    second.enrol_at(office);
    Purchase sold = keepsake::test::purchase(first.clock, {line("GIFT", 1, 50000)});
    sold.top_ups = {{0, StoredValue::gift_card, card, sold.total, std::nullopt}};
    first.record(sold);
    REQUIRE(eventually([&] {
      for (Till* each : {&first, &second}) each->sync();
      return here(first) == 7500 && here(second) == 7500;
    }));
  }

  static std::int64_t here(Till& till, const Resource& resource = the_card()) {
    return spendable_alone(*till.reader(), resource, till.clock.now()).value();
  }
  static std::int64_t on_card(Till& till) {
    return till.reader()->gift_card(card, till.clock.local_now().date()).value()->balance.minor;
  }
  /// Pays without asking anybody; how much less than that is set aside here, or nothing.
  static std::optional<Shortage> pay_offline(Till& till, std::int64_t minor,
                                             std::vector<std::int64_t> parts = {}) {
    Fact fact = paying(till, minor, std::move(parts));
    const auto shortage = cover(*till.reader(), fact, till.clock.now());
    REQUIRE(shortage.ok());
    if (*shortage) return *shortage;
    till.record(fact);
    return std::nullopt;
  }
  static Result<Holds::Held> hold(Till& till, std::int64_t minor) {
    return Holds(*till.book, till.clock).ask({{the_card(), minor}});
  }
  void sync_all() {
    for (int round = 0; round < 2; ++round)
      for (Till* each : {&first, &second}) each->sync();
  }
  void check_sound() {
    sync_all();
    CHECK(on_card(first) == on_card(second));
    for (Till* each : {&first, &second}) {
      CHECK(each->totals().purchases == office.store().purchases);
      CHECK(each->totals().purchase_minor == office.store().purchase_minor);
      CHECK(rebuilt(*each) == "");
      CHECK(keepsake::test::findings_of(each->data()) == "");
    }
  }
};

/// The owner's word, to all stores.
void allow_risk(HeadOffice& office, const std::string& settings) {
  central::Publication publication;
  publication.what = "settings";
  publication.made_by = "shell:anna";
  publication.at = office.clock.now();
  REQUIRE(central::ask_to_publish(office.data(), publication, {ChainSettings{settings}}).ok());
}

/// A till whose program runs: it hears at once what head office wants back.
class Running {
 public:
  explicit Running(Till& till)
      : agent_(Agent::start(
            *till.book, till.clock, [] {}, [] {})) {
    REQUIRE(eventually([&] { return agent_->state().up_to_date.has_value(); }));
  }

 private:
  std::unique_ptr<Agent> agent_;
};

}  // namespace

TEST_CASE("a gift card bought at one till is spent at the other without a line within its lease") {
  GiftShop shop;
  CHECK_FALSE(GiftShop::pay_offline(shop.second, 5000));
  CHECK(GiftShop::here(shop.second) == 2500);
  // Payments of one sale with one card are one sum.
  const auto shortage = GiftShop::pay_offline(shop.second, 4000, {2000, 2000});
  REQUIRE(shortage);
  CHECK(shortage->wanted == Spending{the_card(), 4000});
  CHECK(shortage->here == 2500);
  CHECK_FALSE(GiftShop::pay_offline(shop.second, 2500, {1000, 1500}));
  CHECK(GiftShop::here(shop.second) == 0);
  // At the other till meanwhile, which has its own.
  CHECK_FALSE(GiftShop::pay_offline(shop.first, 7500));
  shop.check_sound();
  CHECK(GiftShop::on_card(shop.first) == 35000);
  // Of what is left there are new ones.
  CHECK(eventually([&] {
    shop.sync_all();
    // Of 30 % of 350, in whole units: together never more than that.
    return GiftShop::here(shop.first) == 5200 && GiftShop::here(shop.second) == 5200;
  }));
}

TEST_CASE("without a line a till spends of its risk budget what no lease covers, and no more") {
  GiftShop shop;
  const auto pay_alone = [&](Till& till, std::int64_t minor) -> std::optional<Shortage> {
    Fact fact = paying(till, minor);
    const auto shortage = cover_alone(*till.reader(), fact, till.clock.now());
    REQUIRE(shortage.ok());
    if (*shortage) return *shortage;
    till.record(fact);
    return std::nullopt;
  };
  // None until the owner says so.
  CHECK(pay_alone(shop.second, 7600)->here == 7500);
  allow_risk(shop.office, "[offline.risk]\nNOK = \"200\"\npoints = 50\n");
  REQUIRE(eventually([&] {
    shop.sync_all();
    return GiftShop::here(shop.first) == 27500 && GiftShop::here(shop.second) == 27500;
  }));
  // Never with a hold: head office knows better.
  CHECK(GiftShop::pay_offline(shop.second, 7600)->here == 7500);
  CHECK_FALSE(pay_alone(shop.second, 20000));
  CHECK(GiftShop::here(shop.second) == 7500);
  CHECK(pay_alone(shop.second, 7600)->here == 7500);
  CHECK_FALSE(pay_alone(shop.second, 7500));
  // Both tills together more than there is: the shop's loss, told once, and the card is empty.
  CHECK_FALSE(pay_alone(shop.first, 27500));
  shop.check_sound();
  CHECK(GiftShop::on_card(shop.first) == 0);
  CHECK(std::ranges::any_of(*shop.first.reader()->open_exceptions(10),
                            [](const auto& each) { return each.name.code == "gift-card.short"; }));
  // What has come is no risk any more.
  CHECK(eventually([&] {
    shop.sync_all();
    return GiftShop::here(shop.first) == 20000 && GiftShop::here(shop.second) == 20000;
  }));
  // Less than before is asked back.
  allow_risk(shop.office, "[offline.risk]\nNOK = \"120\"\n");
  CHECK(eventually([&] {
    shop.sync_all();
    return GiftShop::here(shop.first) == 12000 && GiftShop::here(shop.second) == 12000;
  }));
  allow_risk(shop.office, "wallet_months = 12\n");
  CHECK(eventually([&] {
    shop.sync_all();
    return GiftShop::here(shop.first) == 0 && GiftShop::here(shop.second) == 0;
  }));
}

TEST_CASE("a risk budget is named of what holds and leases leave over, and by its own till") {
  GiftShop shop;
  allow_risk(shop.office, "[offline.risk]\nNOK = \"200\"\n");
  REQUIRE(eventually([&] {
    shop.sync_all();
    return GiftShop::here(shop.second) == 27500;
  }));
  Fact fact = paying(shop.second, 10000);
  REQUIRE_FALSE(cover_alone(*shop.second.reader(), fact, shop.second.clock.now()).value());
  REQUIRE(reservations_of(fact).size() == 2);
  CHECK(shop.first.book->record(fact).error().code == "reservation.gone");
  // More of the budget than the lease leaves over.
  Fact greedy = fact;
  for (ReservationUse& use : *reservations_in(greedy))
    if (use.quantity == 2500) use.quantity = 2600;
  CHECK(shop.second.book->record(greedy).error().code == "reservation.gone");
  const Fact again = fact;
  shop.second.record(fact);
  CHECK(shop.second.book->record(again).error().code == "reservation.gone");
  shop.check_sound();
}

TEST_CASE("nothing is recorded that names more of a lease than is left, or another's") {
  GiftShop shop;
  Fact fact = paying(shop.second, 7500);
  REQUIRE_FALSE(cover(*shop.second.reader(), fact, shop.second.clock.now()).value());
  const Fact again = fact;
  SUBCASE("once more") {
    shop.second.record(fact);
    CHECK(shop.second.book->record(again).error().code == "reservation.gone");
  }
  SUBCASE("at another till") {
    CHECK(shop.first.book->record(fact).error().code == "reservation.gone");
  }
  SUBCASE("for another card") {
    for (Tender& tender : get_if<Purchase>(&fact)->tenders) tender.reference = "GC999999";
    CHECK(shop.second.book->record(fact).error().code == "reservation.gone");
  }
  SUBCASE("more than it spends") {
    get_if<Purchase>(&fact)->tenders = paying(shop.second, 7000).tenders;
    get_if<Purchase>(&fact)->lines = paying(shop.second, 7000).lines;
    get_if<Purchase>(&fact)->total = paying(shop.second, 7000).total;
    get_if<Purchase>(&fact)->tax = paying(shop.second, 7000).tax;
    CHECK(shop.second.book->record(fact).error().code == "reservation.gone");
  }
  SUBCASE("after its last day") {
    shop.second.clock.advance(std::chrono::days(11));
    CHECK(GiftShop::here(shop.second) == 0);
    CHECK(shop.second.book->record(fact).error().code == "reservation.gone");
  }
  shop.check_sound();
}

TEST_CASE("a hold takes what is there, and what other tills have not spent of their leases") {
  GiftShop shop;
  CHECK_FALSE(GiftShop::pay_offline(shop.first, 2000));
  const Running running(shop.first);
  // Of 500 the first has spent 20 and gives 55 back; this till's own lease is no obstacle.
  const auto held = GiftShop::hold(shop.second, 48000);
  REQUIRE_MESSAGE(held.ok(), keepsake::test::why(held));
  CHECK_FALSE(held->shortage);
  REQUIRE(held->granted.size() == 1);
  Fact fact = paying(shop.second, 48000);
  CHECK_FALSE(cover(*shop.second.reader(), fact, shop.second.clock.now()).value());
  shop.second.record(fact);
  shop.check_sound();
  CHECK(GiftShop::on_card(shop.first) == 0);
  CHECK(GiftShop::here(shop.first) == 0);
}

TEST_CASE("a lease at a till that is not there stays, and the hold is refused with what is left") {
  GiftShop shop;
  const auto held = GiftShop::hold(shop.second, 48000);
  REQUIRE(held.ok());
  CHECK(held->granted.empty());
  REQUIRE(held->shortage);
  CHECK(*held->shortage == Shortage{{the_card(), 48000}, 42500, ShortBecause::reserved});
  CHECK_FALSE(GiftShop::hold(shop.second, 42500)->shortage);
  // It spends within it, whatever head office wished for meanwhile.
  CHECK_FALSE(GiftShop::pay_offline(shop.first, 7500));
  shop.check_sound();
}

TEST_CASE("two sales hold what is there once, and a hold that is not used ends") {
  GiftShop shop;
  const auto first = GiftShop::hold(shop.first, 30000);
  REQUIRE(first.ok());
  CHECK_FALSE(first->shortage);
  CHECK(GiftShop::hold(shop.second, 20000)->shortage);
  SUBCASE("given back") {
    Holds(*shop.first.book, shop.first.clock).give_back(first->granted);
    shop.first.sync();
    CHECK_FALSE(GiftShop::hold(shop.second, 20000)->shortage);
  }
  SUBCASE("left") {
    shop.office.clock.advance(std::chrono::minutes(16));
    CHECK_FALSE(GiftShop::hold(shop.second, 20000)->shortage);
  }
  shop.check_sound();
}

TEST_CASE("a hold whose answer never came is given back with the next contact") {
  GiftShop shop;
  // Many, so that the question is longer than a handshake: it arrives, and the answer is lost.
  std::vector<Spending> wanted{{the_card(), 30000}};
  for (int n = 0; n < 90; ++n)
    wanted.push_back({card_of("GC9000" + std::to_string(n), *Currency::parse("NOK")), 100});
  shop.office.line().set({.kind = LineFault::Kind::lose_answer, .bytes = beyond_handshake});
  const auto held = Holds(*shop.first.book, shop.first.clock).ask(wanted);
  CHECK(held.error().kind == Failure::unavailable);
  shop.office.line().set({});
  CHECK(GiftShop::hold(shop.second, 40000)->shortage);
  // Meanwhile the lease is there.
  CHECK(GiftShop::here(shop.first) == 7500);
  shop.first.sync();
  CHECK_FALSE(GiftShop::hold(shop.second, 40000)->shortage);
  shop.check_sound();
}

TEST_CASE(
    "what a lease was spent for arrives after it was given to others, and nobody is below zero") {
  GiftShop shop;
  CHECK_FALSE(GiftShop::pay_offline(shop.first, 7500));
  shop.office.clock.advance(std::chrono::hours(49));
  const auto held = GiftShop::hold(shop.second, 50000);
  REQUIRE(held.ok());
  CHECK_FALSE(held->shortage);
  Fact fact = paying(shop.second, 50000);
  CHECK_FALSE(cover(*shop.second.reader(), fact, shop.second.clock.now()).value());
  shop.second.record(fact);
  shop.second.sync();
  shop.check_sound();
  CHECK(GiftShop::on_card(shop.first) == 0);
}

TEST_CASE("points are leased to tills of the stores that a customer visits") {
  HeadOffice office;
  Till first, second;
  first.enrol_at(office);
  second.enrol_at(office);
  first.record(keepsake::test::programme());
  Profile profile;
  profile.name = "Kari Nordmann";
  profile.phone = "+4791234567";
  const CustomerRef kari = first.enrol(profile, "C-1");
  Purchase bought = keepsake::test::purchase(first.clock, {line("1001", 1, 10000)});
  bought.customer = kari;
  bought.programme_version = 1;
  bought.points_earned = {100000};
  first.record(bought);
  CHECK(eventually([&] {
    for (Till* each : {&first, &second}) each->sync();
    return GiftShop::here(first, points_of(kari)) == 15000 &&
           GiftShop::here(second, points_of(kari)) == 15000;
  }));
  CHECK(GiftShop::here(first, wallet_of(kari, *Currency::parse("NOK"))) == 0);
}

TEST_CASE("a head office that was put back from a backup says anew what is set aside") {
  GiftShop shop;
  const keepsake::test::TemporaryFolder folder;
  shop.office.back_up(folder.path() / "central.db");
  // What it grants from here on it will not remember.
  CHECK_FALSE(GiftShop::hold(shop.second, 10000)->shortage);
  shop.office.restore(folder.path() / "central.db");
  shop.sync_all();
  CHECK(GiftShop::here(shop.second) == 7500);
  shop.check_sound();
}

TEST_CASE("a till that enrols again has none of the leases of before") {
  GiftShop shop;
  shop.second.enrol_at(shop.office);
  CHECK(GiftShop::here(shop.second) == 0);
  CHECK(eventually([&] {
    shop.first.record(paying(shop.first, 100));
    shop.sync_all();
    return GiftShop::here(shop.second) > 0;
  }));
  shop.check_sound();
}

}  // namespace keepsake::sync::test
