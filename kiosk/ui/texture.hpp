#pragma once
// One texture on the graphics card. Internal to kiosk/ui.

#include <cstdint>

#include "storage/domain/values/result.hpp"

namespace keepsake::ui {

class Texture {
 public:
  enum class Channels { rgb, rgba };
  /// `pixels` row by row. Failure::unavailable "ui.graphics" in the card's words: too large for it,
  /// or no memory.
  static Result<Texture> make(int width, int height, Channels channels, const std::uint8_t* pixels);
  Texture() = default;
  Texture(Texture&& other) noexcept;
  Texture& operator=(Texture&& other) noexcept;
  ~Texture();

  /// Replaces a part of an rgba texture.
  void put(int x, int y, int width, int height, const std::uint8_t* rgba);
  std::uint32_t name() const { return name_; }  ///< OpenGL's; 0: none

  /// What the graphics card takes at most, in each direction.
  static int largest_px();

 private:
  std::uint32_t name_ = 0;
};

}  // namespace keepsake::ui
