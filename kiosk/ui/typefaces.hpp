#pragma once
// The font files: which of them has a letter, how wide it is, and what it looks like. Internal to
// kiosk/ui.

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "kiosk/ui/text_style.hpp"
#include "kiosk/ui/ui.hpp"

namespace keepsake::ui {

/// A letter's shape at a size. `px` is ImGui's font size: ascender to descender of Inter.
struct GlyphKey {
  std::uint16_t glyph = 0;  ///< in its file
  std::uint16_t px = 0;
  std::uint8_t file = 0;
  bool operator==(const GlyphKey&) const = default;
  std::uint64_t packed() const {
    return std::uint64_t{file} << 32 | std::uint64_t{px} << 16 | glyph;
  }
};

/// Where a shape lies, in px from the pen on the baseline, y downwards.
struct GlyphBox {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

/// A shape as coverage, twice as wide as it stands: letters stand between pixels. No size: a blank.
struct GlyphBitmap {
  GlyphKey key;
  GlyphBox box;
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> alpha;
};

/// The files, which do not change once they are read: any thread may use them.
class FontFiles {
 public:
  /// Inter and the icons must be there, Failure::unavailable "ui.fonts"; the faces for other letters
  /// are used where they are installed.
  static Result<std::shared_ptr<const FontFiles>> open(const Ui::Options& options);
  ~FontFiles();
  FontFiles(const FontFiles&) = delete;
  FontFiles& operator=(const FontFiles&) = delete;

  /// Files that may have a letter of this weight, the best first.
  std::vector<std::uint8_t> order_of(Weight weight) const;
  std::uint8_t icons() const;
  /// 0: it has none.
  int glyph_of(std::uint8_t file, char32_t code) const;
  /// Of the pen, in px at a size of 1 px.
  float advance_of(std::uint8_t file, int glyph) const;

  /// The shape at `px`, lying as at the size of its key: a larger one is drawn from a smaller.
  GlyphBitmap bake(const GlyphKey& key, int px) const;
  /// bake() without its pixels.
  GlyphBitmap measure(const GlyphKey& key, int px) const;

 private:
  FontFiles();
  struct File;
  std::vector<std::unique_ptr<File>> files_;
};

/// A letter in a weight.
struct Letter {
  std::uint8_t file = 0;
  std::uint16_t glyph = 0;
  bool known = false;  ///< else no file has it, and Inter's empty box stands for it
  float advance = 0;   ///< px at a size of 1 px
  float shift = 0;     ///< a digit stands in the middle of the widest digit's room
};

/// Letters looked up once. For one thread.
class Typefaces {
 public:
  explicit Typefaces(std::shared_ptr<const FontFiles> files);
  const Letter& letter(Weight weight, char32_t code) {
    auto& known = weights_[static_cast<std::size_t>(weight)];
    if (code < known.near.size() && known.near[code].seen) return known.near[code].letter;
    return look_up(known, code);
  }
  Letter icon(char32_t code) const;

 private:
  struct Seen {
    Letter letter;
    bool seen = false;
  };
  struct OfWeight {
    std::vector<std::uint8_t> order;
    float digit = 0;         ///< advance of the widest
    std::vector<Seen> near;  ///< by code point: what nearly all text is made of
    std::unordered_map<char32_t, Letter> far;
  };
  const Letter& look_up(OfWeight& known, char32_t code);
  Letter found(const OfWeight& known, char32_t code) const;

  std::shared_ptr<const FontFiles> files_;
  std::array<OfWeight, 3> weights_;
};

}  // namespace keepsake::ui
