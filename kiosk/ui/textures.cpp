#include "kiosk/ui/textures.hpp"

#include <GL/gl.h>
#include <GL/glext.h>
#include <utility>

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

}  // namespace

Textures::~Textures() {
  for (const auto& [key, kept] : kept_) destroy(kept.texture);
}

void Textures::destroy(std::uint32_t texture) {
  if (texture != 0) glDeleteTextures(1, &texture);
}

std::uint32_t Textures::texture_of(const std::shared_ptr<const Picture>& picture) {
  if (!has_card_) return 0;
  Kept& kept = kept_[picture.get()];
  if (kept.picture == nullptr) kept = {picture, uploaded(*picture), true};
  kept.drawn = true;
  return kept.texture;
}

void Textures::next_frame() {
  for (auto each = kept_.begin(); each != kept_.end();) {
    if (std::exchange(each->second.drawn, false)) {
      ++each;
      continue;
    }
    destroy(each->second.texture);
    each = kept_.erase(each);
  }
}

}  // namespace keepsake::ui
