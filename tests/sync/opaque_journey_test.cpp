// One record that head office cannot take, with both ends over TLS.

#include <doctest/doctest.h>

#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/views/reports.hpp"
#include "tests/sync/poison.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

TEST_CASE("one record that head office cannot take holds nothing else up, and is counted later") {
  HeadOffice office;
  office.stop();
  poison(office.data() / "central.db", Poisoned::taking);
  office.start();
  Till till, other;
  till.enrol_at(office);
  other.enrol_at(office);
  till.sell(1);
  till.record(keepsake::test::purchase(till.clock, {keepsake::test::line("P", 1, poison_minor)}));
  till.sell(2);
  {
    const auto agent = Agent::start(
        *till.book, till.clock, [] {}, [] {});
    REQUIRE(eventually([&] { return agent->state().acknowledged == 4; }, std::chrono::seconds(90)));
    CHECK(eventually([&] { return !agent->state().last_error; }));
    CHECK(eventually([&] { return agent->state().exceptions == 1; }));  // comes with the feed
    CHECK(agent->state().link == LinkState::online);
    till.sell(3);
    agent->nudge();
    CHECK(eventually([&] { return agent->state().acknowledged == 7; }));
    // Its own place in the order came down as well: nothing is on top without end.
    CHECK(eventually([&] { return agent->state().up_to_date && !agent->state().pull_error; }));
  }
  CHECK(office.store().purchases == 6);
  CHECK(office.store().facts == 7);
  CHECK(till.reader()->outcomes(5)->front().code == "fact.opaque");
  other.sync();
  CHECK(other.totals().purchases == 6);

  office.stop();
  cure(office.data() / "central.db");
  office.start();
  const auto judged = central::ask_to_judge_again(office.data());
  REQUIRE(judged.ok());
  REQUIRE(judged->has_value());
  CHECK((*judged)->applied == 1);
  CHECK(till.sync().waiting == 0);
  CHECK(other.sync().waiting == 0);
  check_equal(till.totals(), office.store());
  CHECK(other.totals().purchases == 7);
  CHECK(other.totals().purchase_minor == office.store().purchase_minor);
  // The record has two places in the till's feed, and is rebuilt from one.
  CHECK(keepsake::test::rebuilt(till) == "");
  CHECK(keepsake::test::rebuilt(other) == "");
}

}  // namespace keepsake::sync::test
