#include "storage/images/thumbnail.hpp"

#include <doctest/doctest.h>

#include "storage/domain/values/limits.hpp"
#include "tests/support/pictures.hpp"

using namespace keepsake;
using namespace keepsake::images;
using namespace keepsake::test;

TEST_CASE("the first bytes say what a file is") {
  CHECK(file_type_of(png_picture(2, 2)) == FileType::png);
  CHECK(file_type_of(jpeg_picture(8, 8)) == FileType::jpeg);
  CHECK(file_type_of(pdf_document()) == FileType::pdf);
  CHECK_FALSE(file_type_of("GIF89a").has_value());
  CHECK_FALSE(file_type_of("\x89PN").has_value());
  CHECK_FALSE(file_type_of("").has_value());
}

TEST_CASE("a thumbnail keeps the shape and fits its square") {
  for (const auto& [type, content] : {std::pair(FileType::png, png_picture(1200, 300)),
                                      std::pair(FileType::jpeg, jpeg_picture(1200, 300))}) {
    CHECK(*size_of(type, content) == Size{1200, 300});
    const auto small = thumbnail(type, content);
    REQUIRE(small.ok());
    CHECK(file_type_of(*small) == FileType::jpeg);
    CHECK(*size_of(FileType::jpeg, *small) == Size{256, 64});
  }
  const auto same = thumbnail(FileType::png, png_picture(40, 30));
  REQUIRE(same.ok());
  CHECK(*size_of(FileType::jpeg, *same) == Size{40, 30});
  const auto thin = thumbnail(FileType::jpeg, jpeg_picture(2000, 1));
  REQUIRE(thin.ok());
  CHECK(*size_of(FileType::jpeg, *thin) == Size{256, 1});
}

TEST_CASE("what is transparent stands on white") {
  // An even white picture makes a small file however large it is.
  const auto clear = thumbnail(FileType::png, png_picture(200, 200, Alpha::yes));
  const auto busy = thumbnail(FileType::png, png_picture(200, 200));
  REQUIRE(clear.ok());
  REQUIRE(busy.ok());
  CHECK(clear->size() < busy->size());
}

TEST_CASE("a header that promises too many pixels is refused before anything is decoded") {
  const auto bomb = thumbnail(FileType::png, png_header(60'000, 60'000));
  REQUIRE_FALSE(bomb.ok());
  CHECK(bomb.error().code == "image.pixels");
  std::string jpeg = jpeg_picture(64, 64);
  // Height and width stand behind the frame's marker, its length and the precision.
  for (const char* marker : {"\xff\xc0", "\xff\xc2"})
    if (const auto frame = jpeg.find(marker); frame != std::string::npos)
      jpeg.replace(frame + 5, 4, "\xff\xdc\xff\xdc");
  const auto other = thumbnail(FileType::jpeg, jpeg);
  REQUIRE_FALSE(other.ok());
  CHECK(other.error().code == "image.pixels");
}

TEST_CASE("a damaged picture is refused") {
  const std::string png = png_picture(100, 100);
  for (const std::string& content :
       {png.substr(0, png.size() / 2), png.substr(0, 20), std::string("\x89PNG\r\n\x1a\n")})
    CHECK(thumbnail(FileType::png, content).error().code == "image.damaged");
  CHECK(thumbnail(FileType::jpeg, "\xff\xd8\xff").error().code == "image.damaged");
  CHECK(thumbnail(FileType::jpeg, jpeg_picture(64, 64).substr(0, 30)).error().code ==
        "image.damaged");
  CHECK(thumbnail(FileType::pdf, pdf_document()).error().code == "image.damaged");
}

TEST_CASE("a thumbnail is decoded for the screen and nothing larger or broken is") {
  const auto small = thumbnail(FileType::png, png_picture(400, 200));
  REQUIRE(small.ok());
  const auto picture = picture_of(*small);
  REQUIRE(picture.ok());
  CHECK(picture->width == 256);
  CHECK(picture->height == 128);
  CHECK(picture->rgb.size() == 256U * 128 * 3);
  CHECK(picture_of(jpeg_picture(600, 40)).error().code == "image.damaged");
  CHECK(picture_of("").error().code == "image.damaged");
  CHECK(picture_of(small->substr(0, 40)).error().code == "image.damaged");
}
