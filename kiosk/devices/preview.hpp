#pragma once
// A picture of the paper, drawn from the same bytes that the printer gets.

#include <filesystem>
#include <string>
#include <string_view>

#include "kiosk/devices/escpos.hpp"

namespace keepsake::devices {

inline constexpr const char* inter_folder = "/usr/share/fonts/opentype/inter";

/// A grey PNG of the whole paper, `profile.dots` wide, edges included. Words stand proportionally in Inter from the
/// column where the printer begins them; figures end in the column where it ends them.
/// Failure::unavailable "font.missing", Failure::limit for metres of paper, or as interpret().
Result<std::string> preview_png(std::string_view escpos, const PrinterProfile& profile,
                                const std::filesystem::path& fonts = inter_folder);

}  // namespace keepsake::devices
