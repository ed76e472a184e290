// A till that head office shuts out, with both ends over TLS.

#include <doctest/doctest.h>

#include "storage/domain/views/reports.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"
#include "tests/support/process.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

std::string refusal_code(const Result<HttpAnswer>& answer) {
  REQUIRE(answer.ok());
  CHECK(answer->status == 403);
  const auto problem = decode_problem(answer->body, format_of(answer->content_type));
  return problem ? problem->code : "";
}

}  // namespace

TEST_CASE("a revoked till is cut off at once, also where it waits, keeps selling and says so") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = till.enrol_at(office);
  till.sell(2);
  const auto agent = Agent::start(
      *till.book, till.clock, [] {}, [] {});
  // Its pull waits at head office for news; its push is at rest for minutes.
  REQUIRE(
      eventually([&] { return agent->state().acknowledged == 2 && agent->state().up_to_date; }));
  const auto open_line = connect(till, enrolment);
  const auto feed = [&](std::chrono::seconds wait) {
    return open_line->exchange(
        {"GET",
         feed_path(enrolment.terminal, enrolment.epoch, till.book->feed_cursor().value(), wait),
         {},
         {}});
  };
  REQUIRE(feed(std::chrono::seconds(0))->status == 200);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));

  office.revoke(enrolment.terminal);
  CHECK(eventually([&] { return agent->state().link == LinkState::refused; },
                   std::chrono::seconds(5)));
  const SyncState state = agent->state();
  REQUIRE(state.last_error);
  CHECK(state.last_error->code == "terminal.revoked");
  CHECK(state.refused_since);
  // The connection that was open, whatever is asked on it.
  CHECK(refusal_code(feed(std::chrono::seconds(20))) == "terminal.revoked");
  CHECK(refusal_code(open_line->exchange({"GET", std::string(status_path), {}, {}})) ==
        "terminal.revoked");

  till.sell(3);
  CHECK(till.totals().purchases == 5);
  agent->nudge();
  CHECK(eventually([&] { return agent->state().waiting == 3; }));
  CHECK(office.store().facts == 2);
}

TEST_CASE("why a till is refused is known without asking, and a new code lets it in again") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = till.enrol_at(office);
  till.sell(1);
  CHECK(till.sync().link == LinkState::online);
  const std::string early = office.code();
  office.revoke(enrolment.terminal);
  till.sell(2);
  CHECK(till.sync().last_error->code == "terminal.revoked");

  const SyncState told = *standing_state(*till.book);
  CHECK(told.link == LinkState::refused);
  CHECK(told.waiting == 2);
  CHECK(told.last_error->code == "terminal.revoked");
  const auto program = std::filesystem::path(KEEPSAKE_BINARY_DIR) / "bin" / "keepsake";
  keepsake::test::Process status(
      {program.string(), "--data", till.data().string(), "sync", "status"},
      till.folder.path() / "status.log");
  CHECK(status.wait(std::chrono::seconds(30)) == 1);
  CHECK(status.output().find("Head office has revoked this terminal") != std::string::npos);
  CHECK(status.output().find("new code") != std::string::npos);

  CHECK(enrol(*till.book, office.url(), early).error().where == "code.expired");
  const Enrolment again = till.enrol_at(office);
  CHECK(again.terminal == enrolment.terminal);
  CHECK(again.epoch.value == 2);
  CHECK(till.sync().waiting == 0);
  CHECK(standing_state(*till.book)->link == LinkState::offline);
  check_equal(till.totals(), office.store());
}

}  // namespace keepsake::sync::test
