// Tills of one store that keep for each other what head office has not acknowledged: over TLS, with a
// real head office.

#include <doctest/doctest.h>

#include "tests/sync/neighbours.hpp"

namespace keepsake::sync::test {

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

}  // namespace

TEST_CASE(
    "mirror: what a till sold before it burnt comes from the next till, and once when it is "
    "found") {
  HeadOffice office;
  NeighbourTill first(office), second(office);
  meet(first, second);
  first.cut();
  second.cut();
  first.sell(3);
  first.mirror->recorded();
  REQUIRE(eventually([&] { return first.copied_to(second) == 3; }));
  CHECK(second.keeps_for(first) == 3);
  first.sell(2);
  first.mirror->recorded();
  REQUIRE(eventually([&] { return first.copied_to(second) == 5; }));

  // Its disk is somewhere; the till is not.
  first.leave();
  const Totals lost = first.totals();
  CHECK(office.store().purchases == 0);
  second.mend();
  REQUIRE(eventually([&] { return office.store().purchases == 5; }));
  check_equal(lost, office.store());
  REQUIRE(eventually([&] { return second.keeps_for(first) == 0; }));

  // Somebody finds the disk.
  first.mend();
  first.sell(1);
  CHECK(first.sync().waiting == 0);
  CHECK(office.store().purchases == 6);
  check_equal(first.totals(), office.store());
  CHECK(first.reader()->outcomes(10)->empty());
  check_kept_sound(first);
  second.leave();
  second.sync();
  check_equal_sales(second.totals(), office.store());
  check_kept_sound(second);
}

TEST_CASE("mirror: a till whose neighbour has a line is acknowledged over it") {
  HeadOffice office;
  NeighbourTill first(office), second(office);
  meet(first, second);
  first.cut();
  first.sell(4);
  first.mirror->recorded();
  REQUIRE(eventually([&] { return first.reader()->acknowledged()->seq == 4; }));
  CHECK(eventually([&] { return first.answers > 0; }));
  CHECK(office.store().purchases == 4);
  check_equal(first.totals(), office.store());
  // What is acknowledged is dropped at both.
  CHECK(eventually([&] { return second.keeps_for(first) == 0; }));
  first.mend();
  first.sell(1);
  CHECK(first.sync().waiting == 0);
  CHECK(office.store().purchases == 5);
  CHECK(office.store().facts == 5);
}

TEST_CASE("mirror: an agent without a line hears of what its neighbour brought") {
  HeadOffice office;
  NeighbourTill first(office), second(office);
  meet(first, second);
  first.cut();
  const auto agent = Agent::start(
      *first.book, first.clock, [] {}, [] {});
  first.sell(2);
  agent->nudge();
  first.mirror->recorded();
  REQUIRE(eventually([&] { return first.answers > 0; }));
  agent->nudge();
  CHECK(eventually([&] { return agent->state().waiting == 0; }));
  CHECK(agent->state().acknowledged == 2);
  CHECK(agent->state().link != LinkState::online);
}

TEST_CASE(
    "mirror: what was kept of a till that was enrolled again, or shut out since, still counts") {
  HeadOffice office;
  NeighbourTill first(office), second(office);
  meet(first, second);
  first.cut();
  second.cut();
  first.sell(3);
  first.mirror->recorded();
  REQUIRE(eventually([&] { return first.copied_to(second) == 3; }));
  first.leave();
  bool readmitted = false;
  SUBCASE("enrolled again") {
    first.mend();
    first.enrol(office);
    readmitted = true;
  }
  SUBCASE("shut out") { office.revoke(first.enrolment.terminal); }
  second.mend();
  REQUIRE(eventually([&] { return second.keeps_for(first) == 0; }));
  CHECK(office.store().purchases == 3);
  CHECK(office.store().facts == 3);
  if (!readmitted) {
    first.mend();
    first.enrol(office);
  }
  first.sell(2);
  CHECK(first.sync().waiting == 0);
  CHECK(office.store().purchases == 5);
  CHECK(office.store().facts == 5);
  check_equal(first.totals(), office.store());
  check_kept_sound(first);
}

