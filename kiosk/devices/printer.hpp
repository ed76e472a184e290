#pragma once
// A receipt printer. Calls block for at most the timeouts, so they belong on a thread of their own.

#include <chrono>
#include <memory>
#include <string_view>

#include "kiosk/devices/escpos.hpp"

namespace keepsake::devices {

class Printer {
 public:
  virtual ~Printer() = default;
  /// Done means that the printer took every byte. Whether ink met paper no printer tells, but one
  /// that reports its paper as out before the job is believed: "printer.paper".
  virtual Result<Done> print(const Receipt& receipt) = 0;
  virtual Result<Done> open_drawer() = 0;
};

struct PrinterTimeouts {
  std::chrono::milliseconds connect{3000};
  std::chrono::milliseconds write{5000};    ///< without any progress
  std::chrono::milliseconds status{300};    ///< for the paper's state; many printers never answer
  std::chrono::milliseconds goodbye{1000};  ///< for the printer to take the end of the job
};

/// From the setting: "file:DIR" keeps each receipt as NUMBER.bin and NUMBER.png in DIR (made when
/// needed; a second print of a number gets "-2"); "tcp:HOST[:PORT]" sends to a network printer,
/// port 9100 if none is named, IPv6 in brackets. Nothing is opened before the first job.
/// Failure::not_found "printer.none" for an empty setting, ::bad_input "printer.setting".
///
/// Jobs fail with Failure::unavailable: "printer.folder"; "printer.host" (no such name),
/// "printer.route" (network unreachable), "printer.refused", "printer.timeout", "printer.broken",
/// "printer.paper". The remedies say what a person at the till can do.
Result<std::unique_ptr<Printer>> open_printer(std::string_view setting,
                                              const PrinterProfile& profile = {},
                                              const PrinterTimeouts& timeouts = {});

}  // namespace keepsake::devices
