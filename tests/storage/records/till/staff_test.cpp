#include "storage/records/till/staff.hpp"

#include <doctest/doctest.h>

#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using keepsake::test::Centre;

TEST_CASE("each store has its own staff, and what is said last of an id stands") {
  Centre centre;
  const auto says = [&](std::string_view store, std::uint32_t terminal, SealedStaffMember member) {
    CHECK(centre.take(store, terminal, StaffChange{member, "marit", centre.clock.local_now()})
              .empty());
  };
  const SealedStaffMember anna{"anna", StaffRole::cashier, *centre.vault->new_customer(), "Anna",
                               "pin"};
  SealedStaffMember promoted = anna;
  promoted.role = StaffRole::manager;
  says("Lysvik", 7, anna);
  says("Bergen", 8, anna);
  says("Lysvik", 9, promoted);
  says("Bergen", 8, {"anna", StaffRole::none, {}, {}, {}});
  says("Bergen", 8, {"anna", StaffRole::none, {}, {}, {}});  // gone twice is gone
  CHECK(records::staff(*centre.database, "Lysvik") == std::vector{promoted});
  CHECK(records::staff(*centre.database, "Bergen").empty());
}

TEST_CASE("two people who were given one id at tills apart are told of, not mixed up in silence") {
  Centre centre;
  const auto anna = [&](std::string sealed_name) {
    return StaffChange{
        {"anna", StaffRole::cashier, *centre.vault->new_customer(), std::move(sealed_name), "pin"},
        "marit",
        centre.clock.local_now()};
  };
  const StaffChange berg = anna("Berg"), moe = anna("Moe");
  CHECK(centre.take("Lysvik", 7, berg).empty());
  CHECK(centre.take("Lysvik", 7, berg).empty());
  CHECK(centre.take("Lysvik", 8, moe) == std::vector<std::string>{"staff.replaced"});
  CHECK(records::staff(*centre.database, "Lysvik").front().sealed_name == "Moe");
  // Head office means one person in all stores, whoever made their keys.
  CHECK(centre.take("Lysvik", 0, berg).empty());
}
