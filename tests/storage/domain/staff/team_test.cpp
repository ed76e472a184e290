#include "storage/domain/staff/team.hpp"

#include <doctest/doctest.h>
#include <vector>

#include "storage/domain/staff/staff_change.hpp"

using namespace keepsake;

TEST_CASE("an id for somebody new is short, plain and nobody else's") {
  std::vector<StaffEntry> everybody;
  const auto take_on = [&](std::string_view name) {
    const std::string id = new_staff_id(name, everybody);
    CHECK(check_staff_id(id).ok());
    everybody.push_back({{id, std::string(name), false}, false});
    return id;
  };
  CHECK(take_on("Marit Moe") == "marit");
  CHECK(take_on("Marit Dahl") == "marit-2");
  CHECK(take_on("MARIT") == "marit-3");
  CHECK(take_on("Anne-Marie O'Hara") == "annemarie");
  CHECK(take_on("  Olena Koval") == "olena");
  CHECK(take_on("3PO") == "3po");
  CHECK(take_on("- Eva") == "eva");
  // What has no letter at all, and what is longer than anybody wants to read.
  CHECK(take_on("...") == "staff");
  CHECK(take_on("") == "staff-2");
  CHECK(take_on("Wolfeschlegelsteinhausenbergerdorff") == "wolfeschlegelsteinha");
  CHECK(take_on("Wolfeschlegelsteinhausenbergerdorff") == "wolfeschlegelsteinha-2");
}

TEST_CASE("a manager who can sign in is left") {
  const StaffEntry marit{{"marit", "Marit", true}, true};
  const StaffEntry ola{{"ola", "Ola", false}, true};
  const StaffEntry eva{{"eva", "Eva", true}, false};  // no PIN yet
  const auto left = [](const std::vector<StaffEntry>& everybody, const char* id, StaffRole role) {
    const auto ok = expect_manager_left(everybody, id, role);
    return ok.ok() ? std::string() : ok.error().code;
  };
  CHECK(left({marit, ola, eva}, "marit", StaffRole::none) == "staff.last-manager");
  CHECK(left({marit, ola, eva}, "marit", StaffRole::cashier) == "staff.last-manager");
  CHECK(left({marit, ola, eva}, "marit", StaffRole::manager) == "");
  CHECK(left({marit, ola, eva}, "ola", StaffRole::none) == "");
  CHECK(left({marit, ola, eva}, "eva", StaffRole::cashier) == "");
  CHECK(left({marit, {{"eva", "Eva", true}, true}}, "marit", StaffRole::none) == "");
  CHECK(left({ola}, "ola", StaffRole::none) == "");  // there was none before
}
