#include "kiosk/devices/preview.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include <algorithm>
#include <cmath>
#include <memory>

#include "kiosk/devices/paper.hpp"
#include "kiosk/devices/qr.hpp"
#include "storage/images/png.hpp"

namespace keepsake::devices {
namespace {

constexpr int margin_rows = 28;          // paper above the first and below the last line
constexpr int margin_dots = 24;          // at least, at either side: no printer reaches the edge
constexpr int max_rows = 120'000;        // 15 m of paper
constexpr int glyph_dots = 24;           // font A
constexpr double text_px = 20.0;         // Inter as large as font A looks
constexpr double baseline_share = 0.77;  // of a row's height
constexpr int qr_quiet_rows = 12;

template <auto release>
struct Release {
  template <class T>
  void operator()(T* handle) const {
    release(handle);
  }
};
using Library = std::unique_ptr<std::remove_pointer_t<FT_Library>, Release<FT_Done_FreeType>>;
using Face = std::unique_ptr<std::remove_pointer_t<FT_Face>, Release<FT_Done_Face>>;

/// Eight-bit grey, growing downwards; 255 is paper.
class Canvas {
 public:
  explicit Canvas(int width) : width_(static_cast<std::size_t>(width)) {}
  int width() const { return static_cast<int>(width_); }
  int rows() const { return static_cast<int>(pixels_.size() / width_); }
  void grow(int rows) {
    pixels_.resize(pixels_.size() + static_cast<std::size_t>(rows) * width_, 255);
  }
  void ink(int x, int y, int coverage) {
    if (x < 0 || x >= width() || y < 0 || y >= rows()) return;
    std::uint8_t& pixel =
        pixels_[static_cast<std::size_t>(y) * width_ + static_cast<std::size_t>(x)];
    pixel = static_cast<std::uint8_t>(pixel * (255 - coverage) / 255);
  }
  void fill(int x, int y, int width, int height) {
    for (int row = y; row < y + height; ++row)
      for (int column = x; column < x + width; ++column) ink(column, row, 255);
  }

  Result<std::string> png() const {
    const images::Size size{static_cast<std::uint32_t>(width_), static_cast<std::uint32_t>(rows())};
    auto made = images::write_png(size, images::Channels::grey, pixels_);
    if (made) return made;
    return Error{Failure::internal, "preview.png", "The picture of the receipt could not be made",
                 "", "The printed receipt is not affected"};
  }

 private:
  std::size_t width_;
  std::vector<std::uint8_t> pixels_;
};

/// How a run of glyphs is drawn: face and size, condensed by `squeeze` to fit.
struct Pen {
  bool bold = false;
  int wide = 1;
  int high = 1;
  double squeeze = 1;
  bool figures = false;  ///< digits share one width, so that they stand in columns
};

class Fonts {
 public:
  static Result<Fonts> open(const std::filesystem::path& folder) {
    Fonts fonts;
    FT_Library library = nullptr;
    if (FT_Init_FreeType(&library) != 0) return missing(folder);
    fonts.library_.reset(library);
    for (const auto& [file, face] : {std::pair{"Inter-Regular.otf", &fonts.regular_},
                                     std::pair{"Inter-Bold.otf", &fonts.bold_}}) {
      FT_Face opened = nullptr;
      if (FT_New_Face(library, (folder / file).c_str(), 0, &opened) != 0) return missing(folder);
      face->reset(opened);
    }
    return fonts;
  }

  double width(const std::u32string& text, const Pen& pen) {
    set_size(pen);
    double width = 0;
    for (const char32_t point : text)
      if (load(pen, point, FT_LOAD_DEFAULT)) width += advance(pen, point);
    return width;
  }

