// What reports say of points.
#include "kiosk/cli/sales/report.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

#include "tests/kiosk/cli/imports/retail_text.hpp"
#include "tests/kiosk/cli/run_program.hpp"

using namespace keepsake;
using namespace keepsake::cli;

TEST_CASE("report: points past their last day count nowhere, whether expire has run or not") {
  const Scratch scratch;
  const auto run = [&](std::vector<std::string> args) {
    args.insert(args.begin(), {"--data", (scratch / "shop").string()});
    return run_program(args);
  };
  const auto json = [&](std::vector<std::string> args) {
    args.emplace_back("--json");
    return run(std::move(args)).json();
  };
  REQUIRE(run({"init", "--shop", "Soap & Co", "--currency", "GBP", "--time-zone", "Europe/London"})
              .exit == 0);
  const auto rules = scratch.write("club.toml", R"(name = "Fjord Club"
currency = "GBP"
[earn]
points = 1
for_each = "10.00"
[expiry]
kind = "days"
count = 30
)");
  REQUIRE(run({"programme", "publish", rules}).exit == 0);
  const auto sales = scratch.write(
      "s.csv", retail::text_of({{"536365", "A", "2", "17850", "2010-12-01 08:26:00", "100.00"}}));
  const auto imported = run({"import", "online-retail", sales});
  REQUIRE_MESSAGE(imported.exit == 0, imported.err);

  const auto points_everywhere = [&](const char* when) {
    CAPTURE(when);
    const auto totals = json({"report"}).at("totals");
    CHECK(totals.at("points_outstanding_hundredths") == 0);
    const auto by = json({"report", "--by", "customer"}).at("customers").at(0);
    CHECK(by.at("points_hundredths") == 0);
    const std::string who = by.at("customer");
    CHECK(json({"customer", "show", who}).at("customer").at("points_hundredths") == 0);
    const auto out = (scratch / (std::string(when) + ".jsonl")).string();
    REQUIRE(run({"export", "customers", "--out", out}).exit == 0);
    std::ifstream in(out);
    const std::string line{std::istreambuf_iterator<char>(in), {}};
    CHECK(nlohmann::json::parse(line).at("points_hundredths") == 0);
  };
  points_everywhere("before");
  REQUIRE(run({"expire", "--yes"}).exit == 0);
  points_everywhere("after");
  CHECK(run({"verify"}).exit == 0);
}
