#pragma once
// PNG, read and written. The home of libpng.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "storage/images/pixels.hpp"

namespace keepsake::images {

/// The picture without its texts, profiles and times: libpng unpacks them all before the first
/// pixel, and a few KiB of them can hold gigabytes. Everything below reads no more than this.
std::string only_pixels(std::string_view content);

/// From the header alone. Failure::bad_input "image.damaged".
Result<Size> png_size(std::string_view content);
/// On white where the picture is transparent. Look at png_size() first. Failure as png_size().
Result<Pixels> read_png(std::string_view content);

enum class Channels { grey = 1, rgb = 3 };
/// `pixels`: rows from the top, one byte for each channel. Failure::internal "image.write".
Result<std::string> write_png(Size size, Channels channels, std::span<const std::uint8_t> pixels);

}  // namespace keepsake::images
