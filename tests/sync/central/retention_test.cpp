#include "sync/central/retention.hpp"

#include <doctest/doctest.h>

#include "storage/domain/chain_settings.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/warranty/warranty.hpp"
#include "storage/records/core/people.hpp"
#include "sync/central/feed.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

namespace {

struct RetainingOffice : Office {
  SendingTerminal lysvik{clock}, sunne{clock};

  RetainingOffice() {
    lysvik.enrol(centre->enrolment(), "Lysvik");
    sunne.enrol(centre->enrolment(), "Sunne");
  }
  CustomerRef joins(SendingTerminal& terminal) {
    CustomerEnrolment enrolment;
    enrolment.customer = *terminal.vault->new_customer();
    enrolment.sealed_profile =
        terminal.vault->seal_profile(enrolment.customer, {"Kari", "", "", "", {}}).value();
    enrolment.at = clock.local_now();
    terminal.add(enrolment);
    return enrolment.customer;
  }
  void buys(SendingTerminal& terminal, const CustomerRef& customer) {
    Purchase bought = keepsake::test::purchase(clock, {keepsake::test::line("1001", 1, 10000)});
    bought.customer = customer;
    terminal.add(bought);
  }
  void push(SendingTerminal& terminal) {
    Batch batch = terminal.all();
    for (const Record& record : terminal.journal)
      if (const auto fact = decode(static_cast<FactType>(record.type), record.body); fact)
        if (const auto* enrolment = get_if<CustomerEnrolment>(&*fact)) {
          const auto keys =
              terminal.vault->seal_keys_for({&enrolment->customer, 1}, terminal.central_box_public);
          for (const auto& key : *keys) batch.keys.push_back({key.customer, key.bytes});
        }
    terminal.sign(batch);
    taken(terminal, batch);
  }
  std::int64_t say(const std::string& settings, const std::string& store = {}) {
    const auto number = centre->publishing().publish(
        {0, "settings", store, "anna", {}, clock.now(), PublicationState::waiting},
        {ChainSettings{settings}});
    REQUIRE(number.ok());
    REQUIRE(centre->publishing().release_due().ok());
    return *number;
  }
  /// As the running centre does.
  Result<Done> run() {
    const auto reader = open_records(data());
    auto done = centre->retention().publish(centre->retention().look(**reader));
    REQUIRE(centre->publishing().release_due().ok());
    REQUIRE(centre->clean_up().ok());
    return done;
  }
  /// Day by day, so that the clock is believed.
  void pass(int months) {
    for (int n = 0; n < months; ++n) {
      clock.advance(std::chrono::hours(24 * 31));
      CHECK(run().ok());
    }
  }
  bool is_erased(const CustomerRef& customer) {
    return records::is_erased(**open_records(data()), customer);
  }
  bool has_key(const CustomerRef& customer) {
    return centre->vault_reader()
               .value()
               ->seal_keys_for({&customer, 1}, lysvik.vault->box_public())
               .value()
               .size() == 1;
  }
  std::size_t due() {
    std::size_t customers = 0;
    for (const StoreRetention& each : find_idle(**open_records(data()), std::nullopt, clock.now()))
      customers += each.due.size();
    return customers;
  }
  /// How many facts of this type a terminal is told.
  std::size_t told(const SendingTerminal& terminal, FactType type) {
    const auto reader = open_records(data());
    const auto vault = centre->vault_reader();
    const auto known = find_terminal(**reader, terminal.number);
    const auto page = page_for(**reader, **vault, *known, {generation(**reader), 0});
    REQUIRE(page.ok());
    std::size_t count = 0;
    for (const FeedEntry& each : page->entries)
      count += each.type == static_cast<std::uint16_t>(type) ? 1U : 0U;
    return count;
  }
};

}  // namespace

TEST_CASE(
    "who is idle in the whole chain is erased once and every store that knows them hears it") {
  RetainingOffice office;
  const CustomerRef kari = office.joins(office.lysvik);
  office.buys(office.sunne, kari);
  office.push(office.lysvik);
  office.push(office.sunne);
  CHECK(office.has_key(kari));
  office.pass(13);
  CHECK_FALSE(office.is_erased(kari));  // head office has not said anything
  office.say("[retention]\ncustomers_inactive_months = 12\nbookkeeping_years = 5\n");
  office.clock.advance(std::chrono::hours(24));
  CHECK(office.due() == 1);
  CHECK(office.run().ok());
  CHECK(office.is_erased(kari));
  CHECK_FALSE(office.has_key(kari));
  CHECK(office.told(office.lysvik, FactType::customer_erased) == 1);
  CHECK(office.told(office.sunne, FactType::customer_erased) == 1);
  CHECK(office.due() == 0);
  office.pass(2);
  CHECK(office.told(office.lysvik, FactType::customer_erased) == 1);
}

