#pragma once
// A small picture as a value, ready to be shown.

#include <cstdint>
#include <vector>

namespace keepsake {

struct Picture {
  std::int32_t width = 0;
  std::int32_t height = 0;
  std::vector<std::uint8_t> rgb;  ///< rows from the top, red green blue, one byte each
  bool operator==(const Picture&) const = default;
};

}  // namespace keepsake
