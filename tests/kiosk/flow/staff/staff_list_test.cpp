// Managers take people on, change them and let them go.
#include <doctest/doctest.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

/// Marit, a manager, at the list of a shop where Ola is a cashier.
Shop at_the_staff_list() {
  Shop shop;
  shop.staff.push_back({"ola", "Ola", false});
  shop.pins["ola"] = "1357";
  shop.open_till();
  shop.act(Go{Place::staff_list});
  REQUIRE(shop.screen<StaffList>() != nullptr);
  return shop;
}

const std::optional<StaffForm>& form_of(Shop& shop) { return shop.screen<StaffList>()->form; }

void choose_pin(Shop& shop, const char* pin, const char* again) {
  shop.type(pin);
  shop.act(Submit{});
  shop.type(again);
  shop.act(Submit{});
}

}  // namespace

TEST_CASE("everybody is listed, with who has no PIN yet") {
  Shop shop;
  shop.staff.push_back({"ola", "Ola", false});
  shop.open_till();
  shop.send(Go{Place::staff_list});
  CHECK_FALSE(shop.screen<StaffList>()->loaded);
  shop.act(AddStaffMember{});  // with an old list nobody is taken on
  CHECK(shop.screen<StaffList>()->loaded);
  CHECK_FALSE(form_of(shop));
  CHECK(shop.screen<StaffList>()->staff ==
        std::vector<StaffEntry>{{{"marit", "Marit", true}, true}, {{"ola", "Ola", false}, false}});
}

TEST_CASE("somebody new is named, chooses a PIN twice, and is known at once") {
  Shop shop = at_the_staff_list();
  shop.act(AddStaffMember{});
  CHECK(shop.s.visit.keys == KeyPage::shifted);
  shop.act(Submit{});
  CHECK(shop.notice() == "text.missing");
  shop.type("Kari Nordmann ");
  shop.act(ChooseRole{true});
  shop.act(Submit{});
  REQUIRE(form_of(shop)->pin);
  CHECK(shop.emitted<ChangeStaff>() == 0);
  const int synced = shop.emitted<Sync>();
  choose_pin(shop, "4711", "4711");
  CHECK(shop.emitted<ChangeStaff>() == 1);
  CHECK(shop.last<ChangeStaff>().member == StaffMember{"", "Kari Nordmann", true});
  CHECK(shop.last<ChangeStaff>().requester.staff == "marit");
  CHECK(shop.emitted<Sync>() == synced + 1);
  CHECK(shop.notice() == "profile.saved");
  CHECK_FALSE(form_of(shop));  // and with it the PIN
  CHECK(shop.screen<StaffList>()->staff.back() ==
        StaffEntry{{"kari", "Kari Nordmann", true}, true});
  CHECK(shop.s.device.staff->back() == StaffMember{"kari", "Kari Nordmann", true});
}

TEST_CASE("a PIN that is easy, typed differently or somebody else's is chosen once more") {
  Shop shop = at_the_staff_list();
  shop.act(AddStaffMember{});
  shop.type("Kari");
  shop.act(Submit{});
  shop.type("123");
  shop.act(Submit{});
  CHECK(shop.notice() == "pin.short");
  shop.type("1111");
  shop.act(Submit{});
  CHECK(shop.notice() == "pin.common");
  choose_pin(shop, "4711", "4712");
  CHECK(shop.notice() == "pin.differs");
  CHECK(*form_of(shop)->pin == NewPin{});
  choose_pin(shop, "1357", "1357");  // Ola's
  CHECK(shop.notice() == "pin.taken");
  CHECK(*form_of(shop)->pin == NewPin{});
  CHECK(form_of(shop)->name == "Kari");
  choose_pin(shop, "4711", "4711");
  CHECK(shop.staff.back().name == "Kari");
}

TEST_CASE("name and role change without a PIN, and the PIN with them") {
  Shop shop = at_the_staff_list();
  shop.act(OpenStaffMember{1});
  CHECK(*form_of(shop) == StaffForm{.id = "ola", .name = "Ola"});
  shop.type(" Berg");
  shop.act(ChooseRole{true});
  shop.act(Submit{});
  CHECK(shop.last<ChangeStaff>().pin.empty());
  CHECK(shop.staff.back() == StaffMember{"ola", "Ola Berg", true});
  CHECK(shop.pins["ola"] == "1357");
  shop.act(OpenStaffMember{1});
  shop.act(OpenPin{});
  choose_pin(shop, "60912", "60912");
  CHECK(shop.staff.back() == StaffMember{"ola", "Ola Berg", true});
  CHECK(shop.pins["ola"] == "60912");
}

