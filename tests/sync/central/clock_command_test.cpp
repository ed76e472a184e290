#include <doctest/doctest.h>

#include "storage/domain/fact.hpp"
#include "storage/domain/sale/article.hpp"
#include "sync/central/central_clock.hpp"
#include "tests/sync/central/central_shell.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

using std::chrono::days;

namespace {

Instant by_machine() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

/// A centre that once believed a clock so far from today's.
struct ClockAt : Shell {
  explicit ClockAt(days off) {
    const FakeClock clock(by_machine());
    auto centre = Centre::open(folder.path() / "centre", {"localhost"}, clock);
    REQUIRE(centre.ok());
    REQUIRE((*centre)->confirm_clock(clock.now() + off).ok());
  }
};

}  // namespace

TEST_CASE(
    "head office's clock that was set back, or leapt, is told and a person says that it is right") {
  for (const days off : {days(3650), days(-3650)}) {
    const ClockAt shell(off);
    const auto doubted = shell.run({"clock", "--json"});
    CHECK(doubted.exit == 1);
    CHECK(doubted.json().at("believed") == false);
    CHECK(shell.run({"clock"}).out.find("It is not believed") != std::string::npos);
    CHECK(shell.run({"clock", "--confirm"}).exit == 0);
    CHECK(shell.run({"clock"}).out.find("It is believed.") != std::string::npos);
  }
  CHECK(Shell().run({"clock"}).exit == 2);  // there is no head office yet
}

TEST_CASE(
    "what somebody published under a wrong date says nothing any more once the date is confirmed") {
  Office office;
  const Instant today = office.clock.now();
  REQUIRE(office.centre->confirm_clock(today).ok());
  office.clock.advance(days(3650));
  const auto number = office.centre->publishing().publish(
      {0, "expiry", "", "anna", {}, office.clock.now(), PublicationState::waiting},
      {CatalogueChange{{keepsake::test::article("LAMP", "Lamp")}, {}}});
  REQUIRE(number.ok());
  office.clock.set(today);
  const auto trust = [&] {
    const auto reader = open_records(office.data());
    REQUIRE(reader.ok());
    return trust_in_clock(**reader, office.clock.now());
  };
  CHECK(trust().believed == today + days(3650));
  CHECK_FALSE(trust().is_right());
  REQUIRE(office.centre->confirm_clock(today).ok());
  CHECK(trust().is_right());
  CHECK(trust().believed == today);
}

}  // namespace keepsake::sync::central::test