TEST_CASE(
    "a sign of life at another store keeps a customer, and the rule of the store that enrolled "
    "them") {
  RetainingOffice office;
  office.say("[retention]\ncustomers_inactive_months = 12\n", "Lysvik");
  const CustomerRef active = office.joins(office.lysvik), idle = office.joins(office.lysvik),
                    elsewhere = office.joins(office.sunne);
  office.push(office.lysvik);
  office.push(office.sunne);
  office.pass(8);
  office.buys(office.sunne, active);
  office.push(office.sunne);
  office.pass(6);
  CHECK_FALSE(office.is_erased(active));
  CHECK(office.is_erased(idle));
  CHECK_FALSE(office.is_erased(elsewhere));
  office.pass(8);
  CHECK(office.is_erased(active));
}

TEST_CASE("who is covered stays until the cover has ended") {
  RetainingOffice office;
  office.say("[retention]\ncustomers_inactive_months = 6\n");
  const CustomerRef kari = office.joins(office.lysvik);
  WarrantyRegistration registration;
  registration.article = "1002";
  registration.article_name = "Lamp";
  const LineWarranty lamp = keepsake::test::item("SN100");
  registration.maker = lamp.maker;
  registration.serial = registration.serial_typed = lamp.serial;
  registration.covers = lamp.covers;
  registration.covers.front().dates.end = office.clock.local_now().date() + std::chrono::months(12);
  registration.customer = kari;
  registration.at = office.clock.local_now();
  office.lysvik.add(registration);
  office.push(office.lysvik);
  office.pass(10);
  CHECK_FALSE(office.is_erased(kari));
  office.pass(3);
  CHECK(office.is_erased(kari));
}

TEST_CASE("a clock that jumped erases nobody until a person says so") {
  RetainingOffice office;
  office.say("[retention]\ncustomers_inactive_months = 12\n");
  const CustomerRef kari = office.joins(office.lysvik);
  office.push(office.lysvik);
  CHECK(office.run().ok());
  office.clock.advance(std::chrono::hours(24 * 4000));
  const auto refused = office.run();
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "clock.ahead");
  CHECK_FALSE(office.is_erased(kari));
  CHECK(office.due() == 1);
}

TEST_CASE("many at once wait for a person") {
  RetainingOffice office;
  std::vector<CustomerRef> many;
  for (std::size_t n = 0; n <= Retention::unasked; ++n) many.push_back(office.joins(office.lysvik));
  const CustomerRef one = office.joins(office.sunne);
  for (std::size_t first = 1; first <= office.lysvik.journal.size(); first += 100)
    office.taken(
        office.lysvik,
        office.lysvik.batch(static_cast<Seq>(first),
                            static_cast<Seq>(std::min(first + 99, office.lysvik.journal.size()))));
  office.push(office.sunne);
  office.pass(7);
  office.say("[retention]\ncustomers_inactive_months = 6\n");
  office.clock.advance(std::chrono::hours(24));
  const auto refused = office.run();
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "retention.many");
  CHECK_FALSE(office.is_erased(many.front()));
  CHECK(office.is_erased(one));  // another store's are no reason to wait
}

TEST_CASE("who came back between the look and the erasure stays") {
  RetainingOffice office;
  office.say("[retention]\ncustomers_inactive_months = 6\n");
  const CustomerRef kari = office.joins(office.lysvik);
  office.push(office.lysvik);
  office.pass(5);
  office.clock.advance(std::chrono::hours(24 * 33));
  const auto due = office.centre->retention().look(**open_records(office.data()));
  office.buys(office.sunne, kari);
  office.push(office.sunne);
  CHECK(office.centre->retention().publish(due).ok());
  REQUIRE(office.centre->publishing().release_due().ok());
  CHECK_FALSE(office.is_erased(kari));
}

TEST_CASE("whoever a store erased under one reference head office erases under the others") {
  RetainingOffice office;
  const CustomerRef first = office.joins(office.lysvik), second = office.joins(office.sunne);
  office.push(office.lysvik);
  office.push(office.sunne);
  // Sunne finds that they are one, and Lysvik has not heard of it.
  office.sunne.add(CustomerMerge{second, first, "phone", "ola", office.clock.local_now()});
  office.push(office.sunne);
  office.lysvik.add(CustomerErasure{{first}, "request", "anna", office.clock.local_now(), {}});
  office.push(office.lysvik);
  CHECK(office.is_erased(first));
  CHECK_FALSE(office.is_erased(second));
  CHECK(office.due() == 1);
  CHECK(office.run().ok());
  CHECK(office.is_erased(second));
  CHECK_FALSE(office.has_key(second));
  CHECK(office.due() == 0);
}

}  // namespace keepsake::sync::central::test
