#include "kiosk/ui/glyph_baker.hpp"

#include <utility>

#include "storage/locale/letters.hpp"

namespace keepsake::ui {

GlyphBaker::GlyphBaker(std::shared_ptr<const FontFiles> files, std::function<void()> ready)
    : files_(std::move(files)), ready_(std::move(ready)), thread_([this] { run(); }) {}

GlyphBaker::~GlyphBaker() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void GlyphBaker::ask(const GlyphKey& key, int px) {
  {
    const std::lock_guard lock(mutex_);
    asked_.push_back({key, px});
  }
  changed_.notify_all();
}

std::vector<GlyphBitmap> GlyphBaker::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(done_, {});
}

void GlyphBaker::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return asked_.empty() && !working_; });
}

void GlyphBaker::run() {
  bool warm = false;
  std::unique_lock lock(mutex_);
  for (;;) {
    while (!asked_.empty() && !stop_) {
      const Order order = asked_.front();
      asked_.pop_front();
      working_ = true;
      lock.unlock();
      GlyphBitmap bitmap = files_->bake(order.key, order.px);
      lock.lock();
      done_.push_back(std::move(bitmap));
      working_ = false;
    }
    if (stop_) return;
    const bool told = !done_.empty();
    lock.unlock();
    changed_.notify_all();
    if (told && ready_) ready_();
    // ICU reads its rules for other scripts in some ten milliseconds: here, not when a name comes.
    if (told && !std::exchange(warm, true)) (void)in_latin("\u0645");
    lock.lock();
    changed_.wait(lock, [this] { return !asked_.empty() || stop_; });
  }
}

}  // namespace keepsake::ui
