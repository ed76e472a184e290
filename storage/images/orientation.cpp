#include "storage/images/orientation.hpp"

#include <cstddef>
#include <optional>

namespace keepsake::images {

namespace {

constexpr std::string_view exif = {"Exif\0\0", 6};
constexpr std::uint8_t marker_begin = 0xFF, app1 = 0xE1, start_of_scan = 0xDA, end_of_image = 0xD9;
constexpr std::size_t entry_bytes = 12;
constexpr std::uint32_t entries_max = 1000;
constexpr std::uint32_t orientation_tag = 0x0112, short_type = 3;

enum class Order { little, big };

/// Of 2 or 4 bytes; nullopt beyond the end.
std::optional<std::uint32_t> number(std::string_view bytes, std::size_t at, std::size_t count,
                                    Order order) {
  if (at > bytes.size() || bytes.size() - at < count) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t from = order == Order::big ? i : count - 1 - i;
    value = value << 8U | static_cast<std::uint8_t>(bytes[at + from]);
  }
  return value;
}

/// The Exif segment without its length and name; empty: none.
std::string_view exif_of(std::string_view jpeg) {
  std::size_t at = 2;  // behind the start of the image
  while (at + 4 <= jpeg.size() && static_cast<std::uint8_t>(jpeg[at]) == marker_begin) {
    const auto marker = static_cast<std::uint8_t>(jpeg[at + 1]);
    if (marker == marker_begin) {  // filling
      ++at;
      continue;
    }
    if (marker == start_of_scan || marker == end_of_image) break;
    const auto length = number(jpeg, at + 2, 2, Order::big);
    if (!length || *length < 2) break;
    const std::string_view segment = jpeg.substr(at + 4, *length - 2);
    if (marker == app1 && segment.starts_with(exif)) return segment.substr(exif.size());
    at += 2 + *length;
  }
  return {};
}

std::optional<std::uint32_t> told(std::string_view tiff) {
  const Order order = tiff.starts_with("MM") ? Order::big : Order::little;
  if (order == Order::little && !tiff.starts_with("II")) return std::nullopt;
  if (number(tiff, 2, 2, order) != 42U) return std::nullopt;
  const auto directory = number(tiff, 4, 4, order);
  if (!directory) return std::nullopt;
  const auto entries = number(tiff, *directory, 2, order);
  if (!entries || *entries > entries_max) return std::nullopt;
  for (std::uint32_t n = 0; n < *entries; ++n) {
    const std::size_t at = std::size_t{*directory} + 2 + n * entry_bytes;
    const auto tag = number(tiff, at, 2, order);
    if (!tag) return std::nullopt;
    if (*tag != orientation_tag) continue;
    if (number(tiff, at + 2, 2, order) != short_type || number(tiff, at + 4, 4, order) != 1U)
      return std::nullopt;
    return number(tiff, at + 8, 2, order);
  }
  return std::nullopt;
}

}  // namespace

Orientation orientation_of(std::string_view jpeg) {
  const auto value = told(exif_of(jpeg));
  return value && *value >= 1 && *value <= 8 ? static_cast<Orientation>(*value)
                                             : Orientation::top_left;
}

}  // namespace keepsake::images
