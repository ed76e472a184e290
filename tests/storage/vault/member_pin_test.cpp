#include "storage/vault/member_pin.hpp"

#include <chrono>
#include <doctest/doctest.h>

using namespace keepsake::crypto;

TEST_CASE("nobody's PIN is checked as long as somebody's") {
  const auto verifier = member_pin_verifier("4711");
  REQUIRE(verifier.ok());
  // The cost is written in it: what stands for nobody's has to have the same.
  CHECK(verifier->starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
  CHECK(is_member_pin(*verifier, "4711"));
  CHECK_FALSE(is_member_pin(*verifier, "4712"));
  const auto best_of = [](std::string_view kept) {
    auto best = std::chrono::steady_clock::duration::max();
    for (int n = 0; n < 5; ++n) {
      const auto since = std::chrono::steady_clock::now();
      CHECK_FALSE(is_member_pin(kept, "0000"));
      best = std::min(best, std::chrono::steady_clock::now() - since);
    }
    return best;
  };
  const auto theirs = best_of(*verifier), nobodys = best_of("");
  CHECK(nobodys > theirs / 2);
  CHECK(nobodys < theirs * 2);
}
