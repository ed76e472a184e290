#include "storage/images/thumbnail.hpp"

#include <algorithm>
#include <array>

#include "storage/domain/values/limits.hpp"
#include "storage/images/pixels.hpp"
#include "storage/images/png.hpp"

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
          "Save it again, or use another one."};
}

Pixels upright(const Pixels& stored, Orientation orientation) {
  if (orientation == Orientation::top_left) return stored;
  const auto [width, height] = stored.size;
  const bool turned = orientation >= Orientation::left_top;
  Pixels seen{turned ? Size{height, width} : stored.size, {}};
  seen.rgb.reserve(stored.rgb.size());
  const auto is_one_of = [&](auto... any) { return ((orientation == any) || ...); };
  using enum Orientation;
  // The file is read from its other end where the scene is mirrored along that side.
  const bool columns_back = is_one_of(top_right, bottom_right, right_bottom, left_bottom);
  const bool rows_back = is_one_of(bottom_right, bottom_left, right_top, right_bottom);
  for (std::uint32_t y = 0; y < seen.size.height; ++y)
    for (std::uint32_t x = 0; x < seen.size.width; ++x) {
      std::uint32_t column = turned ? y : x, row = turned ? x : y;
      if (columns_back) column = width - 1 - column;
      if (rows_back) row = height - 1 - row;
      const auto* pixel = &stored.rgb[(std::size_t{row} * width + column) * 3];
      seen.rgb.insert(seen.rgb.end(), pixel, pixel + 3);
    }
  return seen;
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
  const Orientation orientation =
      type == FileType::jpeg ? orientation_of(content) : Orientation::top_left;
  return write_jpeg(upright(shrunk(*pixels), orientation));
}

Result<Picture> picture_of(std::string_view thumbnail) {
  const auto size = jpeg_size(thumbnail);
  if (!size) return size.error();
  if (size->width > thumbnail_px || size->height > thumbnail_px) return damaged();
  auto pixels = read_jpeg(thumbnail);
  if (!pixels) return pixels.error();
  return Picture{static_cast<std::int32_t>(pixels->size.width),
                 static_cast<std::int32_t>(pixels->size.height), std::move(pixels->rgb)};
}

}  // namespace keepsake::images
