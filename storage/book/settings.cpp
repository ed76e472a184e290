#include "storage/book/settings.hpp"

#include <algorithm>
#include <sstream>

#include "storage/book/data_folder.hpp"
#include "storage/book/settings_parts.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/whole_file.hpp"
#include "storage/toml/table_reader.hpp"

namespace keepsake {

namespace {

constexpr std::size_t file_bytes = 64 * 1024;
constexpr double px_per_mm_max = 100;

void read_currency(TableReader& reader, Currency& into) {
  const auto code = reader.text("currency", Need::optional, any_text(limits::name_bytes));
  if (!code || code->empty()) return;
  if (const auto known = Currency::parse(*code))
    into = *known;
  else
    reader.add_error("currency", wrong_setting, "There is no such currency",
                     "Write an ISO 4217 code such as NOK");
}

std::string_view name_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::text:
      return "text";
    case FieldKind::number:
      return "number";
    case FieldKind::date:
      return "date";
    case FieldKind::choice:
      return "choice";
    case FieldKind::yes_no:
      return "yes_no";
  }
  return "text";
}

toml::array array_of(const std::vector<std::string>& texts) {
  toml::array array;
  for (const std::string& text : texts) array.push_back(text);
  return array;
}

toml::table table_of(const LocalizedText& wording) {
  toml::table table;
  if (!wording.usual.empty()) table.insert("default", wording.usual);
  for (const auto& [language, text] : wording.translated) table.insert(language, text);
  return table;
}

toml::table table_of(const ConsentText& text) {
  return toml::table{
      {"purpose", name_of(text.purpose)}, {"version", text.version}, {"text", table_of(text.text)}};
}

toml::table table_of(const StatutoryCover& cover) {
  toml::table table{{"country", cover.country}, {"period", to_text(cover.period)}};
  if (cover.covered != LocalizedText{}) table.insert("covered", table_of(cover.covered));
  return table;
}

toml::table table_of(const CustomerField& field) {
  toml::table table;
  table.insert("key", field.key);
  if (field.label != LocalizedText{}) table.insert("label", table_of(field.label));
  table.insert("type", name_of(field.kind));
  table.insert("max_length", static_cast<std::int64_t>(field.max_length));
  if (field.least) table.insert("least", *field.least / 1000);
  if (field.most) table.insert("most", *field.most / 1000);
  if (!field.choices.empty()) table.insert("choices", array_of(field.choices));
  table.insert("seen_by", field.seen_by == SeenBy::managers ? "managers" : "everyone");
  if (field.ask_at_joining) table.insert("ask_at_joining", true);
  if (field.searchable) table.insert("searchable", true);
  return table;
}

toml::table table_of(const Retention& retention) {
  toml::table table{{"customers_inactive_months", retention.customers_inactive_months},
                    {"audit_days", retention.audit_days}};
  if (retention.keeping.return_days > 0) table.insert("return_days", retention.keeping.return_days);
  if (retention.keeping.bookkeeping_years > 0)
    table.insert("bookkeeping_years", retention.keeping.bookkeeping_years);
  return table;
}

void read_scanner(TableReader& reader, KeyLayout& into) {
  std::string name(name_of(into));
  take(reader.text("scanner_layout", Need::optional, any_text(limits::name_bytes)), name);
  if (const auto layout = parse_key_layout(name)) {
    into = *layout;
    return;
  }
  std::string names;
  for (const std::string_view each : key_layout_names)
    names += (names.empty() ? "" : ", ") + std::string(each);
  reader.add_error("scanner_layout", wrong_setting, "There is no such keyboard",
                   "Write one of " + names);
}

/// The two widths that receipt printers are made for.
void read_paper(TableReader& reader, Settings& settings) {
  take(reader.whole("paper_mm", Need::optional, 58, 80), settings.paper_mm);
  if (settings.paper_mm != 58 && settings.paper_mm != 80)
    reader.add_error("paper_mm", wrong_setting, "Receipt printers have no paper of this width",
                     "Write 58 or 80");
  take(reader.whole("printer_columns", Need::optional, 32, 64), settings.printer_columns);
}

void read_mirror(TableReader& reader, MirrorSettings& mirror) {
  const toml::table* table = reader.table("mirror");
  if (table == nullptr) return;
  TableReader one(*table, reader.dotted("mirror"), {}, reader.mistakes());
  if (const auto listen = one.text("listen", Need::optional, any_text(limits::name_bytes));
      listen && !listen->empty()) {
    const auto address = parse_address(*listen);
    if (address)
      mirror.listen = *address;
    else
      one.add_error("listen", wrong_setting, "This is no address with a port",
                    "Write 0.0.0.0:8471, or the till's own address in the shop's network");
  }
  if (const auto send = one.flag("send")) mirror.send = *send;
  one.finish();
}

