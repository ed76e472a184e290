#pragma once
// Which way up a photo is: cameras keep the picture as the sensor lay and say in its Exif data how
// to turn it (CIPA DC-008, tag 0x0112). Reads that one number and nothing else.

#include <cstdint>
#include <string_view>

namespace keepsake::images {

/// The side of the scene that the first row and the first column of the file show.
enum class Orientation : std::uint8_t {
  top_left = 1,  ///< as it is seen
  top_right,
  bottom_right,
  bottom_left,
  left_top,
  right_top,
  right_bottom,
  left_bottom,
};

/// Of any bytes: what is not told, or told wrongly, is top_left. Looks at no more than the segments
/// before the picture, and at one directory of at most 1000 entries.
Orientation orientation_of(std::string_view jpeg);

}  // namespace keepsake::images
