#include "sync/central/dormancy.hpp"

#include <doctest/doctest.h>

#include "storage/domain/chain_settings.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/customer/dormancy.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/staff/settlement.hpp"
#include "storage/domain/warranty/warranty.hpp"
#include "storage/facts/keys_of_fact.hpp"
#include "storage/records/core/people.hpp"
#include "sync/central/feed.hpp"
#include "sync/central/reservation_log.hpp"
#include "tests/support/covers.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

namespace {

using std::chrono::hours;

/// Head office of two stores, each with a terminal, where customers leave after 60 days.
struct LeavingOffice : Office {
  SendingTerminal lysvik{clock}, sunne{clock};

  explicit LeavingOffice(const std::string& settings = "idle_days = 60\n") {
    lysvik.enrol(centre->enrolment(), "Lysvik");
    sunne.enrol(centre->enrolment(), "Sunne");
    say(settings);
    REQUIRE(run().ok());  // from here on days are seen to pass
  }
  void say(const std::string& settings, const std::string& store = {}) {
    REQUIRE(centre->publishing()
                .publish({0, "settings", store, "anna", {}, clock.now(), PublicationState::waiting},
                         {ChainSettings{"[customers]\n" + settings}})
                .ok());
    REQUIRE(centre->publishing().release_due().ok());
  }
  CustomerRef joins(SendingTerminal& terminal, const std::string& card = {}) {
    CustomerEnrolment enrolment;
    enrolment.customer = *terminal.vault->new_customer();
    Profile profile{"Kari", "+4791234567", "", "", {}};
    profile.card = card;
    enrolment.sealed_profile = terminal.vault->seal_profile(enrolment.customer, profile).value();
    enrolment.at = clock.local_now();
    terminal.add(enrolment);
    return enrolment.customer;
  }
  FactId buys(SendingTerminal& terminal, const CustomerRef& customer) {
    Purchase bought = keepsake::test::purchase(clock, {keepsake::test::line("1001", 1, 10000)});
    bought.customer = customer;
    return terminal.add(bought);
  }
  void registers(SendingTerminal& terminal, const CustomerRef& customer, int months) {
    WarrantyRegistration registration;
    registration.article = "1002";
    registration.article_name = "Lamp";
    const LineWarranty lamp = keepsake::test::item("SN100");
    registration.maker = lamp.maker;
    registration.serial = registration.serial_typed = lamp.serial;
    registration.covers = keepsake::test::covered(clock.local_now().date(), months);
    registration.customer = customer;
    registration.at = clock.local_now();
    terminal.add(registration);
  }
  std::vector<FactOutcome> push(SendingTerminal& terminal, Seq first = 1) {
    Batch batch = terminal.batch(first, static_cast<Seq>(terminal.journal.size()));
    std::vector<CustomerRef> customers;
    for (const Record& record : batch.records)
      std::ranges::copy(keys_of_fact(record.type, record.body), std::back_inserter(customers));
    const auto keys = terminal.vault->seal_keys_for(customers, terminal.central_box_public).value();
    for (const auto& key : keys) batch.keys.push_back({key.customer, key.bytes});
    terminal.sign(batch);
    return taken(terminal, batch).outcomes;
  }
  /// As the running centre does. How many looks it took.
  Result<int> run() {
    for (int looks = 1;; ++looks) {
      const auto reader = open_records(data());
      const auto vault = centre->vault_reader();
      const auto passed =
          centre->dormancies().publish(centre->dormancies().look(**reader, **vault));
      if (!passed) return passed.error();
      if (!passed->more) return looks;
    }
  }
  void pass(int days) {
    while (days > 0) {
      const int step = std::min(days, 30);
      clock.advance(hours(24 * step));
      days -= step;
      const auto done = run();
      CHECK(keepsake::test::why(done) == "");
    }
  }
  bool left(const CustomerRef& customer, std::string_view store = "Lysvik") {
    return is_dormant_at(**open_records(data()), customer, store);
  }
  bool known(const CustomerRef& customer, std::string_view store) {
    return is_known_to(**open_records(data()), customer, store);
  }
  FeedPage page(const SendingTerminal& terminal, FeedPosition after = 0) {
    const auto reader = open_records(data());
    const auto vault = centre->vault_reader();
    const auto known_terminal = find_terminal(**reader, terminal.number);
    return page_for(**reader, **vault, *known_terminal, {generation(**reader), after}).value();
  }
  /// What a terminal is told of people who leave and come back, and what else: "enrolled, dormant, back".
  std::string told(const SendingTerminal& terminal, FeedPosition after = 0) {
    std::string words;
    for (const FeedEntry& each : page(terminal, after).entries) {
      const auto type = static_cast<FactType>(each.type);
      std::string word(name_of(type));
      if (type == FactType::settings_published) continue;
      if (type == FactType::dormancy_changed)
        word =
            get<DormancyChange>(decode(type, each.body).value()).presence == StorePresence::dormant
                ? "dormant"
                : "back";
      words += (words.empty() ? "" : ", ") + word;
    }
    return words;
  }
};

}  // namespace

