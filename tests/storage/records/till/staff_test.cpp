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
