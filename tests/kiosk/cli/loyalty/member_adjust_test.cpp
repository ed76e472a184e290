// Points that a manager gives or takes, at the command line.
#include <doctest/doctest.h>

#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake::cli;

namespace {

class Adjusting : public CustomerShop {
 public:
  Adjusting() {
    const auto programme = scratch().write("club.toml", R"(name = "Fjord Club"
currency = "NOK"
[earn]
points = 1
for_each = "10"
[expiry]
kind = "days"
count = 30
)");
    REQUIRE(run({"programme", "publish", programme}).exit == 0);
    REQUIRE(run({"customer", "join", "--set", "name=Ingrid Haugen", "--add", "card=C-1"}).exit ==
            0);
    staff("marit", "2468", {"--manager"});
    staff("jonas", "1357", {});
  }
  Ran adjust(const char* points, const char* reason, std::string_view pin = "2468\n") const {
    return run_program({"--data", folder(), "member", "adjust", "C-1", "--points", points,
                        "--reason", reason, "--json"},
                       pin);
  }
  std::string refused(const char* points, const char* reason, int exit,
                      std::string_view pin = "2468\n") const {
    const auto ran = adjust(points, reason, pin);
    CHECK(ran.exit == exit);
    return ran.json().at("error").at("code");
  }
  std::string balance() const { return json({"member", "show", "C-1"}).json().at("balance"); }

 private:
  void staff(const char* id, const char* pin, Args more) const {
    Args args{"--data", folder(), "staff", "add", "--id", id, "--name", id};
    args.insert(args.end(), more.begin(), more.end());
    REQUIRE(run_program(args, pin).exit == 0);
  }
};

}  // namespace

TEST_CASE("adjust: goodwill and corrections move points with who and why") {
  const Adjusting shop;
  const auto given = shop.adjust("50", "Parcel was damaged");
  REQUIRE_MESSAGE(given.exit == 0, given.out);
  CHECK(given.json().at("points") == "50");
  CHECK(given.json().at("staff") == "marit");
  CHECK(given.json().at("balance") == "50");
  const auto taken = shop.adjust("-20", "Counted twice");
  REQUIRE_MESSAGE(taken.exit == 0, taken.out);
  CHECK(taken.json().at("points") == "-20");
  CHECK(shop.balance() == "30");
  CHECK(shop.json({"member", "show", "C-1"}).json().at("lots").at(0).contains("expires"));
  CHECK(shop.verify() == 0);
  const auto audit = shop.json({"customer", "audit", "C-1"});
  REQUIRE_MESSAGE(audit.exit == 0, audit.out);
  std::size_t by_marit = 0;
  const std::string text = audit.out;
  for (auto at = text.find("marit"); at != std::string::npos; at = text.find("marit", at + 1))
    ++by_marit;
  CHECK(by_marit == 2);
  const auto told = shop.json({"customer", "timeline", "C-1"});
  REQUIRE_MESSAGE(told.exit == 0, told.out);
  const auto entries = told.json().at("timeline");
  REQUIRE(entries.size() == 3);  // each once, after the joining
  CHECK(entries.at(0).at("text") == "adjustment: Counted twice");
  CHECK(entries.at(1).at("text") == "adjustment");
}

TEST_CASE("adjust: managers only, with a reason, and no more than there is") {
  const Adjusting shop;
  CHECK(shop.refused("50", "Why not", 1, "1357\n") == "staff.manager");
  CHECK(shop.refused("50", "Why not", 1, "9999\n") == "pin.wrong");
  CHECK(shop.refused("50", "Why not", 2, "") == "pin.none");
  CHECK(shop.refused("50", "", 2) == "adjustment.reason");
  CHECK(shop.refused("50", std::string(49, 'x').c_str(), 2) == "adjustment.reason");
  for (const char* points : {"0", "0.5", "much", "-0", "10000001"})
    CHECK(shop.refused(points, "Slip", 2) == "adjustment.points");
  CHECK(shop.refused("-1", "Slip", 1) == "points.short");
  CHECK(shop.balance() == "0");
  const auto nobody = run_program({"--data", shop.folder(), "member", "adjust", "C-9", "--points",
                                   "1", "--reason", "Slip", "--json"},
                                  "2468\n");
  CHECK(nobody.exit == 1);
}