TEST_CASE("somebody is removed after a question") {
  Shop shop = at_the_staff_list();
  shop.act(OpenStaffMember{1});
  shop.act(AskRemoveMember{});
  CHECK(form_of(shop)->removing);
  shop.type("x");  // the question lies over the field
  CHECK(form_of(shop)->name == "Ola");
  shop.act(Back{});
  CHECK_FALSE(form_of(shop)->removing);
  CHECK(shop.staff.size() == 2);
  shop.act(AskRemoveMember{});
  shop.act(Submit{});
  CHECK(shop.staff == std::vector<StaffMember>{{"marit", "Marit", true}});
  CHECK(*shop.s.device.staff == shop.staff);
  CHECK_FALSE(form_of(shop));
}

TEST_CASE("the only manager who can sign in stays one") {
  Shop shop = at_the_staff_list();
  shop.act(OpenStaffMember{0});
  shop.act(AskRemoveMember{});
  CHECK(shop.notice() == "staff.last-manager");
  CHECK_FALSE(form_of(shop)->removing);
  shop.act(ChooseRole{false});
  shop.act(Submit{});
  CHECK(shop.notice() == "staff.last-manager");
  shop.act(OpenPin{});
  CHECK_FALSE(form_of(shop)->pin);
  CHECK(shop.emitted<ChangeStaff>() == 0);
  // The name and the PIN are their own.
  shop.act(ChooseRole{true});
  shop.type(" Moe");
  shop.act(Submit{});
  CHECK(shop.s.visit.staff->name == "Marit Moe");
}

TEST_CASE("whoever gives up being a manager leaves the page, and whoever goes is signed out") {
  Shop shop = at_the_staff_list();
  shop.staff.push_back({"eva", "Eva", true});
  shop.pins["eva"] = "8642";
  shop.act(Go{Place::staff_list});
  Shop leaving = shop;
  shop.act(OpenStaffMember{0});
  shop.act(ChooseRole{false});
  shop.act(Submit{});
  CHECK(shop.screen<Sale>() != nullptr);
  CHECK_FALSE(shop.s.visit.staff->manager);
  shop.act(Go{Place::staff_list});
  CHECK(shop.screen<StaffList>() == nullptr);

  leaving.act(OpenStaffMember{0});
  leaving.act(AskRemoveMember{});
  leaving.act(Submit{});
  CHECK_FALSE(leaving.s.visit.staff);
  CHECK(leaving.screen<PinEntry>() != nullptr);
}

TEST_CASE("a manager who is none any more by another till's word leaves the page") {
  Shop shop = at_the_staff_list();
  shop.act(OpenStaffMember{1});
  shop.act(StaffKnown{{{"marit", "Marit", false}, {"ola", "Ola", true}}});
  CHECK(shop.screen<StaffList>() == nullptr);
}

TEST_CASE("a cashier and a customer never get there") {
  Shop shop;
  shop.staff.front().manager = false;
  shop.open_till();
  shop.act(Go{Place::staff_list});
  CHECK(shop.screen<StaffList>() == nullptr);
  CHECK(shop.emitted<LoadStaff>() == 0);
  Shop stand;
  stand.act(Wake{});
  stand.act(Go{Place::staff_list});
  CHECK(stand.screen<PinEntry>() != nullptr);
}

TEST_CASE("Back leads out of the PIN, the form and the list, one after the other") {
  Shop shop = at_the_staff_list();
  shop.act(OpenStaffMember{1});
  shop.type("x");
  shop.act(OpenPin{});
  shop.type("4711");
  shop.act(Back{});
  CHECK_FALSE(form_of(shop)->pin);
  CHECK(form_of(shop)->name == "Olax");
  shop.act(Back{});
  CHECK_FALSE(form_of(shop));
  shop.act(Back{});
  CHECK(shop.screen<Sale>() != nullptr);
  CHECK(shop.staff.back().name == "Ola");
}

TEST_CASE("whoever was removed at another till meanwhile is not taken on again by a change") {
  Shop shop = at_the_staff_list();
  shop.act(OpenStaffMember{1});
  shop.staff.pop_back();
  shop.act(Submit{});
  CHECK(shop.notice() == "staff.none");
  CHECK_FALSE(form_of(shop));
  CHECK(shop.screen<StaffList>()->staff.size() == 1);
}

TEST_CASE("what could not be saved is still in the form") {
  Shop shop = at_the_staff_list();
  shop.act(OpenStaffMember{1});
  shop.type(" Berg");
  shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
  shop.act(Submit{});
  CHECK(shop.notice() == "disk.full");
  CHECK(form_of(shop)->name == "Ola Berg");
}
