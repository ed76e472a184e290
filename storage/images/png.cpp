#include "storage/images/png.hpp"

#include <cassert>
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

/// After this only the header has been read.
std::unique_ptr<png_image, Free> opened(std::string_view content) {
  std::unique_ptr<png_image, Free> image(new png_image{});
  image->version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(image.get(), content.data(), content.size()) == 0)
    return nullptr;
  return image;
}

}  // namespace

Result<Size> png_size(std::string_view content) {
  const auto image = opened(content);
  if (!image) return damaged();
  return Size{image->width, image->height};
}

Result<Pixels> read_png(std::string_view content) {
  const auto image = opened(content);
  if (!image) return damaged();
  image->format = PNG_FORMAT_RGB;
  Pixels pixels{{image->width, image->height}, {}};
  pixels.rgb.resize(PNG_IMAGE_SIZE(*image));
  const png_color white{255, 255, 255};
  if (png_image_finish_read(image.get(), &white, pixels.rgb.data(), 0, nullptr) == 0)
    return damaged();
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
