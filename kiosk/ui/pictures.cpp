#include "kiosk/ui/pictures.hpp"

#include <GL/gl.h>
#include <GL/glext.h>
#include <utility>

#include "kiosk/ui/impl.hpp"

namespace keepsake::ui {
namespace {

std::uint32_t uploaded(const Picture& picture) {
  GLint before = 0;
  glGetIntegerv(GL_TEXTURE_BINDING_2D, &before);
  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);  // rows of three bytes a pixel end anywhere
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB, picture.width, picture.height, 0, GL_RGB, GL_UNSIGNED_BYTE,
               picture.rgb.data());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(before));
  return texture;
}

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

Pictures::~Pictures() {
  for (const auto& [key, kept] : kept_) destroy(kept.texture);
}

void Pictures::destroy(std::uint32_t texture) {
  if (texture != 0) glDeleteTextures(1, &texture);
}

std::uint32_t Pictures::texture_of(const std::shared_ptr<const Picture>& picture) {
  if (!has_card_) return 0;
  Kept& kept = kept_[picture.get()];
  if (kept.picture == nullptr) kept = {picture, uploaded(*picture), true};
  kept.drawn = true;
  return kept.texture;
}

void Pictures::next_frame() {
  for (auto each = kept_.begin(); each != kept_.end();) {
    if (std::exchange(each->second.drawn, false)) {
      ++each;
      continue;
    }
    destroy(each->second.texture);
    each = kept_.erase(each);
  }
}

void Ui::picture(const Rect& rect, const std::shared_ptr<const Picture>& picture, float radius_mm) {
  if (picture == nullptr || picture->width <= 0 || picture->height <= 0) return;
  const std::uint32_t texture = impl_->pictures.texture_of(picture);
  if (texture == 0) return fill(rect, Token::sunk, radius_mm);
  const Part part = covering(*picture, rect);
  impl_->draw->AddImageRounded(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(texture)),
                               {impl_->snap(rect.x), impl_->snap(rect.y)},
                               {impl_->snap(rect.right()), impl_->snap(rect.bottom())}, part.from,
                               part.to, IM_COL32_WHITE, impl_->px(radius_mm));
}

}  // namespace keepsake::ui
