// A member's own PIN, given and removed by a manager at the command line.
#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake::cli;

namespace {

class PinGiving : public CustomerShop {
 public:
  PinGiving() {
    REQUIRE(run({"customer", "join", "--set", "name=Ingrid Haugen", "--add", "card=C-1"}).exit ==
            0);
    add_staff("marit", "2468", {"--manager"});
    add_staff("jonas", "1357");
  }
  /// `lines`: what is piped in.
  Ran pin(std::string_view lines, const Args& more = {}, const std::string& who = "C-1",
          const std::string& reason = "lost the card") const {
    Args args{"--data", folder(), "member", "pin", who, "--reason", reason, "--json"};
    args.insert(args.end(), more.begin(), more.end());
    return run_program(args, lines);
  }
  /// What the history has of it, newest first.
  std::vector<std::string> told() const {
    std::vector<std::string> all;
    const auto answer = json({"customer", "timeline", "C-1"}).json();
    for (const auto& each : answer.at("timeline"))
      all.push_back(each.at("kind").get<std::string>() + ":" + each.at("text").get<std::string>());
    return all;
  }
  static std::string error(const Ran& ran, int exit) {
    CHECK(ran.exit == exit);
    return ran.json().at("error").at("code");
  }
};

bool holds(const std::filesystem::path& folder, std::string_view text) {
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
    if (!each.is_regular_file()) continue;
    std::ifstream file(each.path(), std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(file), {}};
    if (all.find(text) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("member pin: a manager sets one with a reason, and removes it") {
  const PinGiving shop;
  const auto set = shop.pin("2468\n83520719\n");
  REQUIRE_MESSAGE(set.exit == 0, set.out);
  CHECK(set.json().at("pin") == true);
  CHECK(set.json().at("staff") == "marit");
  auto told = shop.told();
  CHECK(std::ranges::find(told, "PIN given:") != told.end());
  CHECK(std::ranges::find(told, "note:lost the card") != told.end());
  CHECK(shop.json({"customer", "audit", "C-1"}).out.find("marit") != std::string::npos);
  const auto removed = shop.pin("2468\n", {"--remove"});
  REQUIRE_MESSAGE(removed.exit == 0, removed.out);
  CHECK(removed.json().at("pin") == false);
  CHECK(removed.json().at("changed") == true);
  CHECK(shop.pin("2468\n", {"--remove"}).json().at("changed") == false);
  told = shop.told();
  CHECK(std::ranges::find(told, "PIN removed:") != told.end());
  CHECK(shop.verify() == 0);
}

TEST_CASE("member pin: it is never told, and found nowhere in the folder") {
  const PinGiving shop;
  const auto set = shop.pin("2468\n83520719\n");
  REQUIRE(set.exit == 0);
  for (const std::string& said : {set.out, set.err}) {
    CHECK(said.find("83520719") == std::string::npos);
  }
  CHECK_FALSE(holds(shop.folder(), "83520719"));
}

TEST_CASE("member pin: managers only, and nothing changes with what is refused") {
  const PinGiving shop;
  const auto before = shop.told();
  CHECK(PinGiving::error(shop.pin("1357\n83520719\n"), 1) == "staff.manager");
  CHECK(PinGiving::error(shop.pin("9753\n83520719\n"), 1) == "pin.wrong");
  CHECK(PinGiving::error(shop.pin("2468\n1234\n"), 1) == "pin.common");
  CHECK(PinGiving::error(shop.pin("2468\n12\n"), 2) == "pin.digits");
  CHECK(PinGiving::error(shop.pin("2468\n"), 2) == "pin.none");
  CHECK(PinGiving::error(shop.pin("2468\n83520719\n", {}, "C-1", ""), 2) == "text.missing");
  CHECK(PinGiving::error(shop.pin("2468\n83520719\n", {}, "C-9"), 1) == "customer.unknown");
  CHECK(shop.told() == before);
}
