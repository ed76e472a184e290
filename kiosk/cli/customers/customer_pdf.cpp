// A customer's file as a document that the customer can read.
#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/customers/customer_document.hpp"
#include "storage/book/settings.hpp"
#include "storage/exchange/pdf_sheet.hpp"

namespace keepsake::cli {

namespace {

std::string page_words(const Locale& locale, int page, int pages) {
  if (pages == 0) return locale.tr("Page {page}", {{"page", locale.number(page)}});
  return locale.tr("Page {page} of {pages}",
                   {{"page", locale.number(page)}, {"pages", locale.number(pages)}});
}

bool write(std::string& bytes, const CustomerDocument& document, const std::string& shop,
           const Locale& locale, int& pages) {
  const int counted = pages;
  PdfSheet sheet(bytes, {shop, document.subject, [&locale, counted](int page) {
                           return page_words(locale, page, counted);
                         }});
  sheet.title(shop, document.name, document.below);
  for (const DocumentSection& section : document.sections) {
    sheet.heading(section.heading);
    if (!section.paragraph.empty()) sheet.paragraph(section.paragraph);
    if (section.columns.empty()) continue;
    sheet.begin_table(section.columns);
    for (const auto& row : section.rows) sheet.row(row);
  }
  pages = sheet.pages();
  return sheet.finish();
}

}  // namespace

Result<std::string> to_pdf(const CustomerFile& file, const Settings& settings,
                           const Locale& locale) {
  const CustomerDocument document = customer_document(file, settings, locale);
  // Once to count the pages, once to name their number.
  int pages = 0;
  for (;;) {
    std::string bytes;
    const int counted = pages;
    if (!write(bytes, document, settings.shop, locale, pages))
      return Error{Failure::unavailable, "pdf.failed", "The document could not be drawn", "",
                   "Check that fonts are installed."};
    if (pages == counted) return bytes;
  }
}

}  // namespace keepsake::cli
