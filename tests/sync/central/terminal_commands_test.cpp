#include <doctest/doctest.h>

#include "storage/vault/crypto.hpp"
#include "sync/central/commands.hpp"
#include "sync/central/hand_in.hpp"
#include "sync/wire/compression.hpp"
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

TEST_CASE("a lost terminal's view tells who handed in what of it") {
  const Shell shell;
  FakeClock clock(Instant{std::chrono::duration_cast<std::chrono::milliseconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count()});
  SendingTerminal lost(clock), bearer(clock);
  {
    auto centre = Centre::open(shell.folder.path() / "centre", {"localhost"}, clock);
    REQUIRE(centre.ok());
    lost.enrol((*centre)->enrolment());
    bearer.enrol((*centre)->enrolment());
    lost.sell(1000);
    lost.sell(1000);
    const HandIn hand_in{
        {lost.number, lost.epoch},
        {{seal_for(compress(encode(lost.all())), lost.central_box_public).value(), clock.now()}}};
    const auto answer = (*centre)->hand_ins().take({bearer.number, bearer.epoch}, hand_in,
                                                   open_all(hand_in, (*centre)->vault()));
    REQUIRE(std::holds_alternative<HandInAnswer>(answer));
  }
  const std::string number = std::to_string(lost.number.value);
  const auto handed_in =
      shell.run({"terminals", number, "--json"}).json().at("terminals")[0].at("handed_in");
  REQUIRE(handed_in.size() == 1);
  CHECK(handed_in[0].at("by") == bearer.number.value);
  CHECK(handed_in[0].at("facts") == 2);
  CHECK(handed_in[0].at("batches") == 1);
  CHECK(handed_in[0].at("epoch") == 1);
  CHECK(shell.run({"terminals", number})
            .out.find("handed in by terminal " + std::to_string(bearer.number.value)) !=
        std::string::npos);
  const std::string other = std::to_string(bearer.number.value);
  CHECK(
      shell.run({"terminals", other, "--json"}).json().at("terminals")[0].at("handed_in").empty());
}

}  // namespace keepsake::sync::central::test
