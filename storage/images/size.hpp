#pragma once

#include <cstdint>

namespace keepsake::images {

/// In pixels.
struct Size {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  bool operator==(const Size&) const = default;
};

inline constexpr std::uint32_t thumbnail_px = 256;  ///< the longer side, at most

}  // namespace keepsake::images
