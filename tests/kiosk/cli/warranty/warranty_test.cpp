// `keepsake warranty` as it is typed.
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

#include "tests/kiosk/cli/customers/customer_shop.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

/// A shop with a kettle, a car that counts from its delivery, and chairs without serial numbers.
struct Covered : CustomerShop {
  Covered() {
    const auto file =
        scratch().write("items.csv",
                        "code,name,maker,price,cover,cover_usage,covered,cover_starts,serialised\n"
                        "KET,Kettle,Kok,499,24 months,,,,\n"
                        "CAR,Car,Volt,250000,2 years,100000 km,Battery,delivery,\n"
                        "CHAIR,Chair,,990,5 years,,,,no\n"
                        "APPLE,Apple,,5,,,,,\n");
    REQUIRE(run({"import", "catalogue", file}).exit == 0);
  }
  nlohmann::json registered(Args more) const {
    more.insert(more.begin(), {"warranty", "register"});
    const auto ran = json(more);
    REQUIRE_MESSAGE(ran.exit == 0, ran.out);
    return ran.json().at("items").at(0);
  }
  std::string refused(Args more, int exit = 2) const {
    more.insert(more.begin(), "warranty");
    const auto ran = json(more);
    CHECK(ran.exit == exit);
    return ran.json().at("error").at("code");
  }
  nlohmann::json shown(const std::string& what) const {
    const auto ran = json({"warranty", "show", what});
    CHECK(ran.exit == (ran.json().at("items").empty() ? 1 : 0));
    return ran.json().at("items");
  }
};

}  // namespace

TEST_CASE("warranty: registered, shown by its serial, and disputed when registered again") {
  Covered shop;
  const auto item = shop.registered(
      {"--article", "KET", "--serial", "KK-17/0042", "--bought", "2023-01-31", "--staff", "marit"});
  CHECK(item.at("serial") == "KK-17/0042");
  const auto& cover = item.at("covers").at(0);
  CHECK(cover.at("from") == "2023-01-31");
  CHECK(cover.at("until") == "2025-01-31");
  CHECK(cover.at("state") == "ended");
  CHECK(cover.at("days_left") == 0);
  CHECK(cover.at("period") == "24 months");
  for (const char* what : {"kk170042", "KK 17 0042", "0042"}) {
    CAPTURE(what);
    REQUIRE(shop.shown(what).size() == 1);
    CHECK(shop.shown(what)[0].at("fact") == item.at("fact"));
  }
  CHECK(shop.shown("nothing1").empty());
  CHECK_FALSE(shop.shown("kk170042")[0].at("disputed"));
  shop.registered({"--article", "KET", "--serial", "KK170042"});
  const auto found = shop.shown("kk170042");
  REQUIRE(found.size() == 1);
  CHECK(found[0].at("fact") == item.at("fact"));  // the first stands
  CHECK(found[0].at("disputed"));
  CHECK(found[0].at("history").size() == 2);
  CHECK(shop.verify() == 0);
}

TEST_CASE("warranty: what counts from the delivery is told later") {
  Covered shop;
  const auto item =
      shop.registered({"--article", "CAR", "--serial", "YV1-0001", "--bought", "2024-02-29"});
  CHECK(item.at("starts_with") == "delivery");
  CHECK_FALSE(item.at("begun"));
  CHECK(item.at("covers").at(0).at("until") == "2026-02-28");
  CHECK(item.at("covers").at(0).at("usage") == "100000 km");
  CHECK(item.at("covers").at(0).at("covered") == "Battery");
  const auto begun = shop.json({"warranty", "begin", "yv10001", "--on", "2024-03-31"});
  REQUIRE(begun.exit == 0);
  const auto after = begun.json().at("items").at(0);
  CHECK(after.at("begun"));
  CHECK(after.at("covers").at(0).at("from") == "2024-03-31");
  CHECK(after.at("covers").at(0).at("until") == "2026-03-31");
  CHECK(shop.shown("yv10001")[0] == after);
  CHECK(shop.verify() == 0);
  CHECK(shop.refused({"begin", "yv10001", "--on", "2999-01-01"}) == "date.future");
  CHECK(shop.refused({"begin", "nobodys", "--on", "2024-01-01"}, 1) == "warranty.unknown");
  shop.registered({"--article", "KET", "--serial", "KK-1"});
  CHECK(shop.refused({"begin", "KK1"}) == "cover.start");
}

