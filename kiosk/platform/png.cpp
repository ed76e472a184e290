// Pictures of the window as files.
#include "storage/images/png.hpp"

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include "kiosk/platform/window.hpp"

namespace keepsake::platform {
namespace {

constexpr std::uint32_t largest_side = 16384;

Error failed(std::string code, const std::filesystem::path& file, const std::string& why) {
  return {Failure::unavailable, std::move(code), "a picture file cannot be used",
          file.string() + ": " + why, "check the folder and the space on the disk"};
}

std::string last_fault() { return std::generic_category().message(errno); }

}  // namespace

Result<Done> write_png(const Window::Picture& picture, const std::filesystem::path& file) {
  const images::Size size{static_cast<std::uint32_t>(picture.width),
                          static_cast<std::uint32_t>(picture.height)};
  const auto bytes = images::write_png(size, images::Channels::rgb, picture.rgb);
  if (!bytes) return failed("png.write", file, bytes.error().what);
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes->data(), static_cast<std::streamsize>(bytes->size()));
  if (!out.flush()) return failed("png.write", file, last_fault());
  return Done{};
}

Result<Window::Picture> read_png(const std::filesystem::path& file) {
  const std::ifstream in(file, std::ios::binary);
  if (!in) return failed("png.read", file, last_fault());
  std::ostringstream all;  // a disk that fails gives what it gave; an iterator would throw
  all << in.rdbuf();
  const std::string bytes = std::move(all).str();
  const auto size = images::png_size(bytes);
  if (!size) return failed("png.read", file, size.error().what);
  if (size->width > largest_side || size->height > largest_side)
    return Error{Failure::limit, "png.read", "the picture is too large", file.string(),
                 "use a picture of at most 16384 pixels a side"};
  auto pixels = images::read_png(bytes);
  if (!pixels) return failed("png.read", file, pixels.error().what);
  return Window::Picture{static_cast<int>(size->width), static_cast<int>(size->height),
                         std::move(pixels->rgb)};
}

}  // namespace keepsake::platform
