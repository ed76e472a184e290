// A level that a manager gives to one person, at the command line.
#include <doctest/doctest.h>

#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake::cli;

namespace {

class Giving : public CustomerShop {
 public:
  Giving() {
    const auto programme = scratch().write("club.toml", R"(name = "Fjord Club"
currency = "NOK"
[earn]
points = 1
for_each = "10"
[tiers]
basis = "spend"
window = "lifetime"
[[tiers.level]]
id = "silver"
threshold = "1000"
[[tiers.level]]
id = "gold"
threshold = "5000"
)");
    const auto published = run({"programme", "publish", programme});
    REQUIRE_MESSAGE(published.exit == 0, published.err);
    REQUIRE(run({"customer", "join", "--set", "name=Ingrid Haugen", "--add", "card=C-1"}).exit ==
            0);
    add_staff("marit", "2468", {"--manager"});
    add_staff("jonas", "1357");
  }
  Ran give(Args more, std::string_view pin = "2468\n") const {
    Args args{"--data", folder(), "member", "level", "C-1"};
    args.insert(args.end(), more.begin(), more.end());
    args.insert(args.end(), {"--reason", "opening guest", "--json"});
    return run_program(args, pin);
  }
  static std::string error(const Ran& ran, int exit) {
    CHECK(ran.exit == exit);
    return ran.json().at("error").at("code");
  }
};

}  // namespace

TEST_CASE("level: a manager gives one, it is shown everywhere, and ends when it is ended") {
  const Giving shop;
  const auto given = shop.give({"gold", "--until", "2099-12-31"});
  REQUIRE_MESSAGE(given.exit == 0, given.out);
  CHECK(given.json().at("tier") == "gold");
  CHECK(given.json().at("earned_tier") == "");
  CHECK(given.json().at("until") == "2099-12-31");
  CHECK(given.json().at("staff") == "marit");
  const auto member = shop.json({"member", "show", "C-1"}).json();
  CHECK(member.at("tier") == "gold");
  CHECK(member.at("given_until") == "2099-12-31");
  const auto customer = shop.json({"customer", "show", "C-1"}).json().at("customer");
  CHECK(customer.at("tier") == "gold");
  CHECK(customer.at("given_until") == "2099-12-31");
  CHECK(shop.run({"customer", "show", "C-1"}).out.find("gold, given") != std::string::npos);
  const auto told = shop.json({"customer", "timeline", "C-1"}).json().at("timeline");
  CHECK(told.at(0).at("kind") == "level given");
  CHECK(told.at(0).at("text") == "gold: opening guest");
  CHECK(shop.json({"customer", "audit", "C-1"}).out.find("marit") != std::string::npos);
  const auto ended = shop.give({"--end"});
  REQUIRE_MESSAGE(ended.exit == 0, ended.out);
  CHECK(ended.json().at("tier") == "");
  CHECK(shop.verify() == 0);
}

TEST_CASE("level: managers only, of the programme, until a day to come") {
  const Giving shop;
  CHECK(Giving::error(shop.give({"gold"}, "1357\n"), 1) == "staff.manager");
  CHECK(Giving::error(shop.give({"platinum"}), 1) == "level.unknown");
  CHECK(Giving::error(shop.give({}), 2) == "usage");
  CHECK(Giving::error(shop.give({"gold", "--end"}), 2) == "usage");
  CHECK(Giving::error(shop.give({"gold", "--until", "2020-01-01"}), 2) == "level.until");
  CHECK(Giving::error(shop.give({"gold", "--until", "soon"}), 2) == "date.syntax");
  CHECK(shop.json({"member", "show", "C-1"}).json().at("tier") == "");
}
