#include "kiosk/ui/glyph_cache.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace keepsake::ui {
namespace {

constexpr int edge = 1;  // empty pixels around a letter: its neighbours must not shine in
constexpr int most_coarse = 16;
constexpr int least_px = 8;
constexpr std::size_t channels = 4;

}  // namespace

GlyphCache::GlyphCache(std::shared_ptr<const FontFiles> files, const Ui::Options& options)
    : files_(std::move(files)), has_card_(options.output == Ui::Options::Output::opengl) {
  if (has_card_ && options.bake == Ui::Options::Bake::in_background)
    baker_ = std::make_unique<GlyphBaker>(files_, options.glyphs_ready);
  if (options.glyph_page_px > 0) side_ = options.glyph_page_px;
}
GlyphCache::~GlyphCache() = default;

Result<Done> GlyphCache::open(int width, int height, const std::uint8_t* rgba) {
  side_ = std::min(side_, Texture::largest_px());
  assert(width <= side_ && height < side_);
  if (auto added = add_page(height, nullptr); !added.ok()) return added;
  pages_.front()->texture.put(0, 0, width, height, rgba);
  return Done{};
}

Result<Done> GlyphCache::add_page(int from_y, const std::uint8_t* rgba) {
  auto texture = Texture::make(side_, side_, Texture::Channels::rgba, rgba);
  if (!texture.ok()) return texture.error();
  auto page = std::make_unique<Page>();
  page->texture = *std::move(texture);
  page->from_y = from_y;
  page->nodes.resize(static_cast<std::size_t>(side_));
  clear(*page);
  pages_.push_back(std::move(page));
  return Done{};
}

void GlyphCache::clear(Page& page) const {
  stbrp_init_target(&page.packer, side_, side_ - page.from_y, page.nodes.data(),
                    static_cast<int>(page.nodes.size()));
}

int GlyphCache::baked_px(const GlyphKey& key) const {
  return std::clamp(std::min(key.px / coarseness_, side_ / 4), std::min<int>(least_px, key.px),
                    static_cast<int>(key.px));
}

const GlyphCache::Glyph* GlyphCache::find(const GlyphKey& key) {
  const auto [at, fresh] = glyphs_.try_emplace(key.packed());
  if (!fresh && at->second.state != Glyph::State::asked) return &at->second;
  if (!has_card_) {
    const GlyphBitmap bitmap = files_->measure(key, key.px);
    at->second.box = bitmap.box;
    at->second.state = bitmap.width > 0 ? Glyph::State::ready : Glyph::State::blank;
    return &at->second;
  }
  if (!baker_) {
    place(files_->bake(key, baked_px(key)));
    const auto placed = glyphs_.find(key.packed());
    if (placed != glyphs_.end() && placed->second.state != Glyph::State::asked)
      return &placed->second;
  } else if (fresh) {
    baker_->ask(key, baked_px(key));
  }
  complete_ = false;
  return nullptr;
}

void GlyphCache::begin_frame() {
  complete_ = true;
  if (!baker_) return;
  for (const GlyphBitmap& bitmap : baker_->take()) {
    // One that was asked for before the cache was emptied is not awaited any more.
    const auto awaited = glyphs_.find(bitmap.key.packed());
    if (awaited != glyphs_.end() && awaited->second.state == Glyph::State::asked) place(bitmap);
  }
}

void GlyphCache::end_frame() { shown_since_ = shown_since_ || complete_; }

void GlyphCache::wait() {
  if (baker_) baker_->wait();
}

void GlyphCache::place(const GlyphBitmap& bitmap) {
  Glyph glyph{.state = Glyph::State::blank, .box = bitmap.box};
  if (bitmap.width > 0) {
    const auto spot = room_for(bitmap.width + 2 * edge, bitmap.height + 2 * edge);
    if (!spot) return start_over();
    upload(bitmap, *spot);
    const float px = 1.0f / static_cast<float>(side_);
    glyph.state = Glyph::State::ready;
    glyph.page = static_cast<std::uint8_t>(spot->page);
    glyph.u0 = static_cast<float>(spot->x + edge) * px;
    glyph.v0 = static_cast<float>(spot->y + edge) * px;
    glyph.u1 = static_cast<float>(spot->x + edge + bitmap.width) * px;
    glyph.v1 = static_cast<float>(spot->y + edge + bitmap.height) * px;
  }
  glyphs_[bitmap.key.packed()] = glyph;
}

std::optional<GlyphCache::Spot> GlyphCache::room_for(int width, int height) {
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    if (const auto spot = room_on(i, width, height)) return spot;
  }
  if (pages_.size() >= pages_allowed_) return std::nullopt;
  if (auto added = add_page(0, nullptr); !added.ok()) {
    pages_allowed_ = pages_.size();
    error_ = added.error();
    return std::nullopt;
  }
  return room_on(pages_.size() - 1, width, height);
}

std::optional<GlyphCache::Spot> GlyphCache::room_on(std::size_t page, int width, int height) {
  stbrp_rect rect{};
  rect.w = static_cast<stbrp_coord>(width);
  rect.h = static_cast<stbrp_coord>(height);
  stbrp_pack_rects(&pages_[page]->packer, &rect, 1);
  if (rect.was_packed == 0) return std::nullopt;
  return Spot{page, static_cast<int>(rect.x), static_cast<int>(rect.y) + pages_[page]->from_y};
}

void GlyphCache::upload(const GlyphBitmap& bitmap, const Spot& spot) {
  const auto wide = static_cast<std::size_t>(bitmap.width) + 2 * edge;
  const auto high = static_cast<std::size_t>(bitmap.height) + 2 * edge;
  std::vector<std::uint8_t> rgba(wide * high * channels, 0xFF);
  for (std::size_t y = 0; y < high; ++y) {
    for (std::size_t x = 0; x < wide; ++x) {
      const bool inside = x >= edge && y >= edge && x + edge < wide && y + edge < high;
      const std::size_t from = (y - edge) * static_cast<std::size_t>(bitmap.width) + (x - edge);
      rgba[(y * wide + x) * channels + 3] = inside ? bitmap.alpha[from] : 0;
    }
  }
  pages_[spot.page]->texture.put(spot.x, spot.y, static_cast<int>(wide), static_cast<int>(high),
                                 rgba.data());
}

/// There is no more room: everything goes, and what is still needed is asked for again by the next
/// frame. If not even one frame fitted, its letters are made smaller until it does.
void GlyphCache::start_over() {
  if (!shown_since_) coarseness_ = std::min(coarseness_ * 2, most_coarse);
  shown_since_ = false;
  complete_ = false;
  glyphs_.clear();
  for (const auto& page : pages_) clear(*page);
}

}  // namespace keepsake::ui
