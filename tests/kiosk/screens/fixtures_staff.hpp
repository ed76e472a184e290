#pragma once

#include "tests/kiosk/screens/fixtures_data.hpp"

namespace keepsake::test {

/// The list of staff, and one of them taken on, changed and removed; `manager` is signed in.
void add_staff_looks(const AddLook& add, const flow::Session& manager);

}  // namespace keepsake::test