TEST_CASE("mirror: what came after a till was shut out does not count, and is told") {
  HeadOffice office;
  NeighbourTill first(office), second(office);
  meet(first, second);
  second.cut();  // it does not hear of the revocation
  first.cut();
  first.sell(1);
  first.mirror->recorded();
  REQUIRE(eventually([&] { return first.copied_to(second) == 1; }));
  office.revoke(first.enrolment.terminal);
  std::this_thread::sleep_for(5ms);
  first.sell(2);
  first.mirror->recorded();
  REQUIRE(eventually([&] { return first.copied_to(second) == 3; }));
  second.mend();
  REQUIRE(eventually([&] {
    const auto state = second.mirror->state();
    return state.kept.size() == 1 && state.kept.front().refused == 2;
  }));
  CHECK(office.store().purchases == 1);
  CHECK(second.keeps_for(first) == 2);
  CHECK(second.mirror->state().kept.front().handed_in == 1);
}

TEST_CASE(
    "mirror: a till that was put back from a backup sells on, and both of its histories count") {
  HeadOffice office;
  NeighbourTill first(office), second(office);
  meet(first, second);
  first.sell(2);
  CHECK(first.sync().waiting == 0);
  first.leave();
  first.book.reset();
  const fs::path backup = first.folder.path() / "backup";
  fs::copy(first.data(), backup, fs::copy_options::recursive);
  first.reopen();
  first.take_part();
  first.cut();
  second.cut();
  first.sell(3);
  first.mirror->recorded();
  REQUIRE(eventually([&] { return first.copied_to(second) == 5; }));

  first.leave();
  first.book.reset();
  fs::remove_all(first.data());
  fs::copy(backup, first.data(), fs::copy_options::recursive);
  first.reopen();
  first.clock.advance(std::chrono::hours(1));
  first.take_part();
  first.sell(2);
  first.mirror->recorded();
  REQUIRE(eventually([&] { return second.keeps_for(first) == 5; }));  // both, side by side

  SUBCASE("its own line is back first") {
    first.mend();
    CHECK(first.sync().waiting == 0);
    second.mend();
    REQUIRE(eventually([&] { return second.keeps_for(first) == 0; }));
    CHECK(office.store().purchases == 7);
    // It goes on under its chain, and hears of its lost sales as of another till's.
    CHECK(first.sync().link == LinkState::online);
  }
  SUBCASE("the neighbour's is, and one new enrolment follows") {
    second.mend();
    REQUIRE(eventually([&] { return second.keeps_for(first) == 0; }));
    CHECK(office.store().purchases == 7);
    first.mend();
    if (first.sync().link == LinkState::refused) {
      first.leave();
      first.enrol(office);
    }
    CHECK(first.sync().waiting == 0);
  }
  CHECK(office.store().purchases == 7);
  CHECK(office.store().facts == 7);
  first.leave();
  first.sync();
  check_equal_sales(first.totals(), office.store());
  check_kept_sound(first);
  second.leave();
  second.sync();
  check_equal_sales(second.totals(), office.store());
}

TEST_CASE("mirror: where one neighbour is full or gone a third one keeps the copy") {
  HeadOffice office;
  NeighbourTill first(office), second(office), third(office);
  mirror::KeepingLimits small;
  bool gone = false;
  SUBCASE("full") { small.records_of_till = 1; }
  SUBCASE("gone") { gone = true; }
  second.take_part(small);
  REQUIRE(eventually([&] { return second.mirror->port().has_value(); }));
  std::this_thread::sleep_for(200ms);
  meet(first, third);
  first.cut();
  third.cut();
  second.cut();
  if (gone) second.leave();
  first.sell(3);
  first.mirror->recorded();
  // Whom it could not reach at once, on a machine that is busy, it leaves alone for up to a minute.
  CHECK(eventually([&] { return first.copied_to(third) == 3; }, 90s));
  if (gone) return;
  CHECK(second.keeps_for(first) == 0);
  CHECK(eventually([&] {
    const auto state = first.mirror->state();
    return std::ranges::any_of(state.copies, [&](const MirrorCopy& copy) {
      return copy.terminal == second.enrolment.terminal && copy.trouble == "mirror.full";
    });
  }));
}

}  // namespace keepsake::sync::test
