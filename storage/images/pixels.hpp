#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/result.hpp"
#include "storage/images/orientation.hpp"
#include "storage/images/size.hpp"

namespace keepsake::images {

/// Rows from the top, red green blue, one byte each.
struct Pixels {
  Size size;
  std::vector<std::uint8_t> rgb;
};

Error damaged();

/// As it is seen.
Pixels upright(const Pixels& stored, Orientation orientation);

// jpeg.cpp; reading may make the picture smaller, down to twice what a thumbnail needs.
Result<Size> jpeg_size(std::string_view content);
Result<Pixels> read_jpeg(std::string_view content);
Result<std::string> write_jpeg(const Pixels& pixels);

}  // namespace keepsake::images
