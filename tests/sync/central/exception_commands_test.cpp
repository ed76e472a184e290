// The real program, as a person at head office's shell types it.
#include <doctest/doctest.h>

#include "storage/domain/staff/settlement.hpp"
#include "sync/central/commands.hpp"
#include "tests/sync/central/central_shell.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

namespace {

/// A centre whose store took more back than it had sold.
struct Contradicting {
  Shell shell;
  FakeClock clock;
  SendingTerminal till{clock};

  Contradicting() {
    auto centre = Centre::open(shell.folder.path() / "centre", {"localhost"}, clock);
    REQUIRE(centre.ok());
    till.enrol((*centre)->enrolment());
    const Purchase bought =
        keepsake::test::purchase(clock, {keepsake::test::line("1001", 1, 10'000)});
    till.add(bought);
    const FactId sold = till.journal.front().id;
    till.add(keepsake::test::bring_back(clock, bought, sold, 0, 1));
    till.add(keepsake::test::bring_back(clock, bought, sold, 0, 1));
    send(**centre);
  }

  void settle_at_the_till(Seq seq) {
    ExceptionSettled said;
    said.exception = {till.journal.at(seq - 1).id, "return.beyond-sold"};
    said.decision = Decision::noted;
    said.staff = "marit";
    said.at = clock.local_now();
    till.add(said);
    auto centre = Centre::open(shell.folder.path() / "centre", {"localhost"}, clock);
    REQUIRE(centre.ok());
    send(**centre);
  }

  nlohmann::json listed(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"exceptions", "--json"});
    return shell.run(more).json().at("exceptions");
  }
  std::int64_t counted() const {
    return shell.run({"report", "--json"})
        .json()
        .at("stores")[0]
        .at("terminals")[0]
        .at("exceptions");
  }

 private:
  void send(Centre& centre) const {
    const auto answer = centre.ingest().take(till.number, till.epoch, till.all());
    REQUIRE(centre.ingest().apply_all().ok());
    REQUIRE(std::holds_alternative<SignedAcknowledgement>(answer));
  }
};

}  // namespace

TEST_CASE("exceptions of all stores are listed and settled at head office, once") {
  Contradicting store;
  const auto all = store.listed();
  REQUIRE(all.size() == 1);
  CHECK(all[0].at("store") == "Lysvik");
  CHECK(all[0].at("code") == "return.beyond-sold");
  CHECK(all[0].at("about") == "return");
  CHECK(all[0].at("amount") == "100.00 NOK");
  CHECK(all[0].at("decisions") == nlohmann::json{"absorb", "noted"});
  CHECK(store.counted() == 1);
  const std::string name = all[0].at("name");
  CHECK(store.listed({"--store", "Lysvik"}).size() == 1);
  CHECK(store.shell.run({"exceptions", "--store", "Nowhere"}).exit == 2);

  CHECK(store.shell.run({"settle", name}).exit == 2);  // as what?
  CHECK(store.shell.run({"settle", name, "--as", "later"}).exit == 2);
  CHECK(store.shell.run({"settle", "1-1-99/points.short", "--as", "noted"}).exit == 2);
  const auto owed = store.shell.run({"settle", name, "--as", "debt"});
  CHECK(owed.exit == 2);
  CHECK(owed.out.find("Use absorb or noted") != std::string::npos);
  const auto settled =
      store.shell.run({"settle", name, "--as", "absorb", "--reason", "Goodwill", "--by", "anna"});
  CHECK_MESSAGE(settled.exit == 0, settled.out);
  CHECK(settled.out.find("is settled: absorb") != std::string::npos);
  CHECK(store.listed().empty());
  CHECK(store.counted() == 0);
  CHECK(store.shell.run({"settle", name, "--as", "absorb"}).exit == 1);
  const auto history = store.listed({"--settled"});
  REQUIRE(history.size() == 1);
  CHECK(history[0].at("settled").at("decision") == "absorb");
  CHECK(history[0].at("settled").at("by") == "head office");
  CHECK(history[0].at("settled").at("reason") == "Goodwill");
  const auto trail = store.shell.run({"publications", "--json"}).json().at("publications");
  REQUIRE(trail.size() == 1);
  CHECK(trail[0].at("what") == "settled " + name + " as absorb");
  CHECK(trail[0].at("made_by") == "anna");
  CHECK(trail[0].at("store") == "Lysvik");
  CHECK(store.shell.run({"exceptions"}).out == "Nothing to settle.\n");
}

TEST_CASE("what a till's manager settled is gone at head office") {
  Contradicting store;
  store.settle_at_the_till(3);
  CHECK(store.listed().empty());
  CHECK(store.counted() == 0);
  const auto history = store.listed({"--settled"});
  REQUIRE(history.size() == 1);
  CHECK(history[0].at("settled").at("by") == "marit");
  // Again: nobody is told of a new exception.
  store.settle_at_the_till(3);
  CHECK(store.listed().empty());
  CHECK(store.listed({"--settled"}).size() == 1);
}

}  // namespace keepsake::sync::central::test
