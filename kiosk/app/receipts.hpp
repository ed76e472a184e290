#pragma once
// A recorded purchase on paper: read from the book, put into words, sent to the printer.

#include <filesystem>

#include "kiosk/app/printing.hpp"
#include "storage/book/book.hpp"
#include "storage/services/active_programme.hpp"

namespace keepsake::app {

/// The devices that the settings name. They read with a connection of their own. Failure::bad_input
/// when the settings name no printer that exists in kind; that one is reachable shows at the first
/// print.
Result<Devices> devices_of(Book& book, CurrentProgramme& programme,
                           const std::filesystem::path& locale_folder);

}  // namespace keepsake::app