TEST_CASE("whom a store has not seen for as long as its settings say leaves it, and it alone") {
  LeavingOffice office;
  const CustomerRef kari = office.joins(office.lysvik);
  office.push(office.lysvik);
  office.buys(office.sunne, kari);
  office.push(office.sunne);
  office.pass(40);
  office.buys(office.sunne, kari);
  office.push(office.sunne);
  CHECK_FALSE(office.left(kari));
  office.pass(20);
  CHECK(office.left(kari));
  CHECK_FALSE(office.known(kari, "Lysvik"));
  CHECK(office.known(kari, "Sunne"));
  CHECK(office.told(office.lysvik) == "customer enrolled, purchase, purchase, dormant");
  // What happens elsewhere is no news of this store's any more.
  office.buys(office.sunne, kari);
  office.push(office.sunne);
  CHECK(office.told(office.lysvik) == "customer enrolled, purchase, purchase, dormant");
  CHECK(office.page(office.lysvik).keys.empty());
  CHECK(office.page(office.sunne).keys.size() == 1);
}

TEST_CASE(
    "anything of theirs at the store brings them back, with all that happened meanwhile before "
    "it") {
  LeavingOffice office;
  const CustomerRef kari = office.joins(office.lysvik);
  office.push(office.lysvik);
  office.buys(office.sunne, kari);
  office.push(office.sunne);
  office.pass(61);
  REQUIRE(office.left(kari));
  office.buys(office.sunne, kari);
  office.push(office.sunne);
  const FeedPosition before = office.page(office.lysvik).head;
  office.buys(office.lysvik, kari);
  office.push(office.lysvik);
  CHECK_FALSE(office.left(kari));
  CHECK(office.told(office.lysvik, before) == "back, purchase, purchase");
  const FeedPage page = office.page(office.lysvik, before);
  REQUIRE(page.keys.size() == 1);
  CHECK(page.keys.front().customer == kari);
  CHECK(page.entries[1].store == "Sunne");
  // And they are idle again as anybody else.
  office.pass(61);
  CHECK(office.left(kari));
}

TEST_CASE("a look-up brings them back") {
  LeavingOffice office;
  const CustomerRef kari = office.joins(office.lysvik);
  office.push(office.lysvik);
  office.pass(61);
  REQUIRE(office.left(kari));
  const auto found = office.centre->look_ups().look_up(office.lysvik.number, office.lysvik.epoch,
                                                       {ContactKind::phone, "+4791234567"});
  REQUIRE(std::holds_alternative<LookUps::Found>(found));
  CHECK(std::get<LookUps::Found>(found).news);
  CHECK(office.told(office.lysvik) == "customer enrolled, dormant, back");
  CHECK_FALSE(office.left(kari));
}

