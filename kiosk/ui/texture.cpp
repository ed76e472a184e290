#include "kiosk/ui/texture.hpp"

#include <GL/gl.h>
#include <GL/glext.h>
#include <string>
#include <utility>

namespace keepsake::ui {
namespace {

/// Binds a texture for the length of a scope; ImGui's own binding stays as it was.
class Bound {
 public:
  explicit Bound(std::uint32_t texture) {
    glGetIntegerv(GL_TEXTURE_BINDING_2D, &before_);
    glBindTexture(GL_TEXTURE_2D, texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);  // rows of three bytes a pixel end anywhere
  }
  ~Bound() {
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(before_));
  }
  Bound(const Bound&) = delete;
  Bound& operator=(const Bound&) = delete;

 private:
  GLint before_ = 0;
};

/// What went wrong before is not this texture's fault. A lost card never runs out of errors.
void forget_errors() {
  constexpr int most_kinds = 16;
  for (int i = 0; i < most_kinds && glGetError() != GL_NO_ERROR; ++i) continue;
}

Error no_texture(const std::string& what, int width, int height) {
  return {Failure::unavailable, "ui.graphics", "the graphics card refused a texture: " + what,
          std::to_string(width) + "x" + std::to_string(height),
          "check the graphics driver and its memory"};
}

}  // namespace

int Texture::largest_px() {
  GLint most = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
  return most;
}

Result<Texture> Texture::make(int width, int height, Channels channels,
                              const std::uint8_t* pixels) {
  if (const int most = largest_px(); width > most || height > most)
    return no_texture("it takes " + std::to_string(most) + " pixels at most", width, height);
  forget_errors();
  Texture out;
  glGenTextures(1, &out.name_);
  const Bound bound(out.name_);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  const GLenum format = channels == Channels::rgb ? GL_RGB : GL_RGBA;
  glTexImage2D(GL_TEXTURE_2D, 0, static_cast<GLint>(format), width, height, 0, format,
               GL_UNSIGNED_BYTE, pixels);
  if (const GLenum error = glGetError(); error != GL_NO_ERROR)
    return no_texture("OpenGL error " + std::to_string(error), width, height);
  return out;
}

Texture::Texture(Texture&& other) noexcept : name_(std::exchange(other.name_, 0)) {}
Texture& Texture::operator=(Texture&& other) noexcept {
  std::swap(name_, other.name_);
  return *this;
}
Texture::~Texture() {
  if (name_ != 0) glDeleteTextures(1, &name_);
}

void Texture::put(int x, int y, int width, int height, const std::uint8_t* rgba) {
  const Bound bound(name_);
  glTexSubImage2D(GL_TEXTURE_2D, 0, x, y, width, height, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
}

}  // namespace keepsake::ui
