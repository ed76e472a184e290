#include "sync/engine/backoff.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace keepsake::sync::engine {

TEST_CASE("whoever failed waits 1 to 300 seconds, longer at most with each failure") {
  CHECK(rc::check([](std::uint64_t random) {
    const int failures = *rc::gen::inRange(1, 100);
    const auto pause = backoff(failures, std::nullopt, random);
    RC_ASSERT(pause >= backoff_first);
    RC_ASSERT(pause <= backoff_most);
    RC_ASSERT(pause <= backoff_first * (std::int64_t{1} << std::min(failures - 1, 20)));
  }));
  // Terminals that lost head office together do not come back together.
  CHECK(backoff(9, std::nullopt, 250'000) == std::chrono::milliseconds(250'000));
  CHECK(backoff(9, std::nullopt, 17'000) == std::chrono::milliseconds(17'000));
}

TEST_CASE("what head office asks for is waited, an hour at most") {
  CHECK(backoff(1, std::chrono::seconds(90), 5) == std::chrono::seconds(90));
  CHECK(backoff(1, std::chrono::seconds(1'000'000), 5) == retry_after_most);
  CHECK(backoff(1, std::chrono::seconds(-5), 0) == backoff_first);
}

}  // namespace keepsake::sync::engine
