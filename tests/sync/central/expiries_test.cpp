#include "sync/central/expiries.hpp"

#include <doctest/doctest.h>

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/loyalty_result.hpp"
#include "sync/central/feed.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

namespace {

using keepsake::test::kroner;

/// Two stores; a customer of Lysvik whose points are good until the end of the year.
struct ExpiringOffice : Office {
  SendingTerminal lysvik{clock}, sunne{clock};
  CustomerRef kari;

  ExpiringOffice() {
    lysvik.enrol(centre->enrolment(), "Lysvik");
    sunne.enrol(centre->enrolment(), "Sunne");
    lysvik.add(keepsake::test::programme());
    CustomerEnrolment enrolment;
    kari = enrolment.customer = *lysvik.vault->new_customer();
    enrolment.language = "nb";
    enrolment.at = clock.local_now();
    lysvik.add(enrolment);
    Purchase bought = keepsake::test::purchase(clock, {keepsake::test::line("1001", 1, 10000)});
    bought.customer = kari;
    bought.programme_version = 1;
    bought.points_earned = {50000};
    bought.loyalty.emplace();
    bought.loyalty->to_wallet = bought.loyalty->paid_out = kroner(0);
    bought.loyalty->rules = {{"base", {50000}}};
    bought.loyalty->issued = {{{50000}, std::chrono::year(2026) / 12 / 31, std::nullopt}};
    bought.loyalty->lines = {{bought.total, {50000}, {}}};
    lysvik.add(bought);
    taken(lysvik, lysvik.all());
  }
  std::vector<StoreExpiry> due() {
    const auto reader = open_records(data());
    return find_expiry(**reader, std::nullopt, clock.now());
  }
  /// As the centre does once an hour.
  Result<Done> run() {
    const auto reader = open_records(data());
    auto done = centre->expiries().publish(centre->expiries().look(**reader));
    if (done) REQUIRE(centre->publishing().release_due().ok());
    return done;
  }
  void pass(int days) { clock.advance(std::chrono::hours(24 * days)); }
  /// Types of facts after a place in a terminal's feed.
  std::vector<std::uint16_t> told(const SendingTerminal& terminal, FeedPosition after) {
    const auto reader = open_records(data());
    const auto vault = centre->vault_reader();
    const auto known = find_terminal(**reader, terminal.number);
    const auto page = page_for(**reader, **vault, *known, {generation(**reader), after});
    REQUIRE(page.ok());
    std::vector<std::uint16_t> types;
    for (const FeedEntry& each : page->entries) types.push_back(each.type);
    return types;
  }
  FeedPosition last() { return last_position(**open_records(data())); }
};

}  // namespace

TEST_CASE("what is past its last day expires once, and the store is told") {
  ExpiringOffice office;
  CHECK(office.due().empty());
  CHECK(office.run().ok());  // the clock is believed from here on
  office.pass(30);
  CHECK(office.run().ok());
  CHECK(office.told(office.lysvik, 0).size() == 3);
  office.pass(15);  // the fifth of January
  const auto due = office.due();
  REQUIRE(due.size() == 1);
  CHECK(due[0].store == "Lysvik");
  REQUIRE(due[0].due.lots.size() == 1);
  CHECK(due[0].due.lots[0].points == Points{50000});
  const FeedPosition before = office.last();
  CHECK(office.run().ok());
  CHECK(office.due().empty());
  CHECK(office.run().ok());
  CHECK(office.told(office.lysvik, before) ==
        std::vector{static_cast<std::uint16_t>(FactType::points_expired)});
  CHECK(office.told(office.sunne, before).empty());  // it does not know the customer
  CHECK(office.figures("Lysvik").points_outstanding_hundredths == 0);
}

TEST_CASE("a clock that jumped lets nothing expire until a person says so") {
  ExpiringOffice office;
  REQUIRE(office.run().ok());
  office.pass(400);
  const auto refused = office.run();
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "clock.ahead");
  CHECK_FALSE(office.due().empty());
  const auto due = office.due();
  REQUIRE(
      office.centre->publishing()
          .publish(
              {0, "expiry", "Lysvik", "anna", {}, office.clock.now(), PublicationState::waiting},
              facts_of(due[0]))
          .ok());
  REQUIRE(office.centre->publishing().release_due().ok());
  CHECK(office.run().ok());
  office.pass(20);
  CHECK(office.run().ok());
}

}  // namespace keepsake::sync::central::test
