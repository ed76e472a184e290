// The real program, as a person at head office's shell types it.
#include <doctest/doctest.h>

#include "storage/domain/sale/catalogue_request.hpp"
#include "sync/central/commands.hpp"
#include "tests/sync/central/central_shell.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

namespace {

/// A centre whose store has one article, and a till of it that asked.
struct Asking {
  Shell shell;
  FakeClock clock;
  SendingTerminal till{clock};

  Asking() {
    auto centre = Centre::open(shell.folder.path() / "centre", {"localhost"}, clock);
    REQUIRE(centre.ok());
    till.enrol((*centre)->enrolment());
    till.add(CatalogueChange{{keepsake::test::article("LAMP", "Lamp", 10'000)}, {}});
    till.sell(10'000);  // which tells the currency
    send(**centre);
  }

  void ask(decltype(CatalogueRequest::step) step) {
    till.add(CatalogueRequest{std::move(step), "marit", clock.local_now()});
    auto centre = Centre::open(shell.folder.path() / "centre", {"localhost"}, clock);
    REQUIRE(centre.ok());
    send(**centre);
  }
  void ask_price(std::int64_t minor) { ask(PriceWish{"LAMP", UnitPrice::from_minor(minor)}); }

  nlohmann::json listed(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"requests", "--json"});
    return shell.run(more).json().at("requests");
  }

 private:
  void send(Centre& centre) const {
    const auto answer = centre.ingest().take(till.number, till.epoch, till.all());
    REQUIRE(centre.ingest().apply_all().ok());
    REQUIRE(std::holds_alternative<SignedAcknowledgement>(answer));
  }
};

}  // namespace

TEST_CASE("requests are listed, accepted and refused, with a trail of who did it") {
  Asking store;
  CHECK(store.listed().empty());
  store.ask_price(12'000);
  store.ask(keepsake::test::article("X-1", "Candle", 4900));
  auto all = store.listed();
  REQUIRE(all.size() == 2);
  CHECK(all[0].at("what") == "new article");
  CHECK(all[1].at("what") == "price");
  CHECK(all[1].at("price") == "120.00 NOK");
  CHECK(all[1].at("former") == "100.00 NOK");
  CHECK(all[1].at("by") == "marit");
  CHECK(all[1].at("state") == "waiting");
  CHECK(store.listed({"--store", "Lysvik"}).size() == 2);
  CHECK(store.shell.run({"requests", "--store", "Nowhere"}).exit == 2);

  CHECK(store.shell.run({"refuse", "1"}).exit == 2);  // no reason
  const auto refused = store.shell.run({"refuse", "1", "--reason", "Campaign", "--by", "anna"});
  CHECK(refused.exit == 0);
  CHECK(refused.out.find("Lamp costs 100.00 NOK in Lysvik again") != std::string::npos);
  CHECK(store.shell.run({"refuse", "1", "--reason", "Again"}).exit == 1);
  CHECK(store.shell.run({"accept", "1"}).exit == 1);
  CHECK(store.shell.run({"accept", "77"}).exit == 2);
  CHECK(store.shell.run({"accept", "2"}).exit == 0);
  CHECK(store.listed().empty());
  all = store.listed({"--all"});
  REQUIRE(all.size() == 2);
  CHECK(all[0].at("state") == "accepted");
  CHECK(all[1].at("state") == "refused");
  CHECK(all[1].at("reason") == "Campaign");
  const auto trail = store.shell.run({"publications", "--json"}).json().at("publications");
  REQUIRE(trail.size() == 2);
  CHECK(trail[1].at("what") == "refused request 1");
  CHECK(trail[1].at("made_by") == "anna");
  CHECK(trail[1].at("store") == "Lysvik");
}

TEST_CASE("what head office does not leave to the stores it refuses by itself, from then on") {
  Asking store;
  const auto allowed = [&](std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"allow", "--json"});
    return store.shell.run(more).json().at("stores")[0];
  };
  CHECK(allowed() == nlohmann::json{{"store", "Lysvik"}, {"prices", true}, {"articles", true}});
  store.ask_price(11'000);
  CHECK(allowed({"prices", "no", "--by", "anna"}).at("prices") == false);
  store.ask_price(12'000);
  REQUIRE(store.listed().size() == 1);  // what was asked in time still waits
  CHECK(store.listed({"--all"})[0].at("state") == "refused");
  CHECK(store.shell.run({"allow", "prices"}).exit == 2);
  CHECK(store.shell.run({"allow", "stock", "no"}).exit == 2);
  CHECK(store.shell.run({"allow", "articles", "no", "--store", "Nowhere"}).exit == 2);
  CHECK(allowed({"prices", "yes", "--store", "Lysvik"}).at("prices") == true);
  store.ask_price(13'000);
  CHECK(store.listed().size() == 2);
  CHECK(store.shell.run({"publications", "--json"}).json().at("publications")[1].at("what") ==
        "allow prices no");
}

}  // namespace keepsake::sync::central::test
