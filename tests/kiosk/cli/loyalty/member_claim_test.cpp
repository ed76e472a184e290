// Rewards for points without a sale, at the command line.
#include <chrono>
#include <doctest/doctest.h>

#include "storage/domain/values/time.hpp"
#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

class Rewarding : public CustomerShop {
 public:
  Rewarding() {
    const auto programme = scratch().write("club.toml", R"(name = "Fjord Club"
currency = "NOK"
[earn]
points = 1
for_each = "10"
[[rule]]
id = "joined"
kind = "event"
event = "enrolled"
points = 100
[[reward]]
id = "boat"
kind = "voucher"
cost = 20
pool = ["B-1", "B-2", "B-3"]
[[reward]]
id = "cash"
kind = "cash out"
value = "5.00"
cost = 10
[[reward]]
id = "mug"
kind = "gift"
article = "MUG"
cost = 30
stock = 1
[[reward]]
id = "off"
kind = "money off"
value = "5.00"
cost = 10
)");
    const auto published = run({"programme", "publish", programme});
    REQUIRE_MESSAGE(published.exit == 0, published.err);
    REQUIRE(run({"customer", "join", "--set", "name=Ingrid Haugen", "--add", "card=C-1"}).exit ==
            0);
  }
  Ran claim(Args more) const {
    Args args{"member", "claim", "C-1"};
    args.insert(args.end(), more.begin(), more.end());
    return json(args);
  }
  std::string refused(const Args& more, int exit) const {
    const auto ran = claim(more);
    CHECK(ran.exit == exit);
    return ran.json().at("error").at("code");
  }
};

}  // namespace

TEST_CASE("claim: vouchers gifts and money cost points and are recorded") {
  const Rewarding shop;
  const auto boat = shop.claim({"boat", "--times", "2", "--staff", "marit"});
  REQUIRE_MESSAGE(boat.exit == 0, boat.out);
  CHECK(boat.json().at("codes") == nlohmann::json({"B-1", "B-2"}));
  CHECK(boat.json().at("cost") == "40");
  CHECK(boat.json().at("balance") == "60");
  const auto cash = shop.claim({"cash"});
  REQUIRE_MESSAGE(cash.exit == 0, cash.out);
  CHECK(cash.json().at("to_wallet") == "5.00");
  CHECK(cash.json().at("paid_out") == "0.00");
  CHECK(shop.claim({"mug"}).exit == 0);
  const auto shown = shop.json({"member", "show", "C-1"}).json();
  CHECK(shown.at("balance") == "20");
  CHECK(shown.at("wallet") == "5.00");
  const auto said = shop.run({"member", "claim", "C-1", "boat"});
  CHECK(said.out.find("Code: B-3") != std::string::npos);
  CHECK(shop.verify() == 0);
}

TEST_CASE("claim: what cannot be given is refused and costs nothing") {
  const Rewarding shop;
  CHECK(shop.refused({"none"}, 1) == "reward.unknown");
  CHECK(shop.refused({"off"}, 1) == "reward.discount");
  CHECK(shop.refused({"cash", "--times", "11"}, 1) == "loyalty.refused");
  CHECK(shop.refused({"boat", "--times", "4"}, 1) == "loyalty.refused");
  CHECK(shop.refused({"cash", "--in-hand"}, 1) == "shift.closed");
  CHECK(shop.claim({"boat", "--times", "0"}).exit == 2);
  CHECK(shop.json({"member", "claim", "C-9", "boat"}).exit == 1);
  REQUIRE(shop.claim({"mug"}).exit == 0);
  CHECK(shop.refused({"mug"}, 1) == "loyalty.refused");
  CHECK(shop.json({"member", "show", "C-1"}).json().at("balance") == "70");
  CHECK(shop.verify() == 0);
}

TEST_CASE("claim: what a purchase earned waits for its day and is shown as pending") {
  const Scratch scratch;
  const std::string folder = (scratch / "shop").string();
  const auto run = [&](Args args) {
    args.insert(args.begin(), {"--data", folder});
    return run_program(args);
  };
  const auto json = [&](Args args) {
    args.emplace_back("--json");
    return run(std::move(args));
  };
  // The sales of the data set are in pounds.
  REQUIRE(
      run({"init", "--shop", "Held", "--currency", "GBP", "--time-zone", "Europe/London"}).exit ==
      0);
  const auto programme = scratch.write("held.toml", R"(name = "Held"
currency = "GBP"
[earn]
points = 1
for_each = "10"
[pending]
days = 14
[[reward]]
id = "cash"
kind = "cash out"
value = "5.00"
cost = 10
)");
  REQUIRE(run({"programme", "publish", programme}).exit == 0);
  const std::string header =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const Date bought = std::chrono::year_month_day{today - std::chrono::days(2)};
  const Date from = std::chrono::year_month_day{today + std::chrono::days(12)};
  const auto file = scratch.write(
      "sales.csv", header +
                       "536365,A,Lamp,1,2010-12-01 08:26:00,300.00,17850,Norway\n536366,A,Lamp,1," +
                       to_iso(bought) + " 08:26:00,400.00,17850,Norway\n");
  const auto imported = run({"import", "online-retail", file});
  REQUIRE_MESSAGE(imported.exit == 0, imported.err);
  const std::string who = "online-retail:17850";
  const auto shown = json({"member", "show", who});
  REQUIRE_MESSAGE(shown.exit == 0, shown.out);
  CHECK(shown.json().at("balance") == "70");
  CHECK(shown.json().at("pending") == "40");
  CHECK(shown.json().at("pending_until") == to_iso(from));
  CHECK(shown.json().at("lots").at(0).at("spendable_from") == "2010-12-15");
  CHECK(run({"member", "show", who})
            .out.starts_with("Balance: 70 points, 40 of them pending until " + to_iso(from)));
  const auto early = json({"member", "claim", who, "cash", "--times", "4"});
  CHECK(early.exit == 1);
  CHECK(early.json().at("error").at("code") == "loyalty.refused");
  const auto claimed = json({"member", "claim", who, "cash", "--times", "3"});
  REQUIRE_MESSAGE(claimed.exit == 0, claimed.out);
  CHECK(claimed.json().at("balance") == "40");
  CHECK(json({"member", "claim", who, "cash"}).exit == 1);
  CHECK(run({"verify"}).exit == 0);
  CHECK(run({"rebuild", "--check"}).exit == 0);
}
