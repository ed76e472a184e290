#include "storage/images/png.hpp"

#include <doctest/doctest.h>

#include "storage/domain/customer/file.hpp"

using namespace keepsake;
using namespace keepsake::images;

TEST_CASE("a picture that is written is read again") {
  const std::vector<std::uint8_t> two{255, 0, 0, 0, 0, 255};
  const auto coloured = write_png({2, 1}, Channels::rgb, two);
  REQUIRE(coloured.ok());
  CHECK(file_type_of(*coloured) == FileType::png);
  CHECK(*png_size(*coloured) == Size{2, 1});
  CHECK(read_png(*coloured)->rgb == two);

  const std::vector<std::uint8_t> grey{0, 128, 255};
  const auto paper = write_png({1, 3}, Channels::grey, grey);
  REQUIRE(paper.ok());
  CHECK(*png_size(*paper) == Size{1, 3});
  CHECK(read_png(*paper)->rgb == std::vector<std::uint8_t>{0, 0, 0, 128, 128, 128, 255, 255, 255});
}

TEST_CASE("texts and profiles of a picture are left out before it is decoded") {
  const std::vector<std::uint8_t> two{255, 0, 0, 0, 0, 255};
  const std::string plain = write_png({2, 1}, Channels::rgb, two).value();
  constexpr std::size_t behind_header = 8 + 25;
  for (const char* type : {"zTXt", "iTXt", "tEXt", "iCCP", "eXIf", "tIME", "juNK"}) {
    CAPTURE(type);
    std::string more = plain;
    // No libpng gets to see it, so neither its content nor its checksum matters.
    more.insert(behind_header, std::string("\0\0\0\3", 4) + type + "abc" + "sum.");
    CHECK(only_pixels(more) == plain);
    CHECK(read_png(more)->rgb == two);
  }
  CHECK(only_pixels(plain) == plain);
}

TEST_CASE("a picture that is cut short anywhere is damaged and not more") {
  const std::vector<std::uint8_t> two{255, 0, 0, 0, 0, 255};
  const std::string whole = write_png({2, 1}, Channels::rgb, two).value();
  for (std::size_t n = 0; n + 12 < whole.size(); ++n) {
    CAPTURE(n);
    CHECK_FALSE(read_png(whole.substr(0, n)).ok());
  }
}

TEST_CASE("a picture without pixels cannot be written") {
  CHECK(write_png({0, 0}, Channels::rgb, {}).error().code == "image.write");
}
