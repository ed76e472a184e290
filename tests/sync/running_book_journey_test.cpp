// Commands that speak to head office themselves while the agent of the kiosk does, too: one book, two
// that send and pull.

#include <doctest/doctest.h>
#include <thread>

#include "kiosk/control/control_socket.hpp"
#include "kiosk/control/running_book.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

TEST_CASE("`sync` beside a kiosk that syncs: whoever is first, everything is there once") {
  HeadOffice office;
  Till till, other;
  till.enrol_at(office);
  other.enrol_at(office);
  const auto agent = Agent::start(
      *till.book, till.clock, [] {}, [] {});
  const auto commands = control::ControlSocket::open(
      *till.book, {{}, [&](std::string_view, const std::optional<Error>&) { agent->nudge(); }});
  REQUIRE(commands.ok());
  for (int round = 0; round < 8; ++round) {
    till.sell(20);
    other.sell(2);
    other.sync();
    agent->nudge();
    const auto book = control::open_running(till.data(), till.clock);
    REQUIRE(book.ok());
    const auto state = sync_once(**book, till.clock);
    REQUIRE_MESSAGE(state.ok(), (state.ok() ? "" : to_line(state.error())));
    const std::string trouble = state->last_error   ? to_line(*state->last_error)
                                : state->pull_error ? to_line(*state->pull_error)
                                                    : std::string();
    CHECK_MESSAGE(trouble.empty(), trouble);
    CHECK(state->waiting == 0);
  }
  CHECK(eventually([&] { return agent->state().waiting == 0; }));
  CHECK(eventually([&] { return till.totals().purchases == 8 * 22; }));
  CHECK(agent->state().link == LinkState::online);
  CHECK_FALSE(agent->state().last_error);
  CHECK(office.store().purchases == 8 * 22);
}

}  // namespace keepsake::sync::test
