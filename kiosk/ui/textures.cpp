#include "kiosk/ui/textures.hpp"

#include <utility>

namespace keepsake::ui {

std::uint32_t Textures::texture_of(const std::shared_ptr<const Picture>& picture) {
  if (!has_card_) return 0;
  Kept& kept = kept_[picture.get()];
  if (kept.picture == nullptr) {
    kept.picture = picture;
    auto made =
        Texture::make(picture->width, picture->height, Texture::Channels::rgb, picture->rgb.data());
    if (made.ok()) kept.texture = *std::move(made);  // else its place is drawn without it
  }
  kept.drawn = true;
  return kept.texture.name();
}

void Textures::next_frame() {
  for (auto each = kept_.begin(); each != kept_.end();)
    each = std::exchange(each->second.drawn, false) ? std::next(each) : kept_.erase(each);
}

}  // namespace keepsake::ui
