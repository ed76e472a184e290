#include "storage/domain/loyalty/programme.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

namespace {

Currency currency(std::string_view code) { return Currency::parse(code).value(); }
Money nok(std::int64_t minor) { return {minor, currency("NOK")}; }

/// One point for ten kroner, a point worth ten oere.
Programme programme() { return {3, "Club", currency("NOK"), Points{10}, 10'000, ""}; }

}  // namespace

TEST_CASE("what points are worth") {
  CHECK(worth(programme(), Points{128'400}).value() == nok(12'840));
  CHECK(worth(programme(), Points{50}).value() == nok(5));
  CHECK(worth(programme(), Points{9}).value() == nok(0));
}
