#include "storage/exchange/staff_file.hpp"

#include <doctest/doctest.h>

#include "tests/support/scratch.hpp"

using namespace keepsake;

namespace {

StaffFile staff_in(const std::string& text, const char* encoding = "utf-8") {
  const test::Scratch scratch;
  auto read = read_staff_file(scratch.write("staff.csv", text), encoding);
  REQUIRE_MESSAGE(read.ok(), (read.ok() ? "" : to_line(read.error())));
  return std::move(*read);
}

std::string refusal_of(const std::string& text) {
  const test::Scratch scratch;
  const auto read = read_staff_file(scratch.write("staff.csv", text), "utf-8");
  return read ? "" : read.error().code;
}

}  // namespace

TEST_CASE("staff file: columns in any order, by commas, semicolons or tabs") {
  for (const char* text : {"id,name,role,pin\nmarit,Marit Moe,manager,4711\nola,Ola,,\n",
                           "PIN;Role;ID;Name;Shoe size\r\n4711;Manager;marit;Marit Moe;38\r\n"
                           ";cashier;ola;Ola;\r\n;;;;\r\n",
                           "\xEF\xBB\xBFid\tname\trole\tpin\nmarit\t\"Marit Moe\"\tMANAGER\t4711\n"
                           "ola\tOla\n"}) {
    CAPTURE(text);
    const StaffFile file = staff_in(text);
    CHECK(file.mistakes.empty());
    REQUIRE(file.rows.size() == 2);
    CHECK(file.rows[0].member == StaffMember{"marit", "Marit Moe", true});
    CHECK(file.rows[0].role == StaffRole::manager);
    CHECK(file.rows[0].pin == "4711");
    CHECK(file.rows[1].member == StaffMember{"ola", "Ola", false});
    CHECK(file.rows[1].role == StaffRole::cashier);
    CHECK_FALSE(file.rows[1].pin);
  }
  CHECK(staff_in("id,name,role\nmarit,Marit,none\n").rows[0].role == StaffRole::none);
  CHECK(staff_in("id;name\nrune;Rune \xD8strem\n", "windows-1252").rows[0].member.name ==
        "Rune Østrem");
}

TEST_CASE("staff file: every mistake with its place, and what a spreadsheet did to a PIN") {
  const StaffFile file = staff_in(
      "id,name,role,pin\nMarit,Marit,,\nola,,,\nola,Ola,boss,\neva,Eva,,42\nkim,Kim,,1234\n"
      "tor,Tor,,60912\nliv,Liv,,60912\n");
  std::vector<std::string> told;
  for (const Error& each : file.mistakes)
    told.push_back(each.code + each.where.substr(each.where.find(".csv") + 4));
  CHECK(told == std::vector<std::string>{"staff.id:2:1 (id)", "text.missing:3:5 (name)",
                                         "staff.twice:4:1 (id)", "staff.role:4:9 (role)",
                                         "pin.syntax:5:10 (pin)", "pin.common:6:10 (pin)",
                                         "staff.pin-twice:8:10 (pin)"});
  CHECK(file.mistakes[4].remedy.find("as text") != std::string::npos);
  REQUIRE(file.rows.size() == 1);
  CHECK(file.rows[0].member.id == "tor");
}

TEST_CASE("staff file: without its columns, or with nobody, it is refused whole") {
  CHECK(refusal_of("marit,Marit\n") == "staff.columns");
  CHECK(refusal_of("id,role\nmarit,manager\n") == "staff.columns");
  CHECK(refusal_of("id,name,ID\nmarit,Marit,x\n") == "staff.columns");
  CHECK(refusal_of("id,name\n") == "staff.none");
  CHECK(refusal_of("") == "staff.none");
}
