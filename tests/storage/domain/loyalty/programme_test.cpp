#include "storage/domain/loyalty/programme.hpp"

#include <doctest/doctest.h>

#include "tests/support/money.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

/// One point for ten kroner, a point worth ten oere.
Programme one_for_ten() { return {3, "Club", currency("NOK"), Points{10}, 10'000, ""}; }

}  // namespace

TEST_CASE("what points are worth") {
  CHECK(worth(one_for_ten(), Points{128'400}).value() == nok(12'840));
  CHECK(worth(one_for_ten(), Points{50}).value() == nok(5));
  CHECK(worth(one_for_ten(), Points{9}).value() == nok(0));
}
