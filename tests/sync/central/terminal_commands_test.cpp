#include <doctest/doctest.h>

#include "sync/central/commands.hpp"
#include "tests/sync/central/central_shell.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

TEST_CASE("terminals are listed with their state, and revoked without a running centre") {
  const Shell shell;
  FakeClock clock(Instant{std::chrono::duration_cast<std::chrono::milliseconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count()});
  SendingTerminal till(clock);
  CHECK(shell.run({"terminals"}).exit == 2);  // there is no head office yet
  {
    auto centre = Centre::open(shell.folder.path() / "centre", {"localhost"}, clock);
    REQUIRE(centre.ok());
    till.enrol((*centre)->enrolment());
  }
  const std::string number = std::to_string(till.number.value);
  auto listed = shell.run({"terminals", "--json"}).json().at("terminals");
  REQUIRE(listed.size() == 1);
  CHECK(listed[0].at("terminal") == till.number.value);
  CHECK(listed[0].at("epoch") == 1);
  CHECK(listed[0].at("store") == "Lysvik");
  CHECK(listed[0].at("till") == 1);
  CHECK(listed[0].at("state") == "enrolled");
  CHECK(listed[0].at("device") == "till-1");
  CHECK(listed[0].at("certificate_ends").is_string());
  CHECK(shell.run({"terminals"}).out.find(number + "  epoch 1  Lysvik, till 1  enrolled") == 0);

  CHECK(shell.run({"revoke", number}).exit == 2);  // no reason
  CHECK(shell.run({"revoke", "77", "--reason", "stolen"}).exit != 0);
  const auto revoked = shell.run({"revoke", number, "--reason", "stolen", "--by", "anna"});
  CHECK(revoked.exit == 0);
  CHECK(revoked.out.find("enrol-code") != std::string::npos);  // who can come in again
  CHECK(shell.run({"revoke", number, "--reason", "stolen"}).exit == 1);
  listed = shell.run({"terminals", number, "--json"}).json().at("terminals");
  REQUIRE(listed.size() == 1);
  CHECK(listed[0].at("state") == "revoked");
  const auto trail = listed[0].at("trail");
  REQUIRE(trail.size() == 2);
  CHECK(trail[1].at("what") == "revoked");
  CHECK(trail[1].at("by") == "anna");
  CHECK(trail[1].at("reason") == "stolen");
  CHECK(listed[0].at("looked_up_in_a_day").at("asked") == 0);
  CHECK(shell.run({"terminals", "77"}).exit != 0);
}

}  // namespace keepsake::sync::central::test
