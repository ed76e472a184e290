// The thread: what it does by itself, and how quietly.

#include <atomic>
#include <ctime>
#include <doctest/doctest.h>

#include "storage/domain/views/reports.hpp"
#include "sync/agent/agent.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

using namespace std::chrono_literals;

double cpu_seconds() {
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

}  // namespace

TEST_CASE("the agent sends what is recorded when it is nudged") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  till.sell(3);
  const auto agent = Agent::start(
      *till.book, till.clock, [] {}, [] {});
  CHECK(eventually([&] { return agent->state().acknowledged == 3; }));
  till.sell(2);
  agent->nudge();
  CHECK(eventually([&] { return agent->state().acknowledged == 5; }));
  CHECK(agent->state().link == LinkState::online);
  CHECK(agent->state().waiting == 0);
  CHECK(agent->state().last_success);
  CHECK_FALSE(agent->state().next_try);
  check_equal(till.totals(), office.store());
}

TEST_CASE("an agent without an enrolment waits for one") {
  HeadOffice office;
  Till till;
  till.sell(2);
  const auto agent = Agent::start(
      *till.book, till.clock, [] {}, [] {});
  CHECK(eventually([&] { return agent->state().waiting == 2; }));
  CHECK(agent->state().link == LinkState::not_enrolled);
  till.enrol_at(office);
  agent->nudge();
  CHECK(eventually([&] { return agent->state().acknowledged == 2; }));
}

TEST_CASE("a centre that is down is told with the next try and converges when it is back") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  till.sell(1);
  const auto agent = Agent::start(
      *till.book, till.clock, [] {}, [] {});
  REQUIRE(eventually([&] { return agent->state().acknowledged == 1; }));

  office.line().set({LineFault::Kind::refuse, 0, {}});
  office.stop();
  till.sell(4);
  agent->nudge();
  REQUIRE(eventually([&] { return agent->state().link == LinkState::offline; }));
  const SyncState down = agent->state();
  CHECK(down.waiting == 4);
  CHECK(down.acknowledged == 1);
  REQUIRE(down.last_error);
  CHECK(down.last_error->code == "link.down");
  CHECK(eventually([&] { return agent->state().next_try.has_value(); }));
  CHECK(down.oldest_waiting);

  office.start();
  office.line().set({});
  agent->nudge();
  CHECK(eventually([&] { return agent->state().acknowledged == 5; }, 30s));
  CHECK(agent->state().link == LinkState::online);
  CHECK_FALSE(agent->state().last_error);
  check_equal(till.totals(), office.store());
}

TEST_CASE("an agent at rest uses no time and reports nothing") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  std::atomic<int> changes{0};
  const auto agent = Agent::start(
      *till.book, till.clock, [&] { ++changes; }, [] {});
  REQUIRE(eventually([&] { return agent->state().link == LinkState::online; }));
  std::this_thread::sleep_for(100ms);
  const int before = changes;
  const double cpu = cpu_seconds();
  std::this_thread::sleep_for(500ms);
  CHECK(changes == before);
  CHECK(cpu_seconds() - cpu < 0.05);
}

TEST_CASE("an agent with no line tries rarely") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  office.line().set({LineFault::Kind::refuse, 0, {}});
  const int before = office.line().connections();
  const auto agent = Agent::start(
      *till.book, till.clock, [] {}, [] {});
  std::this_thread::sleep_for(1500ms);
  const int tries = office.line().connections() - before;
  CHECK(tries >= 1);
  CHECK(tries <= 4);  // two ways, each again after a second at the earliest
  CHECK(agent->state().link == LinkState::never_reached);
}

TEST_CASE("an agent ends at once though its request hangs") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  till.sell(1);
  office.line().set({LineFault::Kind::black_hole, 0, {}});
  auto agent = Agent::start(
      *till.book, till.clock, [] {}, [] {});
  REQUIRE(eventually([&] { return office.line().connections() >= 3; }));
  std::this_thread::sleep_for(50ms);
  const auto begin = std::chrono::steady_clock::now();
  agent.reset();
  CHECK(std::chrono::steady_clock::now() - begin < 1s);
}

TEST_CASE("a slow line is slow and nothing else") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  till.sell(30);
  office.line().set({LineFault::Kind::delay, 0, 50ms});
  const auto agent = Agent::start(
      *till.book, till.clock, [] {}, [] {});
  CHECK(eventually([&] { return agent->state().acknowledged == 30; }));
  check_equal(till.totals(), office.store());
}

}  // namespace keepsake::sync::test
