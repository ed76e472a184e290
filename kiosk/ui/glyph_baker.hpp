#pragma once
// A thread that draws letters into bitmaps, so that the screen's thread never does. Internal to
// kiosk/ui.

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "kiosk/ui/typefaces.hpp"

namespace keepsake::ui {

class GlyphBaker {
 public:
  /// `ready` is called from the baker's thread each time that nothing is left to do.
  GlyphBaker(std::shared_ptr<const FontFiles> files, std::function<void()> ready);
  ~GlyphBaker();
  GlyphBaker(const GlyphBaker&) = delete;
  GlyphBaker& operator=(const GlyphBaker&) = delete;

  void ask(const GlyphKey& key, int px);  ///< see FontFiles::bake()
  std::vector<GlyphBitmap> take();        ///< what is done, once
  void wait();                            ///< until nothing is left to do

 private:
  struct Order {
    GlyphKey key;
    int px;
  };
  void run();

  const std::shared_ptr<const FontFiles> files_;
  const std::function<void()> ready_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Order> asked_;
  std::vector<GlyphBitmap> done_;
  bool working_ = false;
  bool stop_ = false;
  std::thread thread_;  // last: it uses what stands above
};

}  // namespace keepsake::ui
