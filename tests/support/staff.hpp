#pragma once
// By whom things are done in tests.

#include "storage/services/customers.hpp"
#include "tests/support/shop.hpp"

namespace keepsake::test {

/// The member of staff by whom things are done, a second after what was done before.
inline Actor hand(Shop& shop) {
  shop.clock.advance(std::chrono::seconds(1));
  return {"marit", shop.clock.local_now()};
}

}  // namespace keepsake::test
