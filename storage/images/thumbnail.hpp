#pragma once
// Small pictures of photos and scans. The home of libjpeg; that of
// libpng is png.hpp. Nothing is decoded before the header
// says how large it becomes.

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/domain/customer/file.hpp"
#include "storage/domain/values/picture.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/images/size.hpp"

namespace keepsake::images {

/// From the header alone, of PNG and JPEG. Failure::bad_input "image.damaged".
Result<Size> size_of(FileType type, std::string_view content);

/// A JPEG of at most thumbnail_px by thumbnail_px, the right way up, on white where the picture is
/// transparent.
/// Failure::limit "image.pixels" beyond limits::image_pixels, ::bad_input "image.damaged".
Result<std::string> thumbnail(FileType type, std::string_view content);

/// What thumbnail() made, decoded. Failure::bad_input "image.damaged".
Result<Picture> picture_of(std::string_view thumbnail);

}  // namespace keepsake::images
