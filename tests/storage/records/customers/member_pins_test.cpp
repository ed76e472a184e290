#include "storage/records/customers/member_pins.hpp"

#include <doctest/doctest.h>

#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("of a member's PINs the latest stands, and none before it is kept to be tried out") {
  Centre centre;
  const CustomerRef who = centre.enrol("Oslo", 1);
  const auto give = [&](FactId id, const char* sealed) {
    centre.take("Oslo", id, MemberPinChange{who, sealed, "anna", centre.clock.local_now()});
  };
  const auto kept = [&] {
    return centre.number("SELECT count(*) FROM member_pin WHERE length(sealed) > 0");
  };
  const FactId first = centre.next_id(1), second = centre.next_id(2), third = centre.next_id(1);
  give(first, "one");
  give(third, "three");
  CHECK(kept() == 1);
  give(second, "two");  // of another till, and heard of late
  CHECK(records::member_pin(*centre.database, who) == SealedPin{who, "three"});
  CHECK(kept() == 1);
  give(centre.next_id(2), "");
  CHECK_FALSE(records::member_pin(*centre.database, who));
  CHECK(kept() == 0);
}
