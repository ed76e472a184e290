#include "storage/exchange/pdf_sheet.hpp"

#include <algorithm>
#include <cairo-pdf.h>
#include <cassert>
#include <pango/pangocairo.h>

namespace keepsake {

namespace {

// In points.
constexpr double mm = 72 / 25.4;
constexpr double page_width = 595.28, page_height = 841.89;
constexpr double left = 20 * mm, right = page_width - 20 * mm, width = right - left;
constexpr double top = 20 * mm, bottom = page_height - 24 * mm;
constexpr double head = 12 * mm, foot = page_height - 14 * mm;
constexpr double gutter = 3 * mm, row_padding = 3.2, heading_space = 20, kept_together = 60;
constexpr double hairline = 0.4;

template <auto free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    free(object);
  }
};

cairo_status_t append(void* into, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(into)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct PdfSheet::Style {
  const char* font;
  double grey;  ///< 0: black
};

struct PdfSheet::Drawing {
  static constexpr Style body{"Inter 8.5", 0.1}, quiet{"Inter 8.5", 0.42}, small{"Inter 7.5", 0.42},
      column{"Inter Semi-Bold 7.5", 0.42}, section{"Inter Semi-Bold 12", 0.1},
      name{"Inter Semi-Bold 20", 0.05};

  std::unique_ptr<cairo_surface_t, Freed<cairo_surface_destroy>> surface;
  std::unique_ptr<cairo_t, Freed<cairo_destroy>> cairo;
  std::unique_ptr<PangoLayout, Freed<g_object_unref>> layout;

  explicit Drawing(std::string& into)
      : surface(cairo_pdf_surface_create_for_stream(append, &into, page_width, page_height)),
        cairo(cairo_create(surface.get())),
        layout(pango_cairo_create_layout(cairo.get())) {
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    // Figures of one width, so that columns of them line up.
    const std::unique_ptr<PangoAttrList, Freed<pango_attr_list_unref>> attributes(
        pango_attr_list_new());
    pango_attr_list_insert(attributes.get(), pango_attr_font_features_new("tnum=1"));
    pango_layout_set_attributes(layout.get(), attributes.get());
  }

  /// Sets the layout; gives its height.
  double set(const std::string& text, const Style& style, double text_width, Align align) {
    const std::unique_ptr<PangoFontDescription, Freed<pango_font_description_free>> description(
        pango_font_description_from_string(style.font));
    pango_layout_set_font_description(layout.get(), description.get());
    pango_layout_set_width(layout.get(), static_cast<int>(text_width * PANGO_SCALE));
    pango_layout_set_alignment(layout.get(),
                               align == Align::right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }

  double draw(const std::string& text, const Style& style, double x, double y, double text_width,
              Align align = Align::left) {
    const double height = set(text, style, text_width, align);
    cairo_set_source_rgb(cairo.get(), style.grey, style.grey, style.grey);
    cairo_move_to(cairo.get(), x, y);
    pango_cairo_show_layout(cairo.get(), layout.get());
    return height;
  }

  void rule(double y, double grey) {
    cairo_set_source_rgb(cairo.get(), grey, grey, grey);
    cairo_set_line_width(cairo.get(), hairline);
    cairo_move_to(cairo.get(), left, y);
    cairo_line_to(cairo.get(), right, y);
    cairo_stroke(cairo.get());
  }
};

PdfSheet::PdfSheet(std::string& into, PdfFrame frame)
    : drawing_(std::make_unique<Drawing>(into)), frame_(std::move(frame)), y_(top) {
  cairo_pdf_surface_set_metadata(drawing_->surface.get(), CAIRO_PDF_METADATA_TITLE,
                                 frame_.subject.c_str());
}

PdfSheet::~PdfSheet() = default;

void PdfSheet::title(const std::string& above, const std::string& text, const std::string& below) {
  y_ += drawing_->draw(above, Drawing::small, left, y_, width) + 4;
  y_ += drawing_->draw(text, Drawing::name, left, y_, width) + 4;
  y_ += drawing_->draw(below, Drawing::quiet, left, y_, width) + 6;
}

void PdfSheet::heading(const std::string& text) {
  columns_.clear();
  need(heading_space + kept_together);
  if (y_ > top) y_ += heading_space;
  y_ += drawing_->draw(text, Drawing::section, left, y_, width) + 5;
}

void PdfSheet::paragraph(const std::string& text) {
  const double height = drawing_->set(text, Drawing::body, width, Align::left);
  need(height);
  y_ += drawing_->draw(text, Drawing::body, left, y_, width) + row_padding;
}

void PdfSheet::begin_table(std::vector<Column> columns) {
  columns_ = std::move(columns);
  draw_titles();
}

void PdfSheet::row(const std::vector<std::string>& cells) {
  assert(cells.size() == columns_.size());
  const auto style_of = [](const Column& column) -> const Style& {
    return column.quiet ? Drawing::quiet : Drawing::body;
  };
  // A text goes on over the empty cells behind it.
  const auto width_of = [&](std::size_t n) {
    double all = columns_[n].width_mm * mm;
    for (std::size_t next = n + 1;
         columns_[n].align == Align::left && next < cells.size() && cells[next].empty(); ++next)
      all += columns_[next].width_mm * mm;
    return all - gutter;
  };
  double height = 0;
  for (std::size_t n = 0; n < cells.size(); ++n)
    height = std::max(
        height, drawing_->set(cells[n], style_of(columns_[n]), width_of(n), columns_[n].align));
  need(height + 2 * row_padding);
  double x = left;
  for (std::size_t n = 0; n < cells.size(); ++n) {
    // Figures end where the column ends, texts leave the gutter free.
    const double from = columns_[n].align == Align::right ? x + gutter : x;
    drawing_->draw(cells[n], style_of(columns_[n]), from, y_ + row_padding, width_of(n),
                   columns_[n].align);
    x += columns_[n].width_mm * mm;
  }
  y_ += height + 2 * row_padding;
  drawing_->rule(y_, 0.86);
}

void PdfSheet::draw_titles() {
  if (columns_.empty() || columns_.front().title.empty()) {
    drawing_->rule(y_, 0.6);
    return;
  }
  double x = left, height = 0;
  for (const Column& each : columns_) {
    const double column = each.width_mm * mm;
    const double from = each.align == Align::right ? x + gutter : x;
    height = std::max(
        height, drawing_->draw(each.title, Drawing::column, from, y_, column - gutter, each.align));
    x += column;
  }
  y_ += height + 2;
  drawing_->rule(y_, 0.6);
}

void PdfSheet::need(double height) {
  if (y_ + height > bottom && y_ > top) break_page();
}

void PdfSheet::break_page() {
  draw_foot();
  cairo_show_page(drawing_->cairo.get());
  ++page_;
  drawing_->draw(frame_.subject, Drawing::small, left, head, width);
  y_ = top;
  if (!columns_.empty()) draw_titles();
}

void PdfSheet::draw_foot() {
  drawing_->draw(frame_.shop, Drawing::small, left, foot, width / 2);
  drawing_->draw(frame_.page_words(page_), Drawing::small, left + width / 2, foot, width / 2,
                 Align::right);
}

bool PdfSheet::finish() {
  draw_foot();
  cairo_show_page(drawing_->cairo.get());
  cairo_surface_finish(drawing_->surface.get());
  return cairo_status(drawing_->cairo.get()) == CAIRO_STATUS_SUCCESS &&
         cairo_surface_status(drawing_->surface.get()) == CAIRO_STATUS_SUCCESS;
}

}  // namespace keepsake
