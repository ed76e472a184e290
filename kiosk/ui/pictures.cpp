// Photos and scans, drawn.
#include "kiosk/ui/impl.hpp"

namespace keepsake::ui {
namespace {

/// The part of the picture, in 0..1, that fills a frame of this shape without being stretched.
struct Part {
  ImVec2 from, to;
};
Part covering(const Picture& picture, const Rect& frame) {
  const float wide = static_cast<float>(picture.width) * frame.h;
  const float high = static_cast<float>(picture.height) * frame.w;
  const float x = wide > high ? (1 - high / wide) / 2 : 0;
  const float y = high > wide ? (1 - wide / high) / 2 : 0;
  return {{x, y}, {1 - x, 1 - y}};
}

}  // namespace

void Ui::picture(const Rect& rect, const std::shared_ptr<const Picture>& picture, float radius_mm) {
  if (picture == nullptr || picture->width <= 0 || picture->height <= 0) return;
  const std::uint32_t texture = impl_->textures.texture_of(picture);
  if (texture == 0) return fill(rect, Token::sunk, radius_mm);
  const Part part = covering(*picture, rect);
  impl_->draw->AddImageRounded(texture_id(texture), {impl_->snap(rect.x), impl_->snap(rect.y)},
                               {impl_->snap(rect.right()), impl_->snap(rect.bottom())}, part.from,
                               part.to, IM_COL32_WHITE, impl_->px(radius_mm));
}

}  // namespace keepsake::ui
