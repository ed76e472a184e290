#include "kiosk/ui/typefaces.hpp"

#include <algorithm>
#include <cassert>
#include <fstream>
#include <sstream>
#include <stb/stb_truetype.h>

namespace keepsake::ui {
namespace {

/// Inter's line over its em, by which sizes are named; faces of other makers are set by their em.
constexpr float line_of_em = 1.2102f;
constexpr int oversample = 2;           // across only
constexpr char32_t near_codes = 0x600;  // Latin, Greek, Cyrillic, Armenian

std::string contents(const std::string& file) {
  const std::ifstream in(file, std::ios::binary);
  std::ostringstream all;  // a disk that fails gives what it gave; an iterator would throw
  all << in.rdbuf();
  return std::move(all).str();
}

enum Place : std::uint8_t { regular, semibold, bold, icon_file, others };

}  // namespace

struct FontFiles::File {
  std::string bytes;
  stbtt_fontinfo info{};
  float scale = 0;  // font units to px at a size of 1 px
  Weight heaviest = Weight::bold;
  Weight lightest = Weight::regular;
};

FontFiles::FontFiles() = default;
FontFiles::~FontFiles() = default;

Result<std::shared_ptr<const FontFiles>> FontFiles::open(const Ui::Options& options) {
  std::shared_ptr<FontFiles> out(new FontFiles);
  enum class Sized { by_line, by_em };
  const auto add = [&](const std::string& name, Sized sized) {
    auto file = std::make_unique<File>();
    file->bytes = contents(name);
    const auto* bytes = reinterpret_cast<const unsigned char*>(file->bytes.data());
    const int start = file->bytes.empty() ? -1 : stbtt_GetFontOffsetForIndex(bytes, 0);
    if (start < 0 || stbtt_InitFont(&file->info, bytes, start) == 0) return false;
    file->scale = sized == Sized::by_line
                      ? stbtt_ScaleForPixelHeight(&file->info, 1)
                      : stbtt_ScaleForMappingEmToPixels(&file->info, 1 / line_of_em);
    out->files_.push_back(std::move(file));
    return true;
  };
  for (const std::string& name :
       {options.inter_folder + "/Inter-Regular.otf", options.inter_folder + "/Inter-SemiBold.otf",
        options.inter_folder + "/Inter-Bold.otf", options.icon_file}) {
    if (!add(name, Sized::by_line))
      return Error{Failure::unavailable, "ui.fonts", "a font file cannot be read", name,
                   "install the packages fonts-inter and fonts-font-awesome"};
  }
  for (const Ui::OtherFace& other : options.other_faces) {
    if (!add(other.file, Sized::by_em)) continue;
    out->files_.back()->lightest = other.lightest;
    out->files_.back()->heaviest = other.heaviest;
  }
  return std::shared_ptr<const FontFiles>(std::move(out));
}

std::vector<std::uint8_t> FontFiles::order_of(Weight weight) const {
  std::vector<std::uint8_t> order{static_cast<std::uint8_t>(weight)};
  for (std::size_t i = others; i < files_.size(); ++i) {
    if (weight >= files_[i]->lightest && weight <= files_[i]->heaviest)
      order.push_back(static_cast<std::uint8_t>(i));
  }
  return order;
}

std::uint8_t FontFiles::icons() const { return icon_file; }

int FontFiles::glyph_of(std::uint8_t file, char32_t code) const {
  return stbtt_FindGlyphIndex(&files_[file]->info, static_cast<int>(code));
}

float FontFiles::advance_of(std::uint8_t file, int glyph) const {
  int advance = 0;
  stbtt_GetGlyphHMetrics(&files_[file]->info, glyph, &advance, nullptr);
  return static_cast<float>(advance) * files_[file]->scale;
}

GlyphBitmap FontFiles::measure(const GlyphKey& key, int px) const {
  assert(px > 0 && key.px > 0);
  const File& file = *files_[key.file];
  const float scale = file.scale * static_cast<float>(px);
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  stbtt_GetGlyphBitmapBox(&file.info, key.glyph, scale * oversample, scale, &x0, &y0, &x1, &y1);
  GlyphBitmap out{key, {}, 0, 0, {}};
  if (x1 <= x0 || y1 <= y0) return out;
  out.width = x1 - x0 + oversample - 1;
  out.height = y1 - y0;
  const float shift = -static_cast<float>(oversample - 1) / (2.0f * oversample);
  const float larger = static_cast<float>(key.px) / static_cast<float>(px);
  out.box.x0 = (static_cast<float>(x0) / oversample + shift) * larger;
  out.box.x1 = (static_cast<float>(x0 + out.width) / oversample + shift) * larger;
  out.box.y0 = static_cast<float>(y0) * larger;
  out.box.y1 = static_cast<float>(y1) * larger;
  return out;
}

GlyphBitmap FontFiles::bake(const GlyphKey& key, int px) const {
  GlyphBitmap out = measure(key, px);
  if (out.width == 0) return out;
  const File& file = *files_[key.file];
  const float scale = file.scale * static_cast<float>(px);
  out.alpha.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
  float shift_x = 0, shift_y = 0;
  stbtt_MakeGlyphBitmapSubpixelPrefilter(&file.info, out.alpha.data(), out.width, out.height,
                                         out.width, scale * oversample, scale, 0, 0, oversample, 1,
                                         &shift_x, &shift_y, key.glyph);
  return out;
}

Typefaces::Typefaces(std::shared_ptr<const FontFiles> files) : files_(std::move(files)) {
  for (std::size_t w = 0; w < weights_.size(); ++w) {
    OfWeight& known = weights_[w];
    known.order = files_->order_of(static_cast<Weight>(w));
    known.near.resize(near_codes);
    for (char32_t digit = U'0'; digit <= U'9'; ++digit)
      known.digit = std::max(known.digit, found(known, digit).advance);
  }
}

Letter Typefaces::icon(char32_t code) const {
  const int glyph = files_->glyph_of(files_->icons(), code);
  return {.file = files_->icons(),
          .glyph = static_cast<std::uint16_t>(glyph),
          .known = glyph != 0,
          .advance = files_->advance_of(files_->icons(), glyph)};
}

Letter Typefaces::found(const OfWeight& known, char32_t code) const {
  for (const std::uint8_t file : known.order) {
    const int glyph = files_->glyph_of(file, code);
    if (glyph == 0) continue;
    return {.file = file,
            .glyph = static_cast<std::uint16_t>(glyph),
            .known = true,
            .advance = files_->advance_of(file, glyph)};
  }
  const std::uint8_t first = known.order.front();
  return {.file = first, .advance = files_->advance_of(first, 0)};
}

const Letter& Typefaces::look_up(OfWeight& known, char32_t code) {
  if (code >= near_codes) {
    const auto at = known.far.find(code);
    if (at != known.far.end()) return at->second;
  }
  Letter letter = found(known, code);
  if (code >= U'0' && code <= U'9') {
    // Inter's tabular figures are behind a feature that is not asked for here.
    letter.shift = (known.digit - letter.advance) / 2;
    letter.advance = known.digit;
  }
  if (code >= near_codes) return known.far.emplace(code, letter).first->second;
  known.near[code] = {letter, true};
  return known.near[code].letter;
}

}  // namespace keepsake::ui
