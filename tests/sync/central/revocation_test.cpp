#include "sync/central/revocation.hpp"

#include <doctest/doctest.h>

#include "sync/central/terminal_trail.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

namespace {

std::string enrolled_with(Office& office, SendingTerminal& terminal, const std::string& code) {
  const auto answer = office.centre->enrolment().enrol(terminal.request(code));
  if (const auto* refusal = std::get_if<Refusal>(&answer)) return refusal->problem.code;
  terminal.keep(std::get<EnrolAnswer>(answer));
  return "ok";
}

std::vector<TrailEntry> trail(const Office& office, TerminalNumber number) {
  return trail_of(**central::open_records(office.data()), number, 100);
}

}  // namespace

TEST_CASE("nothing of a revoked terminal is taken, and the trail says who did it and why") {
  Office office;
  SendingTerminal till(office.clock);
  till.enrol(office.centre->enrolment());
  till.sell(9900);
  office.taken(till, till.all());
  till.sell(4900);
  const auto revoked = office.centre->revocations().revoke(till.number, " stolen\n", "shell:anna");
  REQUIRE(revoked.ok());
  CHECK(revoked->is_revoked());
  CHECK(office.refused(till, till.batch(2, 2), 403).code == "terminal.revoked");
  CHECK(office.refused(till, till.batch(2, 1), 403).code == "terminal.revoked");
  CHECK(office.figures().purchases == 1);

  const auto entries = trail(office, till.number);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].what == "enrolled");
  CHECK(entries[1].what == "revoked");
  CHECK(entries[1].made_by == "shell:anna");
  CHECK(entries[1].reason == "stolen");
  CHECK(entries[1].made.ms <= office.clock.now().ms);
}

TEST_CASE("a terminal that there is not, or no reason, revokes nothing") {
  Office office;
  SendingTerminal till(office.clock);
  till.enrol(office.centre->enrolment());
  auto& revocations = office.centre->revocations();
  CHECK(revocations.revoke({till.number.value + 1}, "stolen", "anna").error().code ==
        "terminal.unknown");
  CHECK(revocations.revoke(till.number, " ", "anna").error().code == "revocation.reason");
  till.sell(9900);
  office.taken(till, till.all());
  CHECK(revocations.revoke(till.number, "stolen", "anna").ok());
  CHECK(revocations.revoke(till.number, "stolen", "anna").error().code == "terminal.revoked");
  CHECK(trail(office, till.number).size() == 2);
}

TEST_CASE("a code that was made before the revocation lets nobody in") {
  Office office;
  SendingTerminal till(office.clock);
  auto& enrolments = office.centre->enrolment();
  const auto used = enrolments.new_code("Lysvik").value();
  REQUIRE(enrolled_with(office, till, used) == "ok");
  const auto open = enrolments.new_code("Lysvik").value();
  const auto elsewhere = enrolments.new_code("Bergen").value();
  REQUIRE(office.centre->revocations().revoke(till.number, "stolen", "anna").ok());
  CHECK(enrolled_with(office, till, open) == "code.expired");
  CHECK(enrolled_with(office, till, used) == "terminal.revoked");  // and gets no answer again
  SendingTerminal other(office.clock);
  CHECK(enrolled_with(office, other, elsewhere) == "ok");  // another store's stays good
}

TEST_CASE("a new code lets a revoked terminal in again, under its next epoch alone") {
  Office office;
  SendingTerminal till(office.clock);
  auto& enrolments = office.centre->enrolment();
  till.enrol(enrolments);
  till.sell(9900);
  office.taken(till, till.all());
  const TerminalNumber number = till.number;
  REQUIRE(office.centre->revocations().revoke(number, "stolen", "anna").ok());
  till.sell(4900);
  REQUIRE(enrolled_with(office, till, enrolments.new_code("Lysvik", "per").value()) == "ok");
  CHECK(till.number == number);
  CHECK(till.epoch.value == 2);
  office.taken(till, till.batch(2, 2));
  CHECK(office.figures().purchases == 2);
  // Whoever holds the key of the revoked epoch is not told to enrol again.
  till.epoch = {1};
  CHECK(office.refused(till, till.batch(3, 2), 403).code == "terminal.revoked");
  const auto entries = trail(office, number);
  REQUIRE(entries.size() == 3);
  CHECK(entries[2].what == "readmitted");
  CHECK(entries[2].made_by == "per");
}

}  // namespace keepsake::sync::central::test
