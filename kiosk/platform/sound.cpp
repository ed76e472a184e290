#include "kiosk/platform/sound.hpp"

#include <SDL.h>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace keepsake::platform {
namespace {

constexpr int rate_hz = 44'100;

struct Tone {
  double hz;
  double seconds;
  double loudness;  // 0..1
};

/// Sine tones that die away, so that nothing clicks but the click.
std::vector<std::int16_t> synthesised(std::initializer_list<Tone> tones) {
  std::vector<std::int16_t> out;
  for (const auto& tone : tones) {
    const auto count = static_cast<int>(tone.seconds * rate_hz);
    for (int i = 0; i < count; ++i) {
      const double t = static_cast<double>(i) / rate_hz;
      const double attack = std::min(1.0, t / 0.002);
      const double decay = std::exp(-5.0 * t / tone.seconds);
      const double wave = std::sin(2 * std::numbers::pi * tone.hz * t);
      out.push_back(static_cast<std::int16_t>(32'000 * tone.loudness * attack * decay * wave));
    }
  }
  return out;
}

}  // namespace

struct Sound::Impl {
  SDL_AudioDeviceID device = 0;
  std::vector<std::int16_t> click = synthesised({{1900, 0.018, 0.18}});
  std::vector<std::int16_t> error = synthesised({{440, 0.14, 0.35}, {294, 0.2, 0.35}});
  std::vector<std::int16_t> done = synthesised({{660, 0.09, 0.25}, {880, 0.16, 0.25}});

  Impl() {
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return;
    SDL_AudioSpec want{};
    want.freq = rate_hz;
    want.format = AUDIO_S16SYS;
    want.channels = 1;
    want.samples = 512;
    device = SDL_OpenAudioDevice(nullptr, 0, &want, nullptr, 0);
    if (device != 0) SDL_PauseAudioDevice(device, 0);
  }
  ~Impl() {
    if (device != 0) SDL_CloseAudioDevice(device);
    if (SDL_WasInit(SDL_INIT_AUDIO) != 0) SDL_QuitSubSystem(SDL_INIT_AUDIO);
  }
  void play(const std::vector<std::int16_t>& samples) {
    if (device == 0) return;
    SDL_ClearQueuedAudio(device);  // the newest sound is the one that belongs to the touch
    SDL_QueueAudio(device, samples.data(),
                   static_cast<Uint32>(samples.size() * sizeof(std::int16_t)));
  }
};

Sound::Sound() : impl_(std::make_unique<Impl>()) {}
Sound::~Sound() = default;
Sound::Sound(Sound&&) noexcept = default;
Sound& Sound::operator=(Sound&&) noexcept = default;

bool Sound::audible() const { return impl_->device != 0; }
void Sound::click() { impl_->play(impl_->click); }
void Sound::error() { impl_->play(impl_->error); }
void Sound::done() { impl_->play(impl_->done); }

}  // namespace keepsake::platform
