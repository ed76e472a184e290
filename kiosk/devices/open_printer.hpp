#pragma once
// The printer that the settings name.

#include <memory>
#include <string_view>

#include "kiosk/devices/printer.hpp"

namespace keepsake::devices {

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
