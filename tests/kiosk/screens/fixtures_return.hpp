#pragma once
// Looks of goods that come back.

#include "tests/kiosk/screens/fixtures_data.hpp"

namespace keepsake::test {

void add_return_looks(const AddLook& add);

}  // namespace keepsake::test
