// Who is at the shell is in the trail where no --staff is given.
#include "storage/engine/shell_user.hpp"
#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

TEST_CASE("the trail never says nobody") {
  const CustomerShop shop;
  REQUIRE(shop.run({"customer", "join", "--set", "name=Ola", "--add", "card=C-1"}).exit == 0);
  REQUIRE(shop.run({"customer", "show", "C-1"}).exit == 0);
  REQUIRE(shop.run({"customer", "change", "C-1", "--set", "postcode=6789"}).exit == 0);
  const auto trail = shop.json({"customer", "audit", "C-1"}).json().at("audit");
  CHECK(trail.size() >= 2);
  for (const auto& each : trail) CHECK(each.at("staff") == shell_user());
}
