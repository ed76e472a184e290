#include "storage/domain/customer/proof.hpp"

#include <doctest/doctest.h>

#include "tests/support/enumerators.hpp"

using namespace keepsake;

TEST_CASE("a phone number alone shows points and earns them and opens nothing else") {
  for (const Deed deed : test::enumerators<Deed>) {
    const bool open_to_all = deed == Deed::points || deed == Deed::earn;
    CHECK(permits(Proof::number, deed) == open_to_all);
    CHECK(permits(Proof::card, deed));
    CHECK(permits(Proof::pin, deed));
    CHECK(permits(Proof::vouched, deed));
  }
}
