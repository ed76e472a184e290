// Joining, referrals and other events at the command line, with what they earn.
#include <doctest/doctest.h>

#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake::cli;

namespace {

class Welcoming : public CustomerShop {
 public:
  Welcoming() {
    const auto programme = scratch().write("club.toml", R"(name = "Fjord Club"
currency = "NOK"
[earn]
points = 1
for_each = "10"
[[rule]]
id = "joined"
kind = "event"
event = "enrolled"
points = 10
[[rule]]
id = "brought"
kind = "event"
event = "referred"
points = 20
[[rule]]
id = "brings"
kind = "event"
event = "referrer"
points = 30
[[rule]]
id = "asked"
kind = "event"
event = "survey"
points = 5
)");
    const auto published = run({"programme", "publish", programme});
    REQUIRE_MESSAGE(published.exit == 0, published.err);
  }
  std::string points(const char* who) const {
    const auto shown = json({"member", "show", who});
    REQUIRE_MESSAGE(shown.exit == 0, shown.out);
    return shown.json().at("balance");
  }
  Ran join(const char* name, const char* card, Args more = {}) const {
    Args args{"customer", "join",
              "--set",    std::string("name=") + name,
              "--add",    std::string("card=") + card};
    args.insert(args.end(), more.begin(), more.end());
    return json(args);
  }
};

}  // namespace

TEST_CASE("join: a new customer earns for joining and both for a referral") {
  const Welcoming shop;
  const auto ingrid = shop.join("Ingrid Haugen", "C-1", {"--add", "phone=912 34 417"});
  REQUIRE_MESSAGE(ingrid.exit == 0, ingrid.out);
  CHECK(ingrid.json().at("events")[0].at("points") == "10");
  CHECK(shop.points("C-1") == "10");
  const auto ola = shop.join("Ola Nordmann", "C-2", {"--referred-by", "91234417"});
  REQUIRE_MESSAGE(ola.exit == 0, ola.out);
  CHECK(ola.json().at("events").size() == 3);
  CHECK(shop.points("C-2") == "30");
  CHECK(shop.points("C-1") == "40");

  const auto twice = shop.join("Ola Nordmann", "C-2");
  CHECK(twice.exit == 2);
  CHECK(twice.json().at("error").at("code") == "customer.known");
  CHECK(shop.join("Per Hansen", "C-3", {"--referred-by", "C-9"}).exit == 1);
  CHECK(shop.run({"customer", "show", "C-3"}).exit == 1);
  CHECK(shop.json({"customer", "join"}).exit == 2);
  CHECK(shop.verify() == 0);
}

TEST_CASE("join: the consent given stands with its place") {
  const Welcoming shop;
  REQUIRE(
      shop.join("Ingrid Haugen", "C-1", {"--wording", "membership-1", "--place", "Lysvik"}).exit ==
      0);
  const auto timeline = shop.json({"customer", "timeline", "C-1"}).json().at("timeline");
  CHECK(timeline.dump().find("membership given, membership-1 (en), Lysvik") != std::string::npos);
  CHECK(shop.verify() == 0);
}

TEST_CASE("event: each cause earns once and the rest is refused") {
  const Welcoming shop;
  REQUIRE(shop.join("Ingrid Haugen", "C-1").exit == 0);
  REQUIRE(shop.join("Ola Nordmann", "C-2").exit == 0);
  const auto event = [&](Args args) {
    args.insert(args.begin(), {"member", "event"});
    return shop.json(args);
  };
  CHECK(event({"survey", "C-1", "--which", "spring"}).exit == 0);
  CHECK(shop.points("C-1") == "15");
  const auto again = event({"survey", "C-1", "--which", "spring"});
  CHECK(again.exit == 1);
  CHECK(again.json().at("events")[0].at("verdict") == "before");
  CHECK(event({"survey", "C-1", "--which", "autumn"}).exit == 0);
  CHECK(event({"enrolled", "C-1"}).exit == 1);
  CHECK(event({"referred", "C-2", "--by", "C-1"}).exit == 0);
  CHECK(event({"referred", "C-2", "--by", "C-1"}).exit == 1);
  CHECK(shop.points("C-1") == "50");
  CHECK(shop.points("C-2") == "30");

  CHECK(event({"referred", "C-2", "--by", "C-2"}).json().at("error").at("code") == "referral.self");
  CHECK(event({"survey", "C-9", "--which", "spring"}).exit == 1);
  for (const Args& wrong : {Args{"survey", "C-1"}, Args{"birthday", "C-1"}, Args{"moon", "C-1"},
                            Args{"referred", "C-1"}, Args{"enrolled", "C-1", "--which", "x"},
                            Args{"survey", "C-1", "--which", "x", "--by", "C-2"}})
    CHECK(event(wrong).exit == 2);
  CHECK(shop.verify() == 0);
}

TEST_CASE("import: customers earn for joining only when it is asked for and then once") {
  const Welcoming shop;
  const auto map = shop.scratch().write("few.toml", R"(origin = "old"
key = "no"
[[column]]
from = "name"
to = "name"
[[column]]
from = "card"
to = "card"
)");
  const auto first = shop.scratch().write("first.csv", "no,name,card\n1,Ingrid Haugen,C-1\n");
  const auto both =
      shop.scratch().write("both.csv", "no,name,card\n1,Ingrid Haugen,C-1\n2,Ola Berg,C-2\n");
  REQUIRE(shop.run({"import", "customers", first, "--map", map}).exit == 0);
  CHECK(shop.points("C-1") == "0");
  REQUIRE(shop.run({"import", "customers", both, "--map", map, "--welcome"}).exit == 0);
  CHECK(shop.points("C-1") == "0");
  CHECK(shop.points("C-2") == "10");
  REQUIRE(shop.run({"import", "customers", both, "--map", map, "--welcome"}).exit == 0);
  CHECK(shop.points("C-2") == "10");
  CHECK(shop.run({"member", "event", "enrolled", "C-1"}).exit == 0);
  CHECK(shop.points("old:1") == "10");
  CHECK(shop.verify() == 0);
}

TEST_CASE("catalogue: labels reach the programme through the shop's articles") {
  const Welcoming shop;
  const auto file = shop.scratch().write("goods.csv",
                                         "code,name,price,labels\n"
                                         "SOAP,Soap,49.00,eco | sale\n"
                                         "BOLT,Bolt,5.00,\n");
  const auto imported = shop.json({"import", "catalogue", file});
  REQUIRE_MESSAGE(imported.exit == 0, imported.out);
  CHECK(imported.json().at("added") == 2);
  CHECK(shop.json({"import", "catalogue", file}).json().at("unchanged") == 2);
  const auto twice =
      shop.scratch().write("twice.csv", "code,name,price,labels\nSOAP,Soap,49.00,eco|eco\n");
  const auto refused = shop.json({"import", "catalogue", twice});
  CHECK(refused.exit == 2);
  CHECK(refused.json().at("error").at("code") == "article.labels");
  CHECK(refused.json().at("error").at("where").get<std::string>().find("labels") !=
        std::string::npos);
  CHECK(shop.verify() == 0);
}
