// `keepsake exceptions` and `exceptions settle` as they are typed.
#include <doctest/doctest.h>

#include "tests/kiosk/cli/customers/customer_shop.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

/// A till alone where a return took back more points than there were, and an item is registered twice.
struct Contradicting {
  test::Shop shop;

  Contradicting() {
    shop.record(test::programme());
    Profile profile;
    profile.name = "Ingrid Haugen";
    const CustomerRef ingrid = shop.enrol(profile, "C-1");
    Purchase bought = test::purchase(shop.clock, {test::line("1001", 2, 9900)});
    bought.customer = ingrid;
    bought.programme_version = 1;
    bought.points_earned = {1900};
    const FactId sold = shop.record(bought);
    Return back = test::bring_back(shop.clock, bought, sold, 0, 1);
    back.points_reversed = {3000};
    shop.record(back);
    for (int n = 0; n < 2; ++n) {
      Purchase lamp = test::purchase(shop.clock, {test::line("1002", 1, 100)});
      lamp.lines[0].warranty = test::item("SN1");
      shop.record(lamp);
    }
    shop.book.reset();
    add("marit", "2468", {"--manager"});
    add("jonas", "1357");
  }
  void add(const std::string& id, std::string_view pin, const Args& more = {}) const {
    Args args{"staff", "add", "--id", id, "--name", id};
    args.insert(args.end(), more.begin(), more.end());
    REQUIRE(run(args, pin).exit == 0);
  }
  Ran run(Args args, std::string_view input = {}) const {
    args.insert(args.begin(), {"--data", shop.data().string()});
    return run_program(args, input);
  }
  nlohmann::json listed(Args more = {}) const {
    more.insert(more.begin(), {"exceptions", "--json"});
    const auto ran = run(more);
    REQUIRE_MESSAGE(ran.exit == 0, ran.out);
    return ran.json().at("exceptions");
  }
  Ran settle(const std::string& name, const char* as, std::string_view pin = "2468\n") const {
    return run({"exceptions", "settle", name, "--as", as, "--reason", "agreed", "--json"}, pin);
  }
  static std::string error(const Ran& ran, int exit) {
    CHECK(ran.exit == exit);
    return ran.json().at("error").at("code");
  }
};

}  // namespace

TEST_CASE("exceptions are listed with what they are about, settled by a manager, and gone") {
  const Contradicting shop;
  auto all = shop.listed();
  REQUIRE(all.size() == 2);
  CHECK(all[0].at("exception") == "warranty.disputed");
  CHECK(all[0].at("about") == "purchase");
  CHECK(all[0].at("decisions") == nlohmann::json{"noted"});
  CHECK(all[1].at("exception") == "points.shortfall");
  CHECK(all[1].at("about") == "return");
  CHECK(all[1].at("amount") == "99.00");
  CHECK(all[1].at("lacking").at("points") == "11");
  CHECK(all[1].at("decisions") == nlohmann::json{"absorb", "debt"});
  const std::string name = all[1].at("name");
  const auto settled = shop.settle(name, "debt");
  REQUIRE_MESSAGE(settled.exit == 0, settled.out);
  CHECK(settled.json().at("staff") == "marit");
  CHECK(shop.listed().size() == 1);
  const auto member = shop.run({"member", "show", "C-1", "--json"}).json();
  CHECK(member.at("debt") == "11");
  const auto history = shop.listed({"--settled"});
  REQUIRE(history.size() == 1);
  CHECK(history[0].at("name") == name);
  CHECK(history[0].at("settled").at("decision") == "debt");
  CHECK(history[0].at("settled").at("staff") == "marit");
  CHECK(history[0].at("settled").at("reason") == "agreed");
  CHECK(history[0].at("settled").at("owed").at("points") == "11");
  CHECK(Contradicting::error(shop.settle(name, "absorb"), 1) == "exception.settled");
  // By the number of the fact alone, as it has one exception alone.
  all = shop.listed();
  const std::string whole = all[0].at("name");
  CHECK(shop.settle(whole.substr(0, whole.find('/')), "noted").exit == 0);
  CHECK(shop.listed().empty());
  CHECK(shop.run({"exceptions"}).out == "Nothing to settle.\n");
  CHECK(shop.run({"sync", "status", "--json"}).json().at("exceptions") == 0);
  CHECK(shop.run({"verify"}).exit == 0);
  CHECK(shop.run({"rebuild", "--check"}).exit == 0);
}

TEST_CASE("what is wrong with settling is said, and nothing is settled") {
  const Contradicting shop;
  const auto all = shop.listed();
  const std::string disputed = all[0].at("name");
  CHECK(Contradicting::error(shop.settle(disputed, "noted", "1357\n"), 1) == "staff.manager");
  CHECK(shop.settle(disputed, "noted", "9999\n").exit != 0);
  CHECK(Contradicting::error(shop.settle("1-1-99/points.short", "noted"), 1) ==
        "exception.unknown");
  CHECK(Contradicting::error(shop.settle(disputed, "debt"), 2) == "exception.decision");
  CHECK(Contradicting::error(shop.settle(disputed, "later"), 2) == "usage");
  CHECK(shop.listed().size() == 2);
  const auto shown = shop.run({"exceptions"});
  CHECK(shown.out.find("short by 11 points") != std::string::npos);
  CHECK(shown.out.find("Settle as: absorb debt") != std::string::npos);
}
