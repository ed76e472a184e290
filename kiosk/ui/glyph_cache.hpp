#pragma once
// The letters that the screen needs, on textures of a bounded size and number: made when a frame
// first asks for them, and made anew when there is no more room. Internal to kiosk/ui.

#include <memory>
#include <optional>
#include <stb/stb_rect_pack.h>
#include <unordered_map>
#include <vector>

#include "kiosk/ui/glyph_baker.hpp"
#include "kiosk/ui/texture.hpp"
#include "kiosk/ui/typefaces.hpp"

namespace keepsake::ui {

class GlyphCache {
 public:
  static constexpr int page_px = 2048;
  static constexpr std::size_t most_pages = 4;  ///< of 16 MiB each

  GlyphCache(std::shared_ptr<const FontFiles> files, const Ui::Options& options);
  ~GlyphCache();
  GlyphCache(const GlyphCache&) = delete;
  GlyphCache& operator=(const GlyphCache&) = delete;

  /// The first page, with a picture of the caller's in its upper left corner. Only with a card;
  /// errors as Texture::make().
  Result<Done> open(int width, int height, const std::uint8_t* rgba);
  int side_px() const { return side_; }  ///< of a page, in both directions

  struct Glyph {
    enum class State : std::uint8_t { asked, blank, ready } state = State::asked;
    std::uint8_t page = 0;
    GlyphBox box;
    float u0 = 0, v0 = 0, u1 = 0, v1 = 0;
  };
  /// nullptr: it is not here yet, and this frame is not fit to be shown.
  const Glyph* find(const GlyphKey& key);
  std::uint32_t texture(std::size_t page) const { return pages_[page]->texture.name(); }

  void begin_frame();  ///< brings what was baked to the card
  void end_frame();
  bool complete() const { return complete_; }  ///< every glyph of this frame was here
  void wait();                                 ///< until the baker has done all
  /// Once: the card refused a page. The letters then share the pages that there are.
  std::optional<Error> take_error() { return std::exchange(error_, std::nullopt); }

 private:
  struct Page {
    Texture texture;
    stbrp_context packer{};
    std::vector<stbrp_node> nodes;
    int from_y = 0;  ///< what stands above is not ours
  };
  struct Spot {
    std::size_t page;
    int x, y;
  };
  Result<Done> add_page(int from_y, const std::uint8_t* rgba);
  void clear(Page& page) const;
  int baked_px(const GlyphKey& key) const;
  void place(const GlyphBitmap& bitmap);
  std::optional<Spot> room_for(int width, int height);
  std::optional<Spot> room_on(std::size_t page, int width, int height);
  void upload(const GlyphBitmap& bitmap, const Spot& spot);
  void start_over();

  const std::shared_ptr<const FontFiles> files_;
  const bool has_card_;
  std::unique_ptr<GlyphBaker> baker_;  ///< none: baked when asked for
  int side_ = page_px;
  std::size_t pages_allowed_ = most_pages;
  std::vector<std::unique_ptr<Page>> pages_;
  std::unordered_map<std::uint64_t, Glyph> glyphs_;
  int coarseness_ = 1;  ///< larger letters are drawn from ones so many times smaller
  bool complete_ = true;
  bool shown_since_ = false;  ///< a frame was complete since the cache was last emptied
  std::optional<Error> error_;
};

}  // namespace keepsake::ui
