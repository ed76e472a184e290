#include <cstring>
#include <png.h>

#include "kiosk/platform/window.hpp"

namespace keepsake::platform {
namespace {

Error failed(std::string code, const std::filesystem::path& file, const png_image& image) {
  return {Failure::unavailable, std::move(code), "a picture file cannot be used",
          file.string() + ": " + image.message, "check the folder and the space on the disk"};
}

}  // namespace

Result<Done> write_png(const Window::Picture& picture, const std::filesystem::path& file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGB;
  if (png_image_write_to_file(&image, file.c_str(), 0, picture.rgb.data(), 0, nullptr) == 0) {
    return failed("png.write", file, image);
  }
  return Done{};
}

Result<Window::Picture> read_png(const std::filesystem::path& file) {
  constexpr png_uint_32 largest_side = 16384;
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, file.c_str()) == 0) {
    return failed("png.read", file, image);
  }
  if (image.width > largest_side || image.height > largest_side) {
    png_image_free(&image);
    return Error{Failure::limit, "png.read", "the picture is too large", file.string(),
                 "use a picture of at most 16384 pixels a side"};
  }
  image.format = PNG_FORMAT_RGB;
  Window::Picture out{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  out.rgb.resize(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, out.rgb.data(), 0, nullptr) == 0) {
    return failed("png.read", file, image);
  }
  return out;
}

}  // namespace keepsake::platform