TEST_CASE("who was only looked up leaves after their own days") {
  LeavingOffice office("idle_days = 60\nlooked_up_days = 10\n");
  const CustomerRef kari = office.joins(office.lysvik);
  office.push(office.lysvik);
  static_cast<void>(office.centre->look_ups().look_up(office.sunne.number, office.sunne.epoch,
                                                      {ContactKind::phone, "+4791234567"}));
  REQUIRE(office.known(kari, "Sunne"));
  office.pass(9);
  CHECK(office.known(kari, "Sunne"));
  office.pass(1);
  CHECK(office.left(kari, "Sunne"));
  CHECK(office.known(kari, "Lysvik"));
}

TEST_CASE("cover keeps a customer at the store that registered it, until it ends") {
  LeavingOffice office;
  const CustomerRef kari = office.joins(office.lysvik);
  office.push(office.lysvik);
  office.registers(office.sunne, kari, 6);
  office.push(office.sunne);
  office.pass(90);
  CHECK(office.left(kari, "Lysvik"));
  CHECK(office.known(kari, "Sunne"));
  office.pass(100);
  CHECK(office.left(kari, "Sunne"));
}

TEST_CASE("money in the wallet keeps a customer at home, and nowhere else") {
  LeavingOffice office;
  const CustomerRef kari = office.joins(office.lysvik);
  PurchaseLine load = keepsake::test::line("WALLET", 1, 10000);
  Purchase bought = keepsake::test::purchase(office.clock, {load});
  bought.customer = kari;
  TopUp top_up;
  top_up.line = 0;
  top_up.kind = StoredValue::wallet;
  top_up.amount = keepsake::test::kroner(10000);
  bought.top_ups.push_back(top_up);
  office.lysvik.add(bought);
  CHECK(office.push(office.lysvik).empty());
  office.buys(office.sunne, kari);
  office.push(office.sunne);
  office.pass(90);
  CHECK(office.known(kari, "Lysvik"));
  CHECK(office.left(kari, "Sunne"));
}

TEST_CASE("what a person has still to settle keeps a customer") {
  LeavingOffice office;
  const CustomerRef kari = office.joins(office.lysvik);
  office.push(office.lysvik);
  const FactId sold = office.buys(office.lysvik, kari);
  Return back = keepsake::test::bring_back(
      office.clock,
      keepsake::test::purchase(office.clock, {keepsake::test::line("1001", 1, 10000)}), sold, 0, 1);
  back.customer = kari;
  office.lysvik.add(back);
  const FactId again = office.lysvik.add(back);
  REQUIRE(office.push(office.lysvik).size() == 1);
  office.pass(90);
  CHECK_FALSE(office.left(kari));
  office.lysvik.add(ExceptionSettled{{again, "return.beyond-sold"},
                                     Decision::absorb,
                                     {},
                                     {},
                                     "agreed",
                                     "anna",
                                     office.clock.local_now()});
  office.push(office.lysvik);
  office.pass(90);
  CHECK(office.left(kari));
}

TEST_CASE("a clock that jumps makes nobody leave, and one that was behind makes nobody look idle") {
  LeavingOffice office;
  const CustomerRef kari = office.joins(office.lysvik);
  office.push(office.lysvik);
  office.clock.advance(hours(24 * 4000));
  const auto refused = office.run();
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "clock.ahead");
  CHECK_FALSE(office.left(kari));
  // What arrives while it is wrong is noted by the day that was believed.
  office.clock.advance(-hours(24 * 4000));
  office.pass(30);
  office.clock.advance(-hours(24 * 9000));
  const CustomerRef ola = office.joins(office.sunne);
  office.push(office.sunne);
  office.buys(office.lysvik, kari);
  office.push(office.lysvik);
  office.clock.advance(hours(24 * 9000));
  office.pass(31);
  CHECK_FALSE(office.left(kari));
  CHECK_FALSE(office.left(ola, "Sunne"));
  office.pass(30);
  CHECK(office.left(kari));
}