void read_root(TableReader& reader, Settings& settings) {
  const std::pair<std::string_view, std::string*> texts[] = {
      {"time_zone", &settings.time_zone},
      {"calling_code", &settings.calling_code},
      {"country", &settings.country},
      {"printer", &settings.printer}};
  if (const auto shop =
          reader.text("shop", Need::optional, {limits::name_bytes, Presence::optional}))
    settings.shop = tidied(*shop);
  for (const auto& [key, into] : texts)
    take(reader.text(key, Need::optional, any_text(limits::name_bytes)), *into);
  reader.text("trunk_prefix", Need::optional, any_text(limits::name_bytes));  // of earlier versions
  read_currency(reader, settings.currency);
  take(reader.whole("cash_step_minor", Need::optional, 1, 100'000), settings.cash_step.minor);
  if (const auto density = reader.real("px_per_mm", 0, px_per_mm_max))
    settings.px_per_mm = *density;
  read_paper(reader, settings);
  read_scanner(reader, settings.scanner_layout);
  read_mirror(reader, settings.mirror);
  read_list(reader, "receipt_lines", limits::receipt_lines, settings.receipt_lines);
  read_chain_part(reader, {settings.retention, settings.stored_value, settings.customer_fields,
                           settings.consent_texts, settings.statutory_covers});
  reader.finish();
}

Result<std::string> content_of(const std::filesystem::path& file) {
  auto text = read_whole(file, file_bytes);
  if (text) return text;
  if (text.error().kind == Failure::not_found)
    return Error{Failure::not_found, "settings.none", "There is no settings file", file.string(),
                 "Make the folder with keepsake init, or restore the file from a backup."};
  if (text.error().kind == Failure::limit)
    return Error{Failure::limit, "settings.size", "The settings file is too large", file.string(),
                 "It has a few dozen lines; remove the rest."};
  return text;
}

}  // namespace

SettingsFile parse_settings(std::string_view text, const std::string& file) {
  SettingsFile read;
  Mistakes mistakes(file, "settings");
  try {
    const toml::table root = toml::parse(text);
    TableReader reader(root, {}, {}, mistakes);
    read_root(reader, read.settings);
    read.mistakes = std::move(mistakes).in_order();
    // One code for all of them: whatever is wrong, the owner corrects the value.
    for (Error& each : read.mistakes) each.code = wrong_setting;
  } catch (const toml::parse_error& error) {
    mistakes.add_error(place_of(error.source()), {}, "settings.syntax",
                       "The settings file is not TOML: " + std::string(error.description()),
                       "Correct the line.");
    read.mistakes = std::move(mistakes).in_order();
  }
  return read;
}

Result<Settings> read_settings(const std::filesystem::path& folder) {
  const auto file = settings_file(folder);
  const auto text = content_of(file);
  if (!text) return text.error();
  auto read = parse_settings(*text, file.string());
  if (!read.mistakes.empty()) return std::move(read.mistakes.front());
  return std::move(read.settings);
}

const StatutoryCover* statutory_cover(const Settings& settings) {
  const auto found =
      std::ranges::find(settings.statutory_covers, settings.country, &StatutoryCover::country);
  return found == settings.statutory_covers.end() ? nullptr : &*found;
}

std::vector<Error> settings_mistakes(const std::filesystem::path& folder) {
  const auto file = settings_file(folder);
  const auto text = content_of(file);
  if (!text) return {text.error()};
  return parse_settings(*text, file.string()).mistakes;
}

Result<Done> write_settings(const std::filesystem::path& folder, const Settings& settings) {
  const std::string currency(settings.currency == Currency{} ? "" : settings.currency.code());
  toml::table table;
  table.insert("shop", settings.shop);
  table.insert("currency", currency);
  table.insert("time_zone", settings.time_zone);
  table.insert("calling_code", settings.calling_code);
  table.insert("country", settings.country);
  table.insert("cash_step_minor", settings.cash_step.minor);
  table.insert("px_per_mm", settings.px_per_mm);
  table.insert("printer", settings.printer);
  if (settings.scanner_layout != KeyLayout::us)
    table.insert("scanner_layout", name_of(settings.scanner_layout));
  if (settings.paper_mm != Settings{}.paper_mm) table.insert("paper_mm", settings.paper_mm);
  if (settings.printer_columns > 0) table.insert("printer_columns", settings.printer_columns);
  if (!settings.receipt_lines.empty())
    table.insert("receipt_lines", array_of(settings.receipt_lines));
  table.insert("gift_card_months", settings.stored_value.gift_card_months);
  table.insert("wallet_months", settings.stored_value.wallet_months);
  if (const GiftCardForm& form = settings.stored_value.form; form != GiftCardForm{}) {
    toml::table number{{"prefix", form.prefix},
                       {"check", form.check == GiftCardForm::Check::luhn ? "luhn" : "none"}};
    if (form.length > 0) number.insert("length", form.length);
    table.insert("gift_card_number", number);
  }
  if (settings.mirror != MirrorSettings{}) {
    toml::table mirror;
    if (settings.mirror.listen) mirror.insert("listen", to_text(*settings.mirror.listen));
    if (!settings.mirror.send) mirror.insert("send", false);
    table.insert("mirror", mirror);
  }
  table.insert("retention", table_of(settings.retention));
  if (!settings.customer_fields.empty()) {
    toml::array fields;
    for (const CustomerField& field : settings.customer_fields) fields.push_back(table_of(field));
    table.insert("customer_field", fields);
  }
  if (!settings.statutory_covers.empty()) {
    toml::array covers;
    for (const StatutoryCover& cover : settings.statutory_covers) covers.push_back(table_of(cover));
    table.insert("statutory_cover", covers);
  }
  if (!settings.consent_texts.empty()) {
    toml::array texts;
    for (const ConsentText& text : settings.consent_texts) texts.push_back(table_of(text));
    table.insert("consent", texts);
  }
  std::ostringstream out;
  out << "# Settings of this Keepsake data folder.\n" << table << "\n";
  return write_durably(settings_file(folder), out.str());
}

}  // namespace keepsake
