#pragma once
// ESC/POS: the bytes that receipt printers take. The subset is what Epson and its clones share:
// ESC @ t R E 2 3 a d p, FS ., GS ! V, GS ( k.

#include <cstdint>
#include <string>

#include "kiosk/devices/code_page.hpp"
#include "kiosk/devices/receipt.hpp"

namespace keepsake::devices {

/// What the printer is. 48 columns: 80 mm paper at 203 dpi; 42: the older, narrower head.
struct PrinterProfile {
  int columns = 48;  ///< 32..64
  Cyrillic cyrillic = Cyrillic::wpc1251;
  int dots = 576;  ///< that the head prints across
};

/// Of the settings: paper of 58 mm (32 columns of 384 dots) or 80 mm (48 of 576); other `columns`
/// than the paper's own where they are not 0.
PrinterProfile profile_of(std::int64_t paper_mm, std::int64_t columns);

/// One receipt, from initialising the printer to cutting the paper.
std::string to_escpos(const Receipt& receipt, const PrinterProfile& profile);

/// The pulse that opens the drawer; a command of its own, because not every sale needs the drawer.
std::string drawer_kick();

}  // namespace keepsake::devices