TEST_CASE("warranty: the law of the shop's country stands beside the maker's cover") {
  Covered shop;
  const auto settings = std::filesystem::path(shop.folder()) / "keepsake.toml";
  std::ofstream(settings, std::ios::app) << "\n[[statutory_cover]]\ncountry = \"NO\"\n"
                                            "period = \"5 years\"\ncovered.default = \"By law\"\n";
  const auto item =
      shop.registered({"--article", "KET", "--serial", "KK-2", "--bought", "2024-02-29"});
  REQUIRE(item.at("covers").size() == 2);
  CHECK(item.at("covers")[1].at("by") == "statutory");
  CHECK(item.at("covers")[1].at("until") == "2029-02-28");
  CHECK(item.at("covers")[1].at("covered") == "By law");
}

TEST_CASE("warranty: what cannot be registered is refused with its reason") {
  Covered shop;
  CHECK(shop.refused({"register", "--article", "APPLE", "--serial", "A-1"}) == "warranty.none");
  CHECK(shop.refused({"register", "--article", "CHAIR", "--serial", "A-1"}) == "warranty.none");
  CHECK(shop.refused({"register", "--article", "NONE", "--serial", "A-1"}) == "article.unknown");
  CHECK(shop.refused({"register", "--article", "KET", "--serial", "!"}) == "serial.character");
  CHECK(shop.refused({"register", "--article", "KET", "--serial", "A-12", "--bought",
                      "2999-01-01"}) == "date.future");
  CHECK(shop.refused({"register", "--article", "KET", "--serial", "A-12", "--bought", "today"}) ==
        "date.syntax");
  CHECK(shop.refused({"register", "--article", "KET", "--serial", "A-12", "--customer", "C-9"},
                     1) == "customer.unknown");
}

TEST_CASE("warranty: a serial is as its article says, or a person says that it stands so") {
  Covered shop;
  const auto file = shop.scratch().write("phones.csv",
                                         "code,name,maker,price,cover,serial_rule\n"
                                         "PHONE,Phone,Nordlys,7990,24 months,imei\n"
                                         "VAN,Van,Volt,250000,2 years,vin\n");
  REQUIRE(shop.run({"import", "catalogue", file}).exit == 0);
  const auto phone = shop.registered({"--article", "PHONE", "--serial", "35-209900-176148-23"});
  CHECK(phone.at("serial") == "35-209900-176148-23");
  CHECK_FALSE(phone.at("unfit"));
  // The same phone by its whole number is no second one.
  CHECK(shop.registered({"--article", "PHONE", "--serial", "352099001761481"}).at("disputed"));
  CHECK(shop.shown("352099001761481").size() == 1);
  CHECK(shop.refused({"register", "--article", "PHONE", "--serial", "352099001761482"}) ==
        "serial.imei-check");
  CHECK(shop.refused({"register", "--article", "PHONE", "--serial", "A0000000002329"}) ==
        "serial.imei");
  CHECK(shop.registered({"--article", "PHONE", "--serial", "A0000000002329", "--stands-so"})
            .at("unfit"));
  CHECK(shop.shown("a0000000002329").at(0).at("unfit"));
  CHECK(shop.refused({"register", "--article", "VAN", "--serial", "1M8GDM9A1KP042788"}) ==
        "serial.vin-check");
  const auto told =
      shop.run({"warranty", "register", "--article", "VAN", "--serial", "WVWZZZ1JZ3W386752"});
  CHECK(told.exit == 0);
  CHECK(told.err.find("check digit") != std::string::npos);
  CHECK(shop.verify() == 0);
}

TEST_CASE("warranty: what a customer has") {
  Covered shop;
  const auto joined =
      shop.json({"customer", "join", "--set", "name=Ingrid Haugen", "--add", "phone=91234417",
                 "--wording", "membership-1", "--language", "nb", "--place", "Lysvik"});
  REQUIRE_MESSAGE(joined.exit == 0, joined.out);
  shop.registered({"--article", "KET", "--serial", "KK-3", "--customer", "91234417"});
  const auto listed = shop.json({"warranty", "list", "--customer", "91234417"});
  REQUIRE(listed.exit == 0);
  CHECK(listed.json().at("items").size() == 1);
  CHECK(shop.shown("912 34 417").size() == 1);  // their phone
  CHECK(shop.refused({"list", "--customer", "C-9"}, 1) == "customer.unknown");
}
