#include "kiosk/cli/customers/customer_document.hpp"

#include <algorithm>
#include <utility>

#include "storage/book/settings.hpp"
#include "storage/locale/customer_words.hpp"
#include "storage/locale/timeline_words.hpp"

namespace keepsake::cli {

namespace {

/// One file's words, and in which language and by which declarations.
struct Writer {
  const CustomerFile& file;
  const Settings& settings;
  const Locale& locale;
  static constexpr std::string_view context = "document";  ///< of single words

  std::string tr(std::string_view msgid) const { return locale.tr(msgid); }
  /// One word above a column or in it.
  std::string word(std::string_view msgid) const { return locale.tr(context, msgid); }
  std::string moment(LocalTime at) const {
    return locale.date_short(at.date()) + ", " + locale.time(at);
  }
  std::string label(std::string_view field) const {
    return field_label(locale, settings.customer_fields, field);
  }
  /// A book counts in one currency, which stands above its column once.
  std::string amount(Money money) const {
    return money.currency == settings.currency ? locale.amount(money) : locale.money(money);
  }
  std::string amount_title() const {
    return locale.tr("Amount, {currency}", {{"currency", std::string(settings.currency.code())}});
  }
};

std::string signed_points(const Locale& locale, Points points) {
  if (points == Points{}) return {};
  return (points.hundredths > 0 ? "+" : "") + locale.points(points);
}

std::string size_words(const Locale& locale, std::int64_t bytes) {
  if (bytes < 1024 * 1024)
    return locale.tr("{size} KB", {{"size", locale.number((bytes + 1023) / 1024)}});
  const Quantity tenths{bytes * 10 / (1024 * 1024) * 100};
  return locale.tr("{size} MB", {{"size", locale.quantity(tenths)}});
}

DocumentSection profile_of(const Writer& w) {
  const CustomerProfile& profile = w.file.profile;
  DocumentSection section{w.tr("What we know")};
  section.columns = {{.title = "", .width_mm = 42, .quiet = true}, {.title = "", .width_mm = 128}};
  auto& rows = section.rows;
  rows.push_back({w.tr("Member since"), w.locale.date_long(profile.member_since.date())});
  rows.push_back({w.tr("Points"), w.locale.points(w.file.balance)});
  if (w.file.wallet.minor != 0) rows.push_back({w.tr("Wallet"), w.locale.money(w.file.wallet)});
  for (const FieldValue& each : profile.fields)
    rows.push_back({w.label(each.field),
                    value_words(w.locale, w.settings.customer_fields, each.field, each.value)});
  for (const Contact& each : profile.contacts)
    rows.push_back({w.label(name_of(each.kind)),
                    each.value + (each.usage.empty() ? "" : " (" + each.usage + ")")});
  rows.push_back({w.tr("Customer number"), to_hex(profile.ref)});
  for (const CustomerRef& each : profile.aliases)
    rows.push_back({w.tr("Merged with"), to_hex(each)});
  if (!profile.origin.empty()) rows.push_back({w.tr("Brought from"), profile.origin});
  return section;
}

DocumentSection consents_of(const Writer& w) {
  DocumentSection section{w.tr("Your consents")};
  if (w.file.profile.consents.empty()) {
    section.paragraph = w.tr("You have not been asked for any consent.");
    return section;
  }
  section.columns = {{w.word("Consent"), 26},
                     {w.word("Answer"), 22},
                     {w.word("Since"), 38},
                     {w.word("Place"), 30},
                     {w.word("Text"), 54}};
  for (const ConsentState& each : w.file.profile.consents) {
    // In the reader's language, as every word here; a text no longer known by its version.
    std::string text = consent_wording(w.locale, w.file.texts, each.purpose, each.last.wording);
    if (text.empty()) text = each.last.wording;
    section.rows.push_back({consent_name(w.locale, each.purpose),
                            each.granted ? w.word("Given") : w.word("Withdrawn"),
                            w.moment(each.last.at), each.place, std::move(text)});
  }
  return section;
}

DocumentSection lots_of(const Writer& w) {
  DocumentSection section{w.tr("Your points")};
  section.columns = {{w.tr("Earned on"), 42},
                     {w.word("Left"), 30, Align::right},
                     {w.tr("Valid until"), 98, Align::right}};
  for (const loyalty::Lot& each : w.file.lots)
    section.rows.push_back(
        {w.locale.date_long(each.earned_on), w.locale.points(each.remaining),
         each.expires ? w.locale.date_long(*each.expires) : w.tr("No expiry date")});
  return section;
}

DocumentSection warranties_of(const Writer& w) {
  DocumentSection section{w.tr("Your warranties")};
  section.columns = {{w.word("Item"), 64},
                     {w.tr("Serial number"), 42},
                     {w.word("From"), 32},
                     {w.tr("Valid until"), 32}};
  for (const WarrantySummary& each : w.file.warranties)
    section.rows.push_back({each.article_name, each.serial_typed,
                            w.locale.date_short(each.cover.start),
                            w.locale.date_short(each.cover.end)});
  return section;
}

DocumentSection files_of(const Writer& w) {
  DocumentSection section{w.tr("Files")};
  section.columns = {{w.word("Time"), 38},
                     {w.word("Kind"), 24},
                     {w.tr("Name in the folder “files”"), 84},
                     {w.word("Size"), 24, Align::right}};
  for (const AttachedFile& each : w.file.files)
    section.rows.push_back({w.moment(each.at), file_kind_name(w.locale, each.kind), safe_name(each),
                            size_words(w.locale, each.bytes)});
  return section;
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

/// What was bought and how it was paid, under the purchase.
void add_purchase(const Writer& w, const Purchase& purchase, DocumentSection& section) {
  for (const PurchaseLine& line : purchase.lines) {
    std::string words = w.locale.quantity(line.quantity) + " × " + line.name;
    if (line.warranty && !line.warranty->serial_typed.empty())
      words += ", " + line.warranty->serial_typed;
    section.rows.push_back({"", std::move(words), w.amount(line.amount), ""});
  }
  for (const Tender& tender : purchase.tenders)
    if (tender.kind != TenderKind::unknown)
      section.rows.push_back(
          {"", w.locale.tr("Paid: {way}", {{"way", tender_name(w.locale, tender.kind)}}),
           w.amount(tender.amount), ""});
}

DocumentSection history_of(const Writer& w) {
  DocumentSection section{w.tr("History")};
  section.columns = {{w.word("Time"), 38},
                     {w.word("Event"), 80},
                     {w.amount_title(), 30, Align::right},
                     {w.tr("Points"), 22, Align::right}};
  for (const TimelineEntry& each : w.file.timeline) {
    auto texts = pieces(timeline_title(w.locale, w.file.rules, each));
    section.rows.push_back({w.moment(each.at), texts.front(),
                            each.amount ? w.amount(*each.amount) : "",
                            signed_points(w.locale, each.points)});
    for (std::size_t n = 1; n < texts.size(); ++n) section.rows.push_back({"", texts[n], "", ""});
    const auto bought =
        std::ranges::find(w.file.purchases, each.place.fact, &std::pair<FactId, Purchase>::first);
    if (each.kind == TimelineKind::purchase && bought != w.file.purchases.end())
      add_purchase(w, bought->second, section);
  }
  return section;
}

DocumentSection looks_of(const Writer& w) {
  DocumentSection section{w.tr("Who has worked with your data")};
  section.columns = {{w.word("Time"), 38}, {w.word("Event"), 80}, {w.tr("Staff"), 52}};
  for (const AuditEntry& each : w.file.looks)
    section.rows.push_back({w.moment(each.at), audit_words(w.locale, each.action), each.staff});
  return section;
}

}  // namespace

CustomerDocument customer_document(const CustomerFile& file, const Settings& settings,
                                   const Locale& locale) {
  const Writer w{file, settings, locale};
  CustomerDocument document;
  document.name = file.profile.value(customer_field::name);
  if (document.name.empty())
    document.name =
        locale.tr("Customer {number}", {{"number", to_hex(file.profile.ref).substr(0, 8)}});
  document.subject = locale.tr("Everything kept about {name}", {{"name", document.name}});
  document.below = locale.tr("Everything this shop keeps about you");
  document.sections = {profile_of(w), consents_of(w)};
  if (!file.lots.empty()) document.sections.push_back(lots_of(w));
  if (!file.warranties.empty()) document.sections.push_back(warranties_of(w));
  if (!file.files.empty()) document.sections.push_back(files_of(w));
  document.sections.push_back(history_of(w));
  if (!file.looks.empty()) document.sections.push_back(looks_of(w));
  return document;
}

Language language_for(const CustomerProfile& profile, const Settings& settings) {
  const auto own = parse_language(profile.value(customer_field::language));
  return own ? *own : usual_language(settings.country);
}

}  // namespace keepsake::cli
