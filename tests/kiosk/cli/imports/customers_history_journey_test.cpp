// What an import of customers brings of the time before: since when, spend and level.
#include <doctest/doctest.h>

#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

Ran import_members(const CustomerShop& shop, std::string_view csv, std::string_view map) {
  return shop.json({"import", "customers", shop.scratch().write("in.csv", csv), "--map",
                    shop.scratch().write("map.toml", map)});
}

constexpr const char* levels = R"(name = "Club"
currency = "NOK"
[earn]
points = 1
for_each = "10.00"
[tiers]
basis = "spend"
window = "lifetime"
upgrade = "at once"
downgrade = "none"
[[tiers.level]]
id = "silver"
name = "Silver"
threshold = "1000.00"
[[tiers.level]]
id = "gold"
name.default = "Gold"
name.nb = "Gull"
threshold = "5000.00"
)";

constexpr const char* history_map = R"(origin = "old"
key = "no"
[[column]]
from = "name"
to = "name"
[[column]]
from = "phone"
to = "phone"
[[column]]
from = "since"
to = "member_since"
[[column]]
from = "spent"
to = "spend"
[[column]]
from = "level"
to = "level"
)";

std::string tier_of(const CustomerShop& shop, const std::string& who) {
  const auto shown = shop.json({"member", "show", who});
  return shown.json().value("tier", shown.out);
}

}  // namespace

TEST_CASE("customers: since when, what they spent and their level are brought along") {
  const CustomerShop shop;
  REQUIRE(shop.run({"programme", "publish", shop.scratch().write("club.toml", levels)}).exit == 0);
  const auto told = import_members(shop,
                                   "no,name,phone,since,spent,level\n"
                                   "1,Ingrid Haugen,91234417,2019-05-06,\"kr 1,240.50\",\n"
                                   "2,Per Vik,92233445,2020-01-02 10:00:00,7790.44,\n"
                                   "3,Olena Melnyk,22334455,,0,Gull\n"
                                   "4,Kari Berg,22334456,2061-01-01,lots,Platinum\n",
                                   history_map)
                        .json();
  CHECK(told.at("added") == 4);
  CHECK(told.at("reasons") ==
        nlohmann::json({{"date.range", 1}, {"import.level", 1}, {"money.syntax", 1}}));
  const auto since = [&](const char* who) {
    return shop.json({"customer", "show", who}).json().at("customer").at("member_since").dump();
  };
  CHECK(since("91234417").starts_with("\"2019-05-06"));
  CHECK(since("92233445").starts_with("\"2020-01-02"));
  CHECK(tier_of(shop, "91234417") == "silver");
  CHECK(tier_of(shop, "92233445") == "gold");
  CHECK(tier_of(shop, "22334455") == "gold");
  CHECK(tier_of(shop, "22334456") == "");
  CHECK(shop.verify() == 0);
}

TEST_CASE("customers: without a programme spend and level are left out, and it is said once") {
  const CustomerShop shop;
  const auto told = import_members(shop,
                                   "no,name,phone,since,spent,level\n"
                                   "1,Ingrid Haugen,91234417,2019-05-06,1240.50,Silver\n"
                                   "2,Per Vik,92233445,2020-01-02,10,\n",
                                   history_map)
                        .json();
  CHECK(told.at("added") == 2);
  CHECK(told.at("reasons") == nlohmann::json({{"import.programme", 1}}));
}
