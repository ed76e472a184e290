#include "storage/images/png.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <memory>
#include <png.h>

namespace keepsake::images {

namespace {

struct Free {
  void operator()(png_image* image) const {
    png_image_free(image);
    delete image;
  }
};

constexpr std::size_t signature_bytes = 8;
constexpr std::size_t frame_bytes = 12;  // of a chunk: length, type, checksum

/// What pixels are made of. Chunks that a decoder must know begin with a capital letter.
bool makes_pixels(std::string_view type) {
  constexpr std::string_view colours[] = {"tRNS", "gAMA", "cHRM", "sRGB"};
  return (type.front() & 0x20) == 0 || std::ranges::find(colours, type) != std::end(colours);
}

/// After this only the header has been read.
struct Opened {
  std::string bytes;
  std::unique_ptr<png_image, Free> image;
  explicit operator bool() const { return image != nullptr; }
};

Opened opened(std::string_view content) {
  Opened png{only_pixels(content), std::unique_ptr<png_image, Free>(new png_image{})};
  png.image->version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(png.image.get(), png.bytes.data(), png.bytes.size()) == 0)
    png.image.reset();
  return png;
}

}  // namespace

std::string only_pixels(std::string_view content) {
  std::string kept(content.substr(0, signature_bytes));
  content.remove_prefix(std::min(content.size(), signature_bytes));
  while (content.size() >= frame_bytes) {
    const std::size_t length = png_get_uint_32(reinterpret_cast<png_const_bytep>(content.data()));
    if (length > content.size() - frame_bytes) break;
    const auto chunk = content.substr(0, frame_bytes + length);
    if (makes_pixels(chunk.substr(4, 4))) kept += chunk;
    content.remove_prefix(chunk.size());
  }
  return kept.append(content);  // cut short: libpng says so
}

Result<Size> png_size(std::string_view content) {
  const auto png = opened(content);
  if (!png) return damaged();
  return Size{png.image->width, png.image->height};
}

Result<Pixels> read_png(std::string_view content) {
  const auto png = opened(content);
  if (!png) return damaged();
  png_image* const image = png.image.get();
  image->format = PNG_FORMAT_RGB;
  Pixels pixels{{image->width, image->height}, {}};
  pixels.rgb.resize(PNG_IMAGE_SIZE(*image));
  const png_color white{255, 255, 255};
  if (png_image_finish_read(image, &white, pixels.rgb.data(), 0, nullptr) == 0) return damaged();
  return pixels;
}

Result<std::string> write_png(Size size, Channels channels, std::span<const std::uint8_t> pixels) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = size.width;
  image.height = size.height;
  image.format = channels == Channels::grey ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  assert(pixels.size() == PNG_IMAGE_SIZE(image));
  png_alloc_size_t bytes = 0;
  const auto write = [&](void* to) {
    return png_image_write_to_memory(&image, to, &bytes, 0, pixels.data(), 0, nullptr) != 0;
  };
  std::string content;
  bool written = write(nullptr);
  if (written) content.resize(bytes);
  written = written && write(content.data());
  content.resize(bytes);
  if (written) return content;
  return Error{Failure::internal, "image.write",
               std::string("The picture cannot be made: ") + image.message, "", ""};
}

}  // namespace keepsake::images
