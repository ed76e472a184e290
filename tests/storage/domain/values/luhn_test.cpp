#include "storage/domain/values/luhn.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

TEST_CASE("the check digit after Luhn") {
  CHECK(luhn_holds("79927398713"));
  CHECK_FALSE(luhn_holds("79927398710"));
  CHECK_FALSE(luhn_holds("7"));
  CHECK_FALSE(luhn_holds("7992x398713"));
}