  void draw(Canvas& canvas, const std::u32string& text, double x, int baseline, const Pen& pen) {
    set_size(pen);
    for (const char32_t point : text) {
      if (!load(pen, point, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT)) continue;
      const FT_GlyphSlot slot = face(pen)->glyph;
      const FT_Bitmap& bitmap = slot->bitmap;
      const double step = advance(pen, point);
      // A digit stands in the middle of its fixed width.
      const double own = static_cast<double>(slot->linearHoriAdvance) / 65536.0;
      const int left = static_cast<int>(std::lround(x + (step - own) / 2)) + slot->bitmap_left;
      for (unsigned row = 0; row < bitmap.rows; ++row)
        for (unsigned column = 0; column < bitmap.width; ++column)
          canvas.ink(
              left + static_cast<int>(column), baseline - slot->bitmap_top + static_cast<int>(row),
              bitmap.buffer[static_cast<int>(row) * bitmap.pitch + static_cast<int>(column)]);
      x += step;
    }
  }

 private:
  static Error missing(const std::filesystem::path& folder) {
    return {Failure::unavailable, "font.missing", "The font Inter is not installed",
            folder.string(), "Install the package fonts-inter"};
  }

  FT_Face face(const Pen& pen) const { return (pen.bold ? bold_ : regular_).get(); }

  void set_size(const Pen& pen) {
    const auto size = [](double px) { return static_cast<FT_F26Dot6>(std::lround(px * 64)); };
    FT_Set_Char_Size(face(pen), size(text_px * pen.wide * pen.squeeze), size(text_px * pen.high),
                     72, 72);
  }

  bool load(const Pen& pen, char32_t point, FT_Int32 flags) {
    return FT_Load_Char(face(pen), point, flags) == 0;
  }

  /// The step after the loaded glyph.
  double advance(const Pen& pen, char32_t point) {
    double step = static_cast<double>(face(pen)->glyph->linearHoriAdvance) / 65536.0;
    if (pen.figures && point >= U'0' && point <= U'9') {
      FT_Fixed zero = 0;
      const FT_UInt index = FT_Get_Char_Index(face(pen), U'0');
      if (FT_Get_Advance(face(pen), index, FT_LOAD_NO_HINTING, &zero) == 0)
        step = static_cast<double>(zero) / 65536.0;
    }
    return step;
  }

  Library library_;
  Face regular_;
  Face bold_;
};

/// Words that stand together: glyphs between gaps of two spaces or more.
struct Segment {
  std::u32string text;
  std::size_t begin = 0;  ///< first and one past the last index in the row
  std::size_t end = 0;
};

std::vector<Segment> segments_of(const std::vector<Glyph>& glyphs) {
  std::vector<Segment> segments;
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    if (glyphs[i].point == U' ') continue;
    const bool joins = !segments.empty() && i - segments.back().end <= 1;
    if (!joins) segments.push_back({U"", i, i});
    if (joins && i > segments.back().end) segments.back().text += U' ';
    segments.back().text += glyphs[i].point;
    segments.back().end = i + 1;
  }
  return segments;
}

bool is_rule(const std::vector<Glyph>& glyphs) {
  return !glyphs.empty() && std::all_of(glyphs.begin(), glyphs.end(),
                                        [](const Glyph& g) { return g.point == U'\u2500'; });
}

class Drawing {
 public:
  Drawing(Fonts fonts, const PrinterProfile& profile)
      : fonts_(std::move(fonts)),
        canvas_(profile.dots),
        columns_(profile.columns),
        cell_((profile.dots - 2 * margin_dots) / profile.columns),
        left_((profile.dots - profile.columns * cell_) / 2) {
    canvas_.grow(margin_rows);
  }

  Result<Done> operator()(const PaperRow& row) {
    int high = 1;
    for (const Glyph& glyph : row.glyphs) high = std::max(high, glyph.high);
    const int height =
        row.glyphs.empty() ? row.spacing_dots : std::max(row.spacing_dots, high * glyph_dots);
    const int top = canvas_.rows();
    if (top + height > max_rows) return too_long();
    canvas_.grow(height);
    if (is_rule(row.glyphs)) {
      canvas_.fill(left_, top + height / 2 - 1, columns_ * cell_, 2);
      return Done{};
    }
    const int baseline = top + static_cast<int>(std::lround(height * baseline_share));
    if (row.align == Align::centre)
      centred(row, baseline);
    else
      columns(row, baseline);
    return Done{};
  }