TEST_CASE("what head office does by itself brings nobody back, and comes to the store as it is") {
  LeavingOffice office;
  const CustomerRef kari = office.joins(office.lysvik);
  office.lysvik.add(keepsake::test::programme());
  Purchase bought =
      keepsake::test::purchase(office.clock, {keepsake::test::line("1001", 1, 10000)});
  bought.customer = kari;
  bought.programme_version = 1;
  bought.points_earned = {100000};
  const FactId sold = office.lysvik.add(bought);
  office.push(office.lysvik);
  office.buys(office.sunne, kari);
  office.push(office.sunne);
  office.pass(61);
  REQUIRE(office.left(kari));
  office.buys(office.sunne, kari);
  office.push(office.sunne);
  const FeedPosition before = office.page(office.lysvik).head;
  PointsExpired run;
  run.at = office.clock.local_now();
  run.as_of = run.at.date();
  run.currency = keepsake::test::nok();
  run.lots = {{kari, {sold, 0}, {100000}}};
  REQUIRE(office.centre->publishing()
              .publish({0,
                        "expiry",
                        "Lysvik",
                        "keepsake-central",
                        {},
                        office.clock.now(),
                        PublicationState::waiting},
                       {run})
              .ok());
  REQUIRE(office.centre->publishing().release_due().ok());
  CHECK(office.left(kari));
  CHECK(office.told(office.lysvik, before) == "purchase, points expired");
  CHECK(office.page(office.lysvik, before).keys.empty());
}

TEST_CASE("an erasure comes to a store where the customer is dormant, whoever erases") {
  LeavingOffice office;
  const CustomerRef kari = office.joins(office.lysvik), ola = office.joins(office.lysvik);
  office.buys(office.lysvik, kari);
  office.push(office.lysvik);
  office.buys(office.sunne, kari);
  office.push(office.sunne);
  office.pass(40);
  office.buys(office.sunne, kari);
  office.push(office.sunne);
  office.pass(25);
  REQUIRE(office.left(kari));
  const FeedPosition before = office.page(office.lysvik).head;
  office.sunne.add(CustomerErasure{{kari}, "request", "per", office.clock.local_now(), {}});
  // A till of the store that has not heard yet that he left is believed as well.
  office.lysvik.add(CustomerErasure{{ola}, "request", "anna", office.clock.local_now(), {}});
  CHECK(office.push(office.sunne).empty());
  CHECK(office.push(office.lysvik).empty());
  CHECK(office.told(office.lysvik, before) == "customer erased, back, customer erased");
  CHECK(office.page(office.lysvik, before).keys.empty());
}

TEST_CASE("a person leaves under every reference, and comes back with what they became meanwhile") {
  LeavingOffice office;
  const CustomerRef kari = office.joins(office.lysvik), twice = office.joins(office.lysvik);
  office.lysvik.add(CustomerMerge{kari, twice, "by hand", "anna", office.clock.local_now()});
  office.push(office.lysvik);
  office.buys(office.sunne, kari);
  const CustomerRef third = office.joins(office.sunne);
  office.push(office.sunne);
  office.pass(40);
  office.buys(office.sunne, twice);
  office.push(office.sunne);
  office.pass(25);
  CHECK(office.left(kari));
  CHECK(office.left(twice));
  CHECK(office.known(kari, "Sunne"));
  office.sunne.add(CustomerMerge{kari, third, "phone", "per", office.clock.local_now()});
  office.push(office.sunne);
  CHECK_FALSE(office.known(third, "Lysvik"));
  const FeedPosition before = office.page(office.lysvik).head;
  office.buys(office.lysvik, twice);
  office.push(office.lysvik);
  CHECK(office.told(office.lysvik, before) ==
        "back, customer enrolled, customers merged, purchase");
  CHECK(office.page(office.lysvik, before).keys.size() == 3);
  for (const CustomerRef& each : {kari, twice, third}) CHECK(office.known(each, "Lysvik"));
}

