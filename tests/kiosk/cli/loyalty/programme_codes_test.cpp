// `keepsake programme codes`: lists of codes out of files.
#include <doctest/doctest.h>

#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

constexpr const char* rules = R"(name = "Fjord Club"
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
code_list = true
[[reward]]
id = "ten"
kind = "money off"
value = "10.00"
trigger = "code"
codes = [{ code = "SUMMER", uses = 0 }]
code_list = true
[[reward]]
id = "other"
kind = "money off"
value = "5.00"
trigger = "code"
code_list = true
[[reward]]
id = "plain"
kind = "money off"
value = "5.00"
cost = 10
)";

class Listing : public CustomerShop {
 public:
  Listing() {
    programme = scratch().write("club.toml", rules);
    const auto published = run({"programme", "publish", programme});
    REQUIRE_MESSAGE(published.exit == 0, published.err);
    REQUIRE(run({"customer", "join", "--set", "name=Ingrid Haugen", "--add", "card=C-1"}).exit ==
            0);
  }
  std::string programme;

  std::string file(const std::string& text) const { return scratch().write("codes.csv", text); }
  Ran codes(const std::string& text, const std::string& reward) const {
    return json({"programme", "codes", file(text), "--reward", reward});
  }
  static std::string error(const Ran& ran, int exit) {
    CHECK(ran.exit == exit);
    return ran.json().at("error").at("code");
  }
};

}  // namespace

TEST_CASE("programme codes: vouchers of a file are handed out in its order") {
  const Listing shop;
  CHECK(Listing::error(shop.json({"member", "claim", "C-1", "boat"}), 1) == "loyalty.refused");
  const auto ran = shop.codes("code;batch\nB-2;x\n\nB-1;x\n", "boat");
  REQUIRE_MESSAGE(ran.exit == 0, ran.out);
  CHECK(ran.json().at("added") == 2);
  CHECK(ran.json().at("blank_lines") == 1);
  CHECK(ran.json().at("codes") == 2);
  const auto claimed = shop.json({"member", "claim", "C-1", "boat"});
  REQUIRE_MESSAGE(claimed.exit == 0, claimed.out);
  CHECK(claimed.json().at("codes") == nlohmann::json({"B-2"}));
  CHECK(shop.json({"member", "claim", "C-1", "boat"}).json().at("codes") ==
        nlohmann::json({"B-1"}));
  CHECK(Listing::error(shop.json({"member", "claim", "C-1", "boat"}), 1) == "loyalty.refused");
  CHECK(shop.run({"verify"}).exit == 0);
  CHECK(shop.run({"rebuild", "--check"}).exit == 0);
}

TEST_CASE("programme codes: a file brought in again adds what is new") {
  const Listing shop;
  REQUIRE(shop.codes("A1\nA2\n", "ten").exit == 0);
  const auto again = shop.codes("a 1\nA2\nA3\n", "ten").json();
  CHECK(again.at("added") == 1);
  CHECK(again.at("already_here") == 2);
  CHECK(again.at("codes") == 3);
  CHECK(shop.codes("A1\n", "ten").json().at("added") == 0);
}

TEST_CASE("programme codes: what is doubled is told, what belongs to another reward refused") {
  const Listing shop;
  const auto doubled = shop.codes("A1\na 1\n", "ten");
  CHECK(doubled.exit == 1);
  CHECK(doubled.json().at("added") == 1);
  CHECK(doubled.json().at("doubled").at(0).at("code") == "codes.twice");
  CHECK(Listing::error(shop.codes("summer\n", "other"), 2) == "codes.taken");
  CHECK(Listing::error(shop.codes("A1\nNEW\n", "other"), 2) == "codes.taken");
  CHECK(shop.codes("NEW\n", "other").json().at("added") == 1);  // nothing of it was kept
}

TEST_CASE("programme codes: for a reward that takes a list") {
  const Listing shop;
  CHECK(Listing::error(shop.codes("A1\n", "nothing"), 1) == "reward.unknown");
  CHECK(Listing::error(shop.codes("A1\n", "plain"), 2) == "codes.reward");
  CHECK(Listing::error(shop.codes(std::string(65, 'A') + "\n", "ten"), 2) == "text.length");
}

TEST_CASE("programme codes: check and quote know a list beforehand") {
  const Listing shop;
  const auto listed = shop.scratch().write("ten.csv", "A1\nA2\n");
  const auto check = [&](const std::string& codes) {
    return shop.json({"programme", "check", shop.programme, "--codes", codes});
  };
  CHECK(check("ten=" + listed).exit == 0);
  CHECK(Listing::error(check("plain=" + listed), 1) == "codes.reward");
  CHECK(Listing::error(check(listed), 2) == "usage");
  const auto taken = shop.scratch().write("taken.csv", "Summer\n");
  CHECK(Listing::error(check("other=" + taken), 1) == "codes.taken");

  const auto basket = shop.scratch().write(
      "basket.json", R"({"lines": [{"article": "MUG", "price": "100.00"}], "codes": ["a 2"]})");
  const auto member = shop.scratch().write("member.json", R"({"balance": 50})");
  const Args quote{"quote",    "--programme", shop.programme, "--basket",     basket,
                   "--member", member,        "--codes",      "ten=" + listed};
  const auto quoted = shop.json(quote);
  REQUIRE_MESSAGE(quoted.exit == 0, quoted.out);
  CHECK(quoted.json().at("total") == "90.00");
  const auto after = shop.scratch().write("after.json", quoted.json().at("member_after").dump());
  Args second = quote;
  second[6] = after;
  const auto again = shop.json(second);
  CHECK(again.json().at("total") == "100.00");
}
