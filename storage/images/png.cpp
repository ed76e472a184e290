#include <memory>
#include <png.h>

#include "storage/images/pixels.hpp"

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

}  // namespace keepsake::images
