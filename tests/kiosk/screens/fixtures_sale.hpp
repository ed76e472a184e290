#pragma once
// Looks of the sale, of paying, and of what comes after.

#include "tests/kiosk/screens/fixtures_data.hpp"

namespace keepsake::test {

void add_sale_looks(const AddLook& add);
void add_tender_looks(const AddLook& add);
/// Codes that came where a figure is asked, and gifts of a sale.
void add_figure_looks(const AddLook& add);

}  // namespace keepsake::test
