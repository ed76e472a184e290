#pragma once

#include <memory>

namespace keepsake::platform {

/// Short synthesised sounds; silent where there is no audio device. Never the only sign of
/// anything.
class Sound {
 public:
  Sound();
  ~Sound();
  Sound(Sound&&) noexcept;
  Sound& operator=(Sound&&) noexcept;

  bool audible() const;
  void click();  ///< a touch landed on something alive
  void error();  ///< two falling tones
  void done();   ///< two rising tones

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace keepsake::platform
