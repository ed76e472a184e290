#pragma once
// A member's own pages and the staff's pages about a customer, to look at.

#include "tests/kiosk/screens/fixtures_data.hpp"

namespace keepsake::test {

/// Home with standing, why, my data. `base` is an idle shop; `customer` the everyday member, with
/// purchases, cover and points, and `wordy` one whose every value is as long as it gets.
void add_member_looks(const AddLook& add, const flow::Session& base, const CustomerView& customer,
                      const CustomerView& wordy);

/// The staff's pages. `cashier` and `manager` are signed in.
void add_staff_customer_looks(const AddLook& add, const flow::Session& cashier,
                              const flow::Session& manager, const CustomerView& customer,
                              const CustomerView& wordy);
/// "Is this you?" over joining.
void add_known_looks(const AddLook& add, const flow::Session& base, const flow::Session& cashier);

}  // namespace keepsake::test
