#include "storage/services/staff.hpp"

#include <doctest/doctest.h>

#include "storage/book/reader.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using keepsake::test::Shop;

namespace {

Result<FactId> put(Shop& shop, const StaffMember& member, std::optional<std::string_view> pin) {
  return put_staff(*shop.book, member, pin, "marit", shop.clock.local_now());
}

std::string who_signs_in(Shop& shop, std::string_view pin) {
  const auto member =
      sign_in(*shop.reader(), shop.book->vault(), pin, PinPlace::stand, shop.clock.now());
  return member ? member->name : member.error().code;
}

}  // namespace

TEST_CASE("staff are facts: taken on, changed, gone, and the same after a rebuild") {
  Shop shop;
  REQUIRE(put(shop, {"anna", "Anna", false}, "4711").ok());
  REQUIRE(put(shop, {"ola", "Ola", true}, std::nullopt).ok());
  CHECK(*all_staff(*shop.reader(), shop.book->vault()) ==
        std::vector<StaffEntry>{{{"anna", "Anna", false}, true}, {{"ola", "Ola", true}, false}});
  CHECK(who_signs_in(shop, "4711") == "Anna");
  CHECK(*role_of(*shop.reader(), "anna") == StaffRole::cashier);
  CHECK(*role_of(*shop.reader(), "ola") == StaffRole::manager);
  CHECK(*role_of(*shop.reader(), "eva") == StaffRole::none);

  REQUIRE(put(shop, {"anna", "Anna Berg", true}, std::nullopt).ok());
  CHECK(who_signs_in(shop, "4711") == "Anna Berg");
  CHECK(*role_of(*shop.reader(), "anna") == StaffRole::manager);

  const auto gone = remove_staff(*shop.book, "anna", "ola", shop.clock.local_now());
  REQUIRE(gone.ok());
  CHECK(who_signs_in(shop, "4711") == "pin.wrong");
  CHECK(remove_staff(*shop.book, "anna", "ola", shop.clock.local_now()).error().code ==
        "staff.none");
  // Back again: a new key, a new PIN.
  REQUIRE(put(shop, {"anna", "Anna", false}, "4711").ok());
  CHECK(who_signs_in(shop, "4711") == "Anna");
  CHECK(test::rebuilt(shop) == "");
}

TEST_CASE("bad ids, names and PINs change nothing") {
  Shop shop;
  for (const char* id : {"", "Anna", "anna berg", "annaannaannaannaannaannaannaanna1"})
    CHECK(put(shop, {id, "Anna", false}, "4711").error().code == "staff.id");
  CHECK(put(shop, {"anna", "", false}, "4711").error().code == "staff.name");
  CHECK(put(shop, {"anna", "Anna", false}, "1234").error().code == "pin.common");
  CHECK(all_staff(*shop.reader(), shop.book->vault())->empty());
}
