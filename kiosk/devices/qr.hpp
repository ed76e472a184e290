#pragma once
// The QR code that a printer makes of a payload: byte mode, error correction M.

#include <cstddef>
#include <string_view>
#include <vector>

namespace keepsake::devices {

struct QrModules {
  int across = 0;           ///< from side to side; 0: the payload is too long for any code
  std::vector<bool> cells;  ///< row by row; true is ink
  bool ink(int row, int column) const {
    return cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(across) +
                 static_cast<std::size_t>(column)];
  }
};
QrModules qr_of(std::string_view payload);

}  // namespace keepsake::devices
