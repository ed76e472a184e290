#pragma once

#include <memory>
#include <string>

#include "kiosk/devices/printer.hpp"

namespace keepsake::devices {

/// A new connection for each job, so a printer that was switched off and on is found again.
std::unique_ptr<Printer> make_tcp_printer(std::string host, std::string port,
                                          const PrinterProfile& profile,
                                          const PrinterTimeouts& timeouts);

}  // namespace keepsake::devices
