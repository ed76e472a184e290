#pragma once

#include <filesystem>
#include <memory>

#include "kiosk/devices/printer.hpp"

namespace keepsake::devices {

std::unique_ptr<Printer> make_file_printer(std::filesystem::path folder,
                                           const PrinterProfile& profile);

}  // namespace keepsake::devices
