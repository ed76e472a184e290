#include "kiosk/devices/preview.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "storage/images/png.hpp"
#include "tests/kiosk/devices/sample.hpp"

using namespace keepsake;
using namespace keepsake::devices;

namespace {

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;

  int dark(int left, int top, int right, int bottom) const {
    int count = 0;
    for (int y = top; y < bottom; ++y)
      for (int x = left; x < right; ++x)
        if (pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                   static_cast<std::size_t>(x)] < 128)
          ++count;
    return count;
  }
};

Picture decoded(const std::string& png) {
  const auto seen = images::read_png(png);
  REQUIRE(seen.ok());
  Picture picture{static_cast<int>(seen->size.width), static_cast<int>(seen->size.height), {}};
  for (std::size_t i = 0; i < seen->rgb.size(); i += 3) picture.pixels.push_back(seen->rgb[i]);
  return picture;
}

Picture drawn(const Receipt& receipt, const PrinterProfile& profile = {}) {
  const auto png = preview_png(to_escpos(receipt, profile), profile);
  REQUIRE(png.ok());
  return decoded(*png);
}

}  // namespace

TEST_CASE("the picture of a sale has the width of the paper and ink inside its edges") {
  for (const int columns : {42, 48}) {
    const Picture picture = drawn(sample::receipt(), {columns});
    CHECK(picture.width == 576);
    CHECK(picture.height > 800);
    CHECK(picture.height < 2000);
    const int ink = picture.dark(0, 0, picture.width, picture.height);
    CHECK(ink > 10'000);
    CHECK(ink < picture.width * picture.height / 4);
    CHECK(picture.dark(0, 0, 20, picture.height) == 0);
    CHECK(picture.dark(picture.width - 20, 0, picture.width, picture.height) == 0);
    CHECK(picture.dark(0, 0, picture.width, 20) == 0);
  }
}

TEST_CASE("narrow paper has a narrow picture with ink inside its edges") {
  const PrinterProfile narrow = profile_of(58, 0);
  Receipt receipt = sample::receipt();
  receipt.lines.push_back(QrCode{std::string(QrCode::payload_bytes, 'x')});
  const Picture picture = drawn(receipt, narrow);
  CHECK(picture.width == 384);
  CHECK(picture.dark(0, 0, picture.width, picture.height) > 10'000);
  CHECK(picture.dark(0, 0, 8, picture.height) == 0);
  CHECK(picture.dark(picture.width - 8, 0, picture.width, picture.height) == 0);
}

TEST_CASE("figures end in one column") {
  Receipt receipt{"1", {}};
  for (const char* figure : {"1.11", "88.88", "-1 284.70", "0.04"})
    receipt.lines.push_back(TextLine{"Article", figure});
  const Picture picture = drawn(receipt);
  std::vector<int> ends;
  for (int row = 0; row < 4; ++row) {
    const int top = 28 + 30 * row;
    int right = picture.width - 1;
    while (right > 0 && picture.dark(right, top, right + 1, top + 30) == 0) --right;
    ends.push_back(right);
  }
  // The last digits differ in shape, so their ink may end a dot or three apart, never a digit.
  const auto [least, most] = std::minmax_element(ends.begin(), ends.end());
  CHECK(*most - *least <= 4);
  CHECK(*least > picture.width - 40);
}

TEST_CASE("a crowded line overlaps nowhere") {
  const Picture picture =
      drawn({"1", {TextLine{"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "WWWWWWWWWWWWWWW"}}});
  CHECK(picture.dark(picture.width - 20, 0, picture.width, picture.height) == 0);
  // Between words and figure there is at least one empty column of dots.
  bool gap = false;
  for (int x = 300; x < 500; ++x) gap = gap || picture.dark(x, 28, x + 4, 58) == 0;
  CHECK(gap);
}

TEST_CASE("a QR code is square and in the middle") {
  const Picture picture = drawn({"1", {QrCode{"KR7Q2M9F3MX4TB"}}});
  int left = 0;
  while (picture.dark(left, 0, left + 1, picture.height) == 0) ++left;
  int right = picture.width - 1;
  while (picture.dark(right, 0, right + 1, picture.height) == 0) --right;
  int top = 0;
  while (picture.dark(0, top, picture.width, top + 1) == 0) ++top;
  int bottom = picture.height - 1;
  while (picture.dark(0, bottom, picture.width, bottom + 1) == 0) --bottom;
  CHECK(right - left == bottom - top);
  CHECK((right - left + 1) % 6 == 0);
  CHECK(std::abs(left - (picture.width - 1 - right)) <= 1);
}

TEST_CASE("a preview that cannot be drawn says why") {
  const std::string bytes = to_escpos(sample::receipt(), {});
  CHECK(preview_png(bytes, {}, "/nonexistent").error().code == "font.missing");
  CHECK(preview_png("\x1BX", {}).error().code == "escpos.unknown");
  CHECK(preview_png(std::string(5000, '\n'), {}).error().code == "preview.length");
}
