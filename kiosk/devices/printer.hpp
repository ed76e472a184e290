#pragma once
// A receipt printer. Calls block for at most the timeouts, so they belong on a thread of their own.

#include <chrono>
#include <memory>
#include <string_view>

#include "kiosk/devices/escpos.hpp"

namespace keepsake::devices {

/// Abstract because a printer is a device on the network or a folder of files (settings: `printer`).
class Printer {
 public:
  virtual ~Printer() = default;
  /// Done means that the printer took every byte, not that it printed them. A printer that reports
  /// before the job that it has no paper is refused: "printer.paper".
  virtual Result<Done> print(const Receipt& receipt) = 0;
  virtual Result<Done> open_drawer() = 0;
};

struct PrinterTimeouts {
  std::chrono::milliseconds connect{3000};
  std::chrono::milliseconds write{5000};    ///< without any progress
  std::chrono::milliseconds status{300};    ///< for the paper's state; many printers never answer
  std::chrono::milliseconds goodbye{1000};  ///< for the printer to take the end of the job
};

}  // namespace keepsake::devices
