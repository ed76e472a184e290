// `keepsake-central publish settings` and `retention`, as a person at head office's shell types them.
#include "sync/central/publish_settings.hpp"

#include <doctest/doctest.h>

#include "tests/sync/central/central_shell.hpp"

namespace keepsake::sync::central::test {

namespace {

struct TwoStoreShell : Shell {
  TwoStoreShell() {
    REQUIRE(run({"enrol-code", "--store", "Lysvik"}).exit == 0);
    REQUIRE(run({"enrol-code", "--store", "Sunne"}).exit == 0);
  }
  Ran publish(const std::string& text, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"publish", "settings", write("chain.toml", text)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
};

}  // namespace

TEST_CASE("settings are shown with what would change and published with --yes") {
  const TwoStoreShell shell;
  const std::string text = "gift_card_months = 36\n[retention]\ncustomers_inactive_months = 24\n";
  auto seen = shell.publish(text);
  CHECK(seen.exit == 0);
  CHECK(seen.out.find("gift_card_months  each till decides -> 36") != std::string::npos);
  CHECK(seen.out.find("Nothing was published") != std::string::npos);
  const auto done = shell.publish(text, {"--yes", "--json", "--by", "anna"});
  CHECK(done.json().at("number") == 1);
  CHECK(shell.publish(text, {"--yes", "--json"}).json().at("published") == false);
  seen = shell.publish("gift_card_months = 48\n", {"--json", "--store", "Sunne"});
  REQUIRE(seen.json().at("stores").size() == 1);
  const auto changes = seen.json().at("stores")[0].at("changes");
  REQUIRE(changes.size() == 2);
  CHECK(changes[0] ==
        nlohmann::json{{"key", "gift_card_months"}, {"before", "36"}, {"after", "48"}});
  CHECK(changes[1].at("after").is_null());
  const auto trail = shell.run({"publications", "--json"}).json().at("publications");
  REQUIRE(trail.size() == 1);
  CHECK(trail[0].at("what") == "settings");
  CHECK(trail[0].at("made_by") == "anna");
}

TEST_CASE("leases and the risk budget are head office's own, and the worst loss is shown") {
  const TwoStoreShell shell;
  const std::string text =
      "[offline]\nlease_percent = 50\n[offline.risk]\npoints = 500\nNOK = \"250.50\"\n";
  const auto seen = shell.publish(text);
  CHECK(seen.exit == 0);
  CHECK(seen.out.find("offline.lease_percent  30 -> 50") != std::string::npos);
  CHECK(seen.out.find("offline.risk  none -> 500 points, 250.50 NOK") != std::string::npos);
  CHECK(seen.out.find("0 tills together may let customers spend none") == std::string::npos);
  CHECK(shell.publish(text, {"--json"}).json().at("risk").at("tills") == 0);
  // What stores share has one rule; what a till may lose, each store may have its own.
  const auto alone = shell.publish(text, {"--store", "Sunne"});
  CHECK(alone.exit != 0);
  CHECK(alone.out.find("offline.lease_percent") != std::string::npos);
  CHECK(shell.publish("[offline.risk]\nEUR = \"5\"\n", {"--store", "Sunne"}).exit == 0);
  const auto wrong = shell.publish(
      "[offline]\nlease_percent = 101\nlease_hours = 1\n[offline.risk]\nNOK = \"-1\"\nJPY = "
      "\"1.5\"\nhats = 3\n");
  CHECK(wrong.exit == 2);
  for (const char* place : {":2:", ":3:", ":5:", ":6:", ":7:"})
    CHECK(wrong.out.find(std::string("chain.toml") + place) != std::string::npos);
}

TEST_CASE("settings wait for their time and can be withdrawn") {
  const TwoStoreShell shell;
  const auto later =
      shell.publish("wallet_months = 12\n", {"--yes", "--json", "--at", "2999-01-01T00:00Z"});
  CHECK(later.json().at("number") == 1);
  CHECK(shell.publish("wallet_months = 12\n", {"--json"})
            .json()
            .at("stores")[0]
            .at("changes")
            .size() == 1);
  CHECK(shell.run({"withdraw", "1"}).exit == 0);
  CHECK(shell.publish("wallet_months = 1\n", {"--yes", "--at", "2020-01-01T00:00Z"}).exit == 2);
}

TEST_CASE("every mistake of a settings file is told and nothing is published") {
  const TwoStoreShell shell;
  const auto wrong =
      shell.publish("shop = \"Lysvik\"\nwallet_months = 1000\nwalet = 1\n", {"--yes"});
  CHECK(wrong.exit == 2);
  for (const char* place : {"chain.toml:1:", "chain.toml:2:", "chain.toml:3:"})
    CHECK(wrong.out.find(place) != std::string::npos);
  CHECK(shell.publish(std::string(70000, '#'), {"--yes"}).exit == 2);
  CHECK(shell.publish("# \xff\n", {"--yes"}).exit == 2);
  CHECK(shell.publish("", {"--yes", "--json"}).json().at("published") == false);
  CHECK(shell.publish("wallet_months = 1\n", {"--store", "Oslo", "--yes"}).exit == 2);
  CHECK(shell.run({"publish", "settings", "nowhere.toml"}).exit == 2);
  CHECK(shell.run({"publications", "--json"}).json().at("publications").empty());
}

TEST_CASE("a text that people may have agreed to is never taken away or changed") {
  const TwoStoreShell shell;
  const std::string first =
      "[[consent]]\npurpose = \"marketing\"\nversion = \"m-1\"\ntext.default = \"Offers?\"\n";
  const std::string second =
      "[[consent]]\npurpose = \"marketing\"\nversion = \"m-2\"\ntext.default = \"News?\"\n";
  CHECK(shell.publish(first, {"--yes", "--json"}).json().at("number") == 1);
  CHECK(shell.publish(second, {"--yes"}).exit == 2);
  CHECK(shell.publish("wallet_months = 3\n", {"--yes"}).exit == 2);
  std::string other = first;
  other.replace(other.find("Offers?"), 7, "Offers!");
  const auto changed = shell.publish(other, {"--yes"});
  CHECK(changed.exit == 2);
  CHECK(changed.out.find("m-1") != std::string::npos);
  CHECK(shell.publish(first + second, {"--yes", "--json"}).json().at("number") == 2);
}

TEST_CASE("retention counts and names nobody") {
  const TwoStoreShell shell;
  auto counted = shell.run({"retention", "--json"});
  CHECK(counted.exit == 0);
  REQUIRE(counted.json().at("stores").size() == 2);
  CHECK(counted.json().at("stores")[0].at("customers") == 0);
  CHECK(counted.json().at("stores")[0].at("customers_inactive_months") == 0);
  CHECK(shell.publish("[retention]\ncustomers_inactive_months = 24\n", {"--yes"}).exit == 0);
  counted = shell.run({"retention", "--json", "--store", "Sunne"});
  REQUIRE(counted.json().at("stores").size() == 1);
  CHECK(counted.json().at("stores")[0].at("customers_inactive_months") == 24);
  CHECK(shell.run({"retention", "--store", "Oslo"}).exit == 2);
  CHECK(shell.run({"retention", "--yes", "--json"}).json().at("done") == true);
}

}  // namespace keepsake::sync::central::test