  Result<Done> operator()(const PaperQr& code) {
    const QrModules qr = qr_of(code.payload);
    if (qr.across == 0)
      return Error{Failure::limit, "preview.qr", "The code is too long for a QR code", "",
                   "Shorten it"};
    const int size = qr.across * code.module_dots;
    const int top = canvas_.rows() + qr_quiet_rows;
    if (top + size > max_rows) return too_long();
    canvas_.grow(size + 2 * qr_quiet_rows);
    const int x = code.align == Align::centre ? (canvas_.width() - size) / 2 : left_;
    for (int row = 0; row < qr.across; ++row)
      for (int column = 0; column < qr.across; ++column)
        if (qr.ink(row, column))
          canvas_.fill(x + column * code.module_dots, top + row * code.module_dots,
                       code.module_dots, code.module_dots);
    return Done{};
  }

  Result<Done> operator()(const PaperCut&) { return Done{}; }

  Result<std::string> png() {
    canvas_.grow(margin_rows);
    return canvas_.png();
  }

 private:
  static Error too_long() {
    return {Failure::limit, "preview.length", "The receipt is too long for a picture", "",
            "Use the printed one"};
  }
  static Pen pen_of(const Glyph& glyph) { return {glyph.bold, glyph.wide, glyph.high}; }

  /// Draws within `room`, condensed where the printer's narrower letters would have fitted.
  void draw(const Segment& segment, Pen pen, double width, double x, double room, int baseline) {
    pen.squeeze = width > room ? room / width : 1;
    fonts_.draw(canvas_, segment.text, x, baseline, pen);
  }

  void centred(const PaperRow& row, int baseline) {
    for (const Segment& segment : segments_of(row.glyphs)) {
      const Pen pen = pen_of(row.glyphs[segment.begin]);
      const double width = fonts_.width(segment.text, pen);
      const double room = columns_ * cell_;
      draw(segment, pen, width, left_ + std::max(0.0, (room - width) / 2), room, baseline);
    }
  }

  void columns(const PaperRow& row, int baseline) {
    const auto segments = segments_of(row.glyphs);
    double limit = left_ + columns_ * cell_;  // where what stands further right begins
    for (auto segment = segments.rbegin(); segment != segments.rend(); ++segment) {
      Pen pen = pen_of(row.glyphs[segment->begin]);
      const double begin = left_ + static_cast<double>(segment->begin) * cell_ * pen.wide;
      const bool flush_right =
          segment->begin > 0 && static_cast<int>(segment->end) * pen.wide == columns_;
      pen.figures = flush_right && pen.high == 1;
      const double width = fonts_.width(segment->text, pen);
      const double x = flush_right ? std::max<double>(left_, limit - width) : begin;
      draw(*segment, pen, width, x, limit - x, baseline);
      limit = x - cell_;
    }
  }

  Fonts fonts_;
  Canvas canvas_;
  int columns_;
  int cell_;
  int left_;
};

}  // namespace

Result<std::string> preview_png(std::string_view escpos, const PrinterProfile& profile,
                                const std::filesystem::path& fonts_folder) {
  auto paper = interpret(escpos);
  if (!paper) return paper.error();
  auto fonts = Fonts::open(fonts_folder);
  if (!fonts) return fonts.error();
  Drawing drawing(std::move(fonts).value(), profile);
  for (const PaperItem& item : *paper)
    if (auto drawn = std::visit(drawing, item); !drawn) return drawn.error();
  return drawing.png();
}

}  // namespace keepsake::devices
