#pragma once
// Textures on the graphics card. Internal to kiosk/ui: needs OpenGL.

#include <cstdint>
#include <map>
#include <memory>

#include "storage/domain/values/picture.hpp"

namespace keepsake::ui {

/// Textures of the pictures that were drawn in this frame or the one before; others are let go.
class Textures {
 public:
  explicit Textures(bool has_card) : has_card_(has_card) {}
  ~Textures();
  Textures(const Textures&) = delete;
  Textures& operator=(const Textures&) = delete;

  /// OpenGL's name of it; 0 without a graphics card.
  std::uint32_t texture_of(const std::shared_ptr<const Picture>& picture);
  void next_frame();

 private:
  struct Kept {
    std::shared_ptr<const Picture> picture;  ///< its address stays its own as long as it is kept
    std::uint32_t texture = 0;
    bool drawn = false;
  };
  static void destroy(std::uint32_t texture);

  const bool has_card_;
  std::map<const Picture*, Kept> kept_;
};

}  // namespace keepsake::ui
