#include "storage/domain/values/member_card.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

TEST_CASE("a member's card is KC and 16 digits") {
  CHECK(is_member_card("KC4417123456789113"));
  CHECK(is_member_card("KC4417000000000001"));
  for (const char* other : {"", "KC", "KC441712345678911", "kc4417123456789113", "4417123456789113",
                            "KC44171234567891131", "KC441712345678911x"}) {
    CAPTURE(other);
    CHECK_FALSE(is_member_card(other));
  }
}
