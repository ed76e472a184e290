#pragma once
// Pictures on the graphics card. Internal to kiosk/ui.

#include <map>
#include <memory>

#include "kiosk/ui/texture.hpp"
#include "storage/domain/values/picture.hpp"

namespace keepsake::ui {

/// Textures of the pictures that were drawn in this frame or the one before; others are let go.
class Textures {
 public:
  explicit Textures(bool has_card) : has_card_(has_card) {}

  /// OpenGL's name of it; 0 without a graphics card, or when the card refused it.
  std::uint32_t texture_of(const std::shared_ptr<const Picture>& picture);
  void next_frame();

 private:
  struct Kept {
    std::shared_ptr<const Picture> picture;  ///< its address stays its own as long as it is kept
    Texture texture;
    bool drawn = false;
  };

  const bool has_card_;
  std::map<const Picture*, Kept> kept_;
};

}  // namespace keepsake::ui
