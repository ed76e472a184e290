#include "storage/vault/member_pin.hpp"

#include <algorithm>
#include <ctime>
#include <doctest/doctest.h>

using namespace keepsake::crypto;

TEST_CASE("nobody's PIN is checked as long as somebody's") {
  const auto verifier = member_pin_verifier("4711");
  REQUIRE(verifier.ok());
  // The cost is written in it: what stands for nobody's has to have the same.
  CHECK(verifier->starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
  CHECK(is_member_pin(*verifier, "4711"));
  CHECK_FALSE(is_member_pin(*verifier, "4712"));
  // The work, not the time that others left for it; by turns, so that a busy moment meets both.
  const auto work_of = [](std::string_view kept) {
    const std::clock_t since = std::clock();
    CHECK_FALSE(is_member_pin(kept, "0000"));
    return std::clock() - since;
  };
  std::clock_t theirs = work_of(*verifier), nobodys = work_of("");
  for (int n = 0; n < 6; ++n) {
    theirs = std::min(theirs, work_of(*verifier));
    nobodys = std::min(nobodys, work_of(""));
  }
  CHECK(nobodys > theirs / 2);
  CHECK(nobodys < theirs * 2);
}
