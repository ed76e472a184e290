// Any bytes as a photo: one of eight orientations, which turns a picture without losing a pixel.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "storage/images/pixels.hpp"

using namespace keepsake::images;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto told = orientation_of({reinterpret_cast<const char*>(data), size});
  if (told < Orientation::top_left || told > Orientation::left_bottom) std::abort();
  const Pixels stored{{2, 3}, std::vector<std::uint8_t>(18, 7)};
  const Pixels seen = upright(stored, told);
  if (seen.rgb != stored.rgb || seen.size.width * seen.size.height != 6) std::abort();
  return 0;
}
