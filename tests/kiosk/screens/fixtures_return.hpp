#pragma once
// Looks of goods that come back.

#include "tests/kiosk/screens/fixtures_sale.hpp"

namespace keepsake::test {

void add_return_looks(const AddLook& add);

}  // namespace keepsake::test
