#pragma once
// Small pictures of photos and scans. The home of libjpeg. Nothing is decoded before the header
// says how large it becomes.

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/domain/customer_file.hpp"
#include "storage/domain/picture.hpp"
#include "storage/domain/result.hpp"

namespace keepsake::images {

inline constexpr std::uint32_t thumbnail_px = 256;  ///< the longer side, at most

struct Size {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  bool operator==(const Size&) const = default;
};

/// From the header alone, of PNG and JPEG. Failure::bad_input "image.damaged".
Result<Size> size_of(FileType type, std::string_view content);

/// A JPEG of at most thumbnail_px by thumbnail_px, the right way up, on white where the picture is
/// transparent.
/// Failure::limit "image.pixels" beyond limits::image_pixels, ::bad_input "image.damaged".
Result<std::string> thumbnail(FileType type, std::string_view content);

/// What thumbnail() made, decoded. Failure::bad_input "image.damaged".
Result<Picture> picture_of(std::string_view thumbnail);

}  // namespace keepsake::images
