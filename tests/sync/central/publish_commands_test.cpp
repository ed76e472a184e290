// The real program, as a person at head office's shell types it.
#include <doctest/doctest.h>

#include "storage/domain/fact.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/facts/codec.hpp"
#include "sync/central/commands.hpp"
#include "sync/central/publication_log.hpp"
#include "sync/central/status.hpp"
#include "tests/sync/central/central_shell.hpp"

namespace keepsake::sync::central::test {

namespace {

constexpr const char* two_articles =
    "code,name,price,tax_percent\nKET-01,Kettle,499.00,25\nMUG-01,Mug,49.90,25\n";

}  // namespace

TEST_CASE("a catalogue is shown first and published with --yes") {
  const Shell shell;
  REQUIRE(shell.run({"enrol-code", "--store", "Lysvik"}).exit == 0);
  const std::string file = shell.write("cat.csv", two_articles);
  const auto nameless = shell.run({"publish", "catalogue", file});
  CHECK(nameless.exit == 2);
  CHECK(nameless.out.find("--currency") != std::string::npos);

  const std::vector<std::string> publish = {"publish",    "catalogue", file,
                                            "--currency", "NOK",       "--json"};
  auto seen = shell.run(publish);
  CHECK(seen.exit == 0);
  CHECK(seen.json().at("published") == false);
  CHECK(seen.json().at("stores")[0].at("added") == 2);
  CHECK(shell.run({"publications", "--json"}).json().at("publications").empty());

  auto doing = publish;
  doing.insert(doing.end(), {"--yes", "--by", "anna"});
  CHECK(shell.run(doing).json().at("number") == 1);
  CHECK(shell.run(doing).json().at("published") == false);  // it is so everywhere
  shell.write("cat.csv", "code,name,price,tax_percent\nKET-01,Kettle,399.00,25\n");
  seen = shell.run(publish);
  const auto change = seen.json().at("stores")[0].at("changes")[0];
  CHECK(change.at("before") == "499.00");
  CHECK(change.at("price") == "399.00");
  const auto trail = shell.run({"publications", "--json"}).json().at("publications");
  REQUIRE(trail.size() == 1);
  CHECK(trail[0].at("made_by") == "anna");
  CHECK(trail[0].at("state") == "in force");
}

TEST_CASE("what is for later is published whole: prices for a while, and back") {
  const Shell shell;
  REQUIRE(shell.run({"enrol-code", "--store", "Lysvik"}).exit == 0);
  const std::string file = shell.write("cat.csv", two_articles);
  const std::vector<std::string> publish = {"publish", "catalogue", file,   "--currency",
                                            "NOK",     "--json",    "--yes"};
  CHECK(shell.run(publish).json().at("number") == 1);
  const auto at = [&](const char* moment) {
    auto doing = publish;
    doing.insert(doing.end(), {"--at", moment});
    return shell.run(doing).json();
  };
  shell.write("cat.csv", "code,name,price,tax_percent\nKET-01,Kettle,399.00,25\n");
  CHECK(at("2998-01-01T00:00Z").at("number") == 2);
  // Today it is so everywhere; then it is not.
  shell.write("cat.csv", two_articles);
  const auto back = at("2998-02-01T00:00Z");
  CHECK(back.at("number") == 3);
  CHECK(back.at("stores")[0].at("changes").empty());
  const auto records = open_records(shell.folder.path() / "centre");
  const auto facts = facts_of(**records, 3);
  REQUIRE(facts.size() == 1);
  const auto fact = decode(static_cast<FactType>(facts.front().type), facts.front().body);
  CHECK(get<CatalogueChange>(*fact).put.size() == 2);
  // Without a time only what differs.
  CHECK(shell.run(publish).json().at("published") == false);
}

TEST_CASE("staff are shown with what would change and published with their PINs") {
  const Shell shell;
  REQUIRE(shell.run({"enrol-code", "--store", "Lysvik"}).exit == 0);
  REQUIRE(shell.run({"enrol-code", "--store", "Sunne"}).exit == 0);
  const std::string file = shell.write(
      "staff.csv", "ID;Name;Role;PIN\nanna;Anna Berg;manager;4711\nola;Ola;;\neva;Eva;none;\n");
  const std::vector<std::string> publish = {"publish", "staff", file, "--json"};
  auto doing = publish;
  doing.push_back("--yes");
  auto seen = shell.run(publish);
  CHECK(seen.exit == 0);
  CHECK(seen.json().at("published") == false);
  REQUIRE(seen.json().at("stores").size() == 2);
  const auto changes = seen.json().at("stores")[1].at("changes");
  REQUIRE(changes.size() == 2);  // Eva was never there
  CHECK(changes[0] == nlohmann::json{{"how", "added"},
                                     {"id", "anna"},
                                     {"name", "Anna Berg"},
                                     {"role", "manager"},
                                     {"pin", "new"}});
  CHECK(changes[1] == nlohmann::json{{"how", "added"},
                                     {"id", "ola"},
                                     {"name", "Ola"},
                                     {"role", "cashier"},
                                     {"pin", "none yet"}});
  CHECK(shell.run(doing).json().at("number") == 1);

  // Without the column the PINs stay, so nothing is new.
  shell.write("staff.csv", "id,name,role\nanna,Anna Berg,manager\nola,Ola,cashier\n");
  CHECK(shell.run(doing).json().at("published") == false);
  shell.write("staff.csv", "id,name,role,pin\nola,Ola,cashier,4711\nanna,Anna Berg,manager,\n");
  const auto taken = shell.run(publish);
  CHECK(taken.exit == 2);
  CHECK(taken.out.find("staff.csv:2") != std::string::npos);
  shell.write("staff.csv", "id,name,role\nanna,Anna,none\n");
  auto here = doing;
  here.insert(here.end(), {"--store", "Sunne"});
  CHECK(shell.run(here).json().at("number") == 2);
  seen = shell.run(publish);
  CHECK(seen.json().at("stores")[0].at("changes").size() == 1);
  CHECK(seen.json().at("stores")[1].at("changes").empty());
  CHECK(shell.run({"publish", "staff", file, "--store", "Oslo"}).exit == 2);

  // What a spreadsheet makes of an employee's number is not taken for somebody new.
  shell.write("staff.csv", "id,name\n0417,Liv\n");
  CHECK(shell.run(doing).exit == 0);
  shell.write("staff.csv", "id,name\n417,Liv\n");
  const auto shortened = shell.run(doing);
  CHECK(shortened.exit == 2);
  CHECK(shortened.out.find("0417") != std::string::npos);
}

TEST_CASE("a programme is compared rule by rule, waits for its time and can be withdrawn") {
  const Shell shell;
  REQUIRE(shell.run({"enrol-code", "--store", "Lysvik"}).exit == 0);
  const std::string file = shell.write("p.toml",
                                       "name = \"Bonus\"\ncurrency = \"NOK\"\n[earn]\n"
                                       "points = 1\nfor_each = \"10.00\"\n");
  CHECK(shell.run({"publish", "programme", file, "--yes", "--json"}).json().at("number") == 1);
  CHECK(shell.run({"publish", "programme", file, "--yes", "--json"}).json().at("published") ==
        false);
  shell.write("p.toml",
              "name = \"Bonus\"\ncurrency = \"NOK\"\n[earn]\npoints = 2\n"
              "for_each = \"10.00\"\n");
  CHECK(shell.run({"publish", "programme", file, "--at", "2020-01-01T00:00Z", "--yes"}).exit == 2);
  CHECK(shell.run({"publish", "programme", file, "--at", "tomorrow", "--yes"}).exit == 2);
  const auto later =
      shell.run({"publish", "programme", file, "--at", "2999-01-01T00:00Z", "--yes", "--json"});
  CHECK(later.json().at("number") == 2);
  CHECK(later.json().at("stores")[0].at("version") == 1);
  CHECK_FALSE(later.json().at("stores")[0].at("changes").empty());
  CHECK(shell.run({"withdraw", "2"}).exit == 0);
  CHECK(shell.run({"withdraw", "2"}).exit == 2);
  CHECK(shell.run({"withdraw", "1"}).exit == 1);
}

TEST_CASE("what is wrong with a file or a store is told, and nothing is published") {
  const Shell shell;
  REQUIRE(shell.run({"enrol-code", "--store", "Lysvik"}).exit == 0);
  const std::string broken = shell.write("bad.csv", "code,name,price,tax_percent\nA,,ten,25\n");
  const auto ran = shell.run({"publish", "catalogue", broken, "--currency", "NOK", "--yes"});
  CHECK(ran.exit == 2);
  CHECK(ran.out.find("bad.csv:2") != std::string::npos);
  const std::string file = shell.write("cat.csv", two_articles);
  for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{
           {"publish", "catalogue", file, "--store", "Nowhere", "--yes"},
           {"publish", "catalogue", "/no/such.csv", "--currency", "NOK", "--yes"},
           {"publish", "programme", file, "--yes"},
           {"publish"}}) {
    CHECK(shell.run(wrong).exit == 2);
  }
  CHECK(shell.run({"publications", "--json"}).json().at("publications").empty());
}

}  // namespace keepsake::sync::central::test
