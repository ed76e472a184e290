#include "storage/images/orientation.hpp"

#include <array>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/images/pixels.hpp"
#include "storage/images/thumbnail.hpp"
#include "tests/support/pictures.hpp"

using namespace keepsake;
using namespace keepsake::images;
using namespace keepsake::test;

namespace {

enum class Order { little, big };

std::string bytes_of(std::uint32_t value, int count, Order order) {
  std::string bytes;
  for (int i = 0; i < count; ++i) {
    const int shift = 8 * (order == Order::big ? count - 1 - i : i);
    bytes += static_cast<char>(value >> shift & 0xFF);
  }
  return bytes;
}

std::string segment(char marker, const std::string& content) {
  const auto length = static_cast<std::uint32_t>(content.size()) + 2;
  return std::string("\xff") + marker + bytes_of(length, 2, Order::big) + content;
}

/// As cameras write it: another entry before, one behind.
std::string exif(std::uint32_t orientation, Order order) {
  const auto n = [&](std::uint32_t value, int count) { return bytes_of(value, count, order); };
  const std::string tiff = (order == Order::big ? "MM" : "II") + n(42, 2) + n(8, 4) + n(3, 2) +
                           n(0x010F, 2) + n(2, 2) + n(4, 4) + std::string("Cam\0", 4) +
                           n(0x0112, 2) + n(3, 2) + n(1, 4) + n(orientation, 2) + n(0, 2) +
                           n(0x0128, 2) + n(3, 2) + n(1, 4) + n(2, 4) + n(0, 4);
  return segment('\xe1', std::string("Exif\0\0", 6) + tiff);
}

std::string with(const std::string& segments, const std::string& jpeg) {
  return jpeg.substr(0, 2) + segments + jpeg.substr(2);
}

/// 300 by 200: red where the first row and column meet, green at the other end of the first row.
std::string marked_picture() {
  Pixels pixels{{300, 200}, std::vector<std::uint8_t>(std::size_t{300} * 200 * 3, 0)};
  for (std::size_t y = 0; y < 60; ++y)
    for (std::size_t x = 0; x < 60; ++x) {
      pixels.rgb[(y * 300 + x) * 3] = 255;
      pixels.rgb[(y * 300 + 299 - x) * 3 + 1] = 255;
    }
  return *write_jpeg(pixels);
}

std::array<int, 3> pixel(const Pixels& pixels, std::uint32_t x, std::uint32_t y) {
  const auto* at = &pixels.rgb[(std::size_t{y} * pixels.size.width + x) * 3];
  return {at[0], at[1], at[2]};
}

/// "red" in which corner, and "green": "top left" and the like.
std::string corner(const Pixels& pixels, std::size_t colour) {
  const std::uint32_t right = pixels.size.width - 11, bottom = pixels.size.height - 11;
  const std::tuple<const char*, std::uint32_t, std::uint32_t> corners[] = {
      {"top left", 10, 10},
      {"top right", right, 10},
      {"bottom left", 10, bottom},
      {"bottom right", right, bottom}};
  std::string found;
  for (const auto& [name, x, y] : corners)
    if (pixel(pixels, x, y)[colour] > 128) found += name;
  return found;
}

}  // namespace

TEST_CASE("a photo stands the right way up whichever way the camera was held") {
  // By the standard's table: which sides the first row and the first column show.
  const std::tuple<std::uint32_t, const char*, const char*, Size> table[] = {
      {1, "top left", "top right", {256, 170}},
      {2, "top right", "top left", {256, 170}},
      {3, "bottom right", "bottom left", {256, 170}},
      {4, "bottom left", "bottom right", {256, 170}},
      {5, "top left", "bottom left", {170, 256}},
      {6, "top right", "bottom right", {170, 256}},
      {7, "bottom right", "top right", {170, 256}},
      {8, "bottom left", "top left", {170, 256}}};
  const std::string stored = marked_picture();
  for (const auto& [value, red, green, size] : table)
    for (const Order order : {Order::little, Order::big}) {
      CAPTURE(value);
      const auto small = thumbnail(FileType::jpeg, with(exif(value, order), stored));
      REQUIRE(small.ok());
      const auto seen = read_jpeg(*small);
      REQUIRE(seen.ok());
      CHECK(seen->size == size);
      CHECK(corner(*seen, 0) == red);
      CHECK(corner(*seen, 1) == green);
      CHECK(orientation_of(*small) == Orientation::top_left);  // turned once and for all
    }
}

TEST_CASE("the orientation is found behind other segments and not beyond the picture") {
  const std::string jpeg = jpeg_picture(16, 16);
  const std::string note = segment('\xfe', "made by hand");
  const std::string xmp = segment('\xe1', "http://ns.adobe.com/xap/1.0/");
  CHECK(orientation_of(with(note + xmp + exif(6, Order::big), jpeg)) == Orientation::right_top);
  CHECK(orientation_of(with("\xff\xff" + exif(8, Order::little), jpeg)) ==
        Orientation::left_bottom);
  CHECK(orientation_of(jpeg + exif(6, Order::big)) == Orientation::top_left);
}

TEST_CASE("what Exif does not say rightly is as good as nothing said") {
  const std::string jpeg = jpeg_picture(16, 16);
  CHECK(orientation_of("") == Orientation::top_left);
  CHECK(orientation_of(jpeg) == Orientation::top_left);
  for (const std::uint32_t value : {0U, 9U, 65535U})
    CHECK(orientation_of(with(exif(value, Order::big), jpeg)) == Orientation::top_left);
  std::string far = exif(6, Order::big);
  far.replace(14, 4, "\xff\xff\xff\xf0");  // the directory lies beyond the end
  CHECK(orientation_of(with(far, jpeg)) == Orientation::top_left);
  std::string many = exif(6, Order::little);
  many.replace(18, 2, "\xff\xff");
  CHECK(orientation_of(with(many, jpeg)) == Orientation::top_left);
}

TEST_CASE("broken Exif costs a photo its orientation and nothing else") {
  CHECK(rc::check("bytes changed", [] {
    const auto value = *rc::gen::inRange<std::uint32_t>(1, 9);
    const Order order = *rc::gen::element(Order::little, Order::big);
    std::string data = exif(value, order);
    // The marker and its length stay, so that the picture behind is found.
    for (int change = *rc::gen::inRange(1, 6); change > 0; --change)
      data[*rc::gen::inRange<std::size_t>(4, data.size())] = *rc::gen::arbitrary<char>();
    const auto told = static_cast<int>(orientation_of(with(data, jpeg_picture(16, 8))));
    RC_ASSERT(told >= 1 && told <= 8);
    RC_ASSERT(thumbnail(FileType::jpeg, with(data, jpeg_picture(16, 8))).ok());
  }));
  CHECK(rc::check("cut off anywhere", [] {
    const std::string whole = with(exif(6, Order::big), jpeg_picture(16, 8));
    const auto kept = *rc::gen::inRange<std::size_t>(0, 90);
    const auto told = orientation_of(std::string_view(whole).substr(0, kept));
    RC_ASSERT(told == Orientation::top_left || told == Orientation::right_top);
  }));
}
