// A customer's file as a PDF: Cairo draws the pages, Pango sets the text in any script.
#include <cairo-pdf.h>
#include <memory>
#include <pango/pangocairo.h>

#include "storage/cli/customer.hpp"
#include "storage/cli/table.hpp"

namespace keepsake::cli {

namespace {

constexpr double page_width = 595.28;  // A4 in points
constexpr double page_height = 841.89;
constexpr double margin = 56.7;  // 20 mm

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

/// Paragraphs from the top of a page down; a new page when one does not fit.
class Sheet {
 public:
  explicit Sheet(std::string& into)
      : surface_(cairo_pdf_surface_create_for_stream(append, &into, page_width, page_height)),
        cairo_(cairo_create(surface_.get())),
        layout_(pango_cairo_create_layout(cairo_.get())) {
    pango_layout_set_width(layout_.get(),
                           static_cast<int>((page_width - 2 * margin) * PANGO_SCALE));
    pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
  }

  void title(const std::string& text) { paragraph(text, "Inter Bold 18", 10); }
  void heading(const std::string& text) {
    y_ += 10;
    paragraph(text, "Inter Bold 12", 4);
  }
  void line(const std::string& text) { paragraph(text, "Inter 9", 3); }

  bool finish() {
    cairo_show_page(cairo_.get());
    cairo_surface_finish(surface_.get());
    return cairo_status(cairo_.get()) == CAIRO_STATUS_SUCCESS &&
           cairo_surface_status(surface_.get()) == CAIRO_STATUS_SUCCESS;
  }

 private:
  void paragraph(const std::string& text, const char* font, double after) {
    const std::unique_ptr<PangoFontDescription, Freed<pango_font_description_free>> description(
        pango_font_description_from_string(font));
    pango_layout_set_font_description(layout_.get(), description.get());
    pango_layout_set_text(layout_.get(), text.data(), static_cast<int>(text.size()));
    int height = 0;
    pango_layout_get_size(layout_.get(), nullptr, &height);
    const double points = static_cast<double>(height) / PANGO_SCALE;
    if (y_ + points > page_height - margin && y_ > margin) {
      cairo_show_page(cairo_.get());
      y_ = margin;
    }
    cairo_move_to(cairo_.get(), margin, y_);
    pango_cairo_show_layout(cairo_.get(), layout_.get());
    y_ += points + after;
  }

  std::unique_ptr<cairo_surface_t, Freed<cairo_surface_destroy>> surface_;
  std::unique_ptr<cairo_t, Freed<cairo_destroy>> cairo_;
  std::unique_ptr<PangoLayout, Freed<g_object_unref>> layout_;
  double y_ = margin;
};

std::string label_of(const FieldValue& value, const Settings& settings) {
  const CustomerField* field = declared(settings.customer_fields, value.field);
  return field == nullptr ? value.field : std::string(field->label(""));
}

void write_profile(Sheet& sheet, const CustomerFile& file, const Settings& settings) {
  sheet.heading("What we know");
  sheet.line("Member since " + to_iso(file.profile.member_since.date()));
  for (const FieldValue& each : file.profile.fields)
    sheet.line(label_of(each, settings) + ": " + each.value);
  for (const Contact& each : file.profile.contacts)
    sheet.line(std::string(name_of(each.kind)) + ": " + each.value +
               (each.usage.empty() ? "" : " (" + each.usage + ")"));
  sheet.line("Points: " + to_decimal(file.balance));
  sheet.heading("Consents");
  if (file.profile.consents.empty()) sheet.line("None was asked for.");
  for (const ConsentState& each : file.profile.consents) {
    const char* const purposes[] = {"Membership", "Marketing", "Sharing"};
    sheet.line(std::string(purposes[static_cast<std::size_t>(each.purpose)]) +
               (each.granted ? ": given " : ": withdrawn ") + to_iso(each.last.at) + ", text " +
               each.last.wording + " in " + each.last.language);
  }
}

void write_files(Sheet& sheet, const CustomerFile& file) {
  if (file.files.empty()) return;
  sheet.heading("Files");
  for (const AttachedFile& each : file.files)
    sheet.line(to_iso(each.at) + "  " + std::string(name_of(each.kind)) + ": " + safe_name(each) +
               ", " + std::to_string(each.bytes) + " bytes");
}

void write_timeline(Sheet& sheet, const CustomerFile& file) {
  sheet.heading("What happened");
  for (const TimelineEntry& each : file.timeline) {
    std::string line = to_iso(each.at) + "  " + std::string(name_of(each.kind));
    if (!each.text.empty()) line += ": " + each.text;
    if (each.amount)
      line += ", " + grouped(*each.amount) + " " + std::string(each.amount->currency.code());
    if (each.points != Points{}) line += ", points " + to_decimal(each.points);
    sheet.line(line);
  }
}

}  // namespace

Result<std::string> to_pdf(const CustomerFile& file, const Settings& settings) {
  std::string bytes;
  Sheet sheet(bytes);
  sheet.title(settings.shop);
  sheet.line("Everything this shop keeps about the customer " + to_hex(file.profile.ref));
  write_profile(sheet, file, settings);
  write_files(sheet, file);
  write_timeline(sheet, file);
  if (sheet.finish()) return bytes;
  return Error{Failure::unavailable, "pdf.failed", "The document could not be drawn", "",
               "Check that fonts are installed."};
}

}  // namespace keepsake::cli