TEST_CASE("whose card a second customer claims is back before that, and stays") {
  LeavingOffice office;
  const CustomerRef kari = office.joins(office.lysvik, "C-1");
  office.push(office.lysvik);
  office.pass(61);
  REQUIRE(office.left(kari));
  const FeedPosition before = office.page(office.lysvik).head;
  const CustomerRef ola = office.joins(office.lysvik, "C-1");
  REQUIRE(office.push(office.lysvik).size() == 1);
  CHECK(office.told(office.lysvik, before) == "back, customer enrolled");
  office.pass(200);
  CHECK_FALSE(office.left(kari));
  CHECK_FALSE(office.left(ola));
}

TEST_CASE("leases of whoever leaves are asked back, and a hold keeps them") {
  LeavingOffice office;
  const CustomerRef kari = office.joins(office.lysvik);
  office.push(office.lysvik);
  KeptReservation lease{{{{1}}, ReservationKind::lease, points_of(kari), 500, {}},
                        {office.lysvik.number, office.lysvik.epoch}};
  KeptReservation hold{
      {{{2}}, ReservationKind::hold, points_of(kari), 500, office.clock.now() + hours(24 * 62)},
      {office.lysvik.number, office.lysvik.epoch}};
  REQUIRE(office.centre
              ->work_with_writer([&](Database& writer) -> Result<Done> {
                put(writer, lease);
                put(writer, hold);
                return Done{};
              })
              .ok());
  office.pass(61);
  CHECK_FALSE(office.left(kari));
  office.pass(3);
  CHECK(office.left(kari));
  const auto kept = find_reservation(**open_records(office.data()), lease.reservation.id);
  REQUIRE(kept.has_value());
  CHECK(kept->state == ReservationState::recalled);
}

TEST_CASE("whose key head office does not have stays: nothing could bring them back") {
  LeavingOffice office;
  const CustomerRef kari = office.joins(office.lysvik);
  office.taken(office.lysvik, office.lysvik.all());  // without the key
  office.pass(90);
  CHECK_FALSE(office.left(kari));
}

TEST_CASE(
    "many leave in bounded parts, and a store with more than it may have lets the oldest go") {
  LeavingOffice office("idle_days = 300\nmost = 100\n");
  std::vector<CustomerRef> many;
  for (int day = 0; day < 3; ++day) {
    for (int n = 0; n < 60; ++n) many.push_back(office.joins(office.lysvik));
    office.push(office.lysvik, static_cast<Seq>(60 * day + 1));
    if (day < 2) office.pass(3);
  }
  CHECK(office.run().ok());
  CHECK_FALSE(office.left(many.front()));  // everybody was seen within a week
  office.clock.advance(hours(24 * 8));
  const auto looks = office.run();
  REQUIRE(looks.ok());
  CHECK(*looks == 2);  // 80 people, 50 at a time
  const auto gone =
      std::ranges::count_if(many, [&](const auto& each) { return office.left(each); });
  CHECK(gone == 80);
  for (std::size_t n = 0; n < 60; ++n) CHECK(office.left(many[n]));
  for (std::size_t n = 120; n < 180; ++n) CHECK_FALSE(office.left(many[n]));
  office.pass(300);
  CHECK(std::ranges::all_of(many, [&](const auto& each) { return office.left(each); }));
}

TEST_CASE("nobody leaves where the owner says 0, and each store has its own settings") {
  LeavingOffice office("idle_days = 0\n");
  const CustomerRef kari = office.joins(office.lysvik);
  office.push(office.lysvik);
  office.buys(office.sunne, kari);
  office.push(office.sunne);
  office.say("idle_days = 30\n", "Sunne");
  office.pass(400);
  CHECK(office.known(kari, "Lysvik"));
  CHECK(office.left(kari, "Sunne"));
}

}  // namespace keepsake::sync::central::test
