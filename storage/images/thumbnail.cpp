#include "storage/images/thumbnail.hpp"

#include <algorithm>
#include <array>

#include "storage/domain/limits.hpp"
#include "storage/images/pixels.hpp"

namespace keepsake::images {

namespace {

/// The mean of the pixels that fall on each one of the smaller picture.
Pixels shrunk(const Pixels& from) {
  const std::uint32_t longer = std::max(from.size.width, from.size.height);
  if (longer <= thumbnail_px) return from;
  const auto side = [&](std::uint32_t length) {
    return std::max<std::uint32_t>(
        1, static_cast<std::uint32_t>(std::uint64_t{length} * thumbnail_px / longer));
  };
  Pixels to{{side(from.size.width), side(from.size.height)}, {}};
  to.rgb.reserve(std::size_t{to.size.width} * to.size.height * 3);
  const auto begin = [](std::uint32_t at, std::uint32_t out, std::uint32_t in) {
    return static_cast<std::uint32_t>(std::uint64_t{at} * in / out);
  };
  for (std::uint32_t y = 0; y < to.size.height; ++y) {
    const std::uint32_t top = begin(y, to.size.height, from.size.height);
    const std::uint32_t bottom = begin(y + 1, to.size.height, from.size.height);
    for (std::uint32_t x = 0; x < to.size.width; ++x) {
      const std::uint32_t left = begin(x, to.size.width, from.size.width);
      const std::uint32_t right = begin(x + 1, to.size.width, from.size.width);
      std::array<std::uint64_t, 3> sums{};
      for (std::uint32_t row = top; row < bottom; ++row)
        for (std::size_t at = (std::size_t{row} * from.size.width + left) * 3,
                         end = (std::size_t{row} * from.size.width + right) * 3;
             at < end; ++at)
          sums[at % 3] += from.rgb[at];
      const std::uint64_t count = std::uint64_t{bottom - top} * (right - left);
      for (const std::uint64_t sum : sums) to.rgb.push_back(static_cast<std::uint8_t>(sum / count));
    }
  }
  return to;
}

}  // namespace

Error damaged() {
  return {Failure::bad_input, "image.damaged", "The picture is damaged", "",
          "Save it again, or take another one."};
}

Result<Size> size_of(FileType type, std::string_view content) {
  switch (type) {
    case FileType::png:
      return png_size(content);
    case FileType::jpeg:
      return jpeg_size(content);
    case FileType::pdf:
      break;
  }
  return damaged();
}

Result<std::string> thumbnail(FileType type, std::string_view content) {
  const auto size = size_of(type, content);
  if (!size) return size.error();
  if (size->width == 0 || size->height == 0) return damaged();
  if (std::uint64_t{size->width} * size->height > limits::image_pixels)
    return Error{Failure::limit, "image.pixels",
                 "The picture has more than " + std::to_string(limits::image_pixels / 1'000'000) +
                     " million pixels",
                 "", "Make it smaller."};
  auto pixels = type == FileType::png ? read_png(content) : read_jpeg(content);
  if (!pixels) return pixels.error();
  return write_jpeg(shrunk(*pixels));
}

}  // namespace keepsake::images
