// A customer's file as a document that the customer can read.
#include "kiosk/cli/customers/customer.hpp"
#include "storage/book/settings.hpp"
#include "storage/exchange/pdf_sheet.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {

namespace {

/// "heard_from" -> "Heard from".
std::string as_label(std::string_view name) {
  std::string label(name);
  for (char& c : label)
    if (c == '_') c = ' ';
  if (!label.empty() && label[0] >= 'a' && label[0] <= 'z')
    label[0] = static_cast<char>(label[0] - 'a' + 'A');
  return label;
}

std::string label_of(const FieldValue& value, const Settings& settings) {
  const CustomerField* field = declared(settings.customer_fields, value.field);
  return as_label(field == nullptr ? std::string_view(value.field) : field->label_in("en"));
}

/// "2026-11-21 15:02", as the clock at the till said.
std::string moment(LocalTime at) {
  std::string text = to_iso(at).substr(0, 16);
  text[10] = ' ';
  return text;
}

std::string signed_points(Points points) {
  if (points == Points{}) return {};
  // A real minus sign is as wide as the plus.
  return points.hundredths > 0 ? "+" + to_decimal(points)
                               : "\u2212" + to_decimal(Points{-points.hundredths});
}

std::string size_words(std::int64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " bytes";
  if (bytes < 1024 * 1024) return std::to_string((bytes + 1023) / 1024) + " KB";
  return std::to_string(bytes * 10 / (1024 * 1024) / 10) + "." +
         std::to_string(bytes * 10 / (1024 * 1024) % 10) + " MB";
}

std::string name_or_reference(const CustomerFile& file) {
  const std::string_view name = file.profile.value(customer_field::name);
  return name.empty() ? "Customer " + to_hex(file.profile.ref).substr(0, 8) : std::string(name);
}

void write_profile(PdfSheet& sheet, const CustomerFile& file, const Settings& settings) {
  sheet.heading("What we know");
  sheet.begin_table({{.title = "", .width_mm = 42, .quiet = true}, {.title = "", .width_mm = 128}});
  sheet.row({"Member since", to_iso(file.profile.member_since.date())});
  sheet.row({"Points", to_decimal(file.balance)});
  for (const FieldValue& each : file.profile.fields)
    sheet.row({label_of(each, settings), each.value});
  for (const Contact& each : file.profile.contacts)
    sheet.row({as_label(name_of(each.kind)),
               each.value + (each.usage.empty() ? "" : " (" + each.usage + ")")});
  sheet.row({"Reference", to_hex(file.profile.ref)});
  for (const CustomerRef& each : file.profile.aliases) sheet.row({"Joined with", to_hex(each)});
  if (!file.profile.origin.empty()) sheet.row({"Came from", file.profile.origin});
}

void write_consents(PdfSheet& sheet, const CustomerFile& file) {
  sheet.heading("Your consents");
  if (file.profile.consents.empty())
    return sheet.paragraph("You have not been asked for any consent.");
  sheet.begin_table({{"Purpose", 30}, {"Now", 27}, {"Since", 40}, {"Where", 33}, {"Text", 40}});
  for (const ConsentState& each : file.profile.consents) {
    const char* const purposes[] = {"Membership", "Marketing", "Sharing"};
    sheet.row({purposes[static_cast<std::size_t>(each.purpose)],
               each.granted ? "given" : "withdrawn", moment(each.last.at), each.place,
               each.last.wording + " (" + each.last.language + ")"});
  }
}

void write_files(PdfSheet& sheet, const CustomerFile& file) {
  if (file.files.empty()) return;
  sheet.heading("Files");
  sheet.begin_table(
      {{"When", 40}, {"Kind", 24}, {"Name in the folder files", 80}, {"Size", 26, Align::right}});
  for (const AttachedFile& each : file.files)
    sheet.row(
        {moment(each.at), as_label(name_of(each.kind)), safe_name(each), size_words(each.bytes)});
}

/// A note may have more lines than a page; rows are not broken.
std::vector<std::string> pieces(const std::string& text) {
  constexpr int lines_together = 25;
  std::vector<std::string> all(1);
  int lines = 0;
  for (const char c : text) {
    if (c == '\n' && ++lines % lines_together == 0)
      all.emplace_back();
    else
      all.back() += c;
  }
  return all;
}

/// A book counts in one currency, which stands above its column once.
std::string amount_words(const TimelineEntry& entry, Currency usual) {
  if (!entry.amount) return {};
  const std::string amount = grouped(*entry.amount);
  const Currency currency = entry.amount->currency;
  return currency == usual ? amount : amount + " " + std::string(currency.code());
}

void write_timeline(PdfSheet& sheet, const CustomerFile& file, Currency usual) {
  sheet.heading("History");
  sheet.begin_table({{"When", 40},
                     {"What", 24},
                     {"", 60},
                     {"Amount, " + std::string(usual.code()), 28, Align::right},
                     {"Points", 18, Align::right}});
  for (const TimelineEntry& each : file.timeline) {
    auto texts = pieces(each.text);
    sheet.row({moment(each.at), as_label(name_of(each.kind)), texts.front(),
               amount_words(each, usual), signed_points(each.points)});
    for (std::size_t n = 1; n < texts.size(); ++n) sheet.row({"", "", texts[n], "", ""});
  }
}

bool write(std::string& bytes, const CustomerFile& file, const Settings& settings, int& pages) {
  const std::string name = name_or_reference(file);
  PdfSheet sheet(bytes, {settings.shop, "Everything kept about " + name, pages});
  sheet.title(settings.shop, name, "Everything this shop keeps about you");
  write_profile(sheet, file, settings);
  write_consents(sheet, file);
  write_files(sheet, file);
  write_timeline(sheet, file, settings.currency);
  pages = sheet.pages();
  return sheet.finish();
}

}  // namespace

Result<std::string> to_pdf(const CustomerFile& file, const Settings& settings) {
  // Once to count the pages, once to name their number.
  int pages = 0;
  for (;;) {
    std::string bytes;
    const int counted = pages;
    if (!write(bytes, file, settings, pages))
      return Error{Failure::unavailable, "pdf.failed", "The document could not be drawn", "",
                   "Check that fonts are installed."};
    if (pages == counted) return bytes;
  }
}

}  // namespace keepsake::cli
