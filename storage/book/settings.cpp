#include "storage/book/settings.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include "storage/book/data_folder.hpp"
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
constexpr std::size_t list_max = 100;
constexpr std::size_t field_key_bytes = 32;
constexpr std::int64_t number_max = 1'000'000'000;
constexpr std::string_view wrong_value = "settings.value";

/// As the owner writes it: nothing too, and lines and signs of their choice.
TextRule any_text(std::size_t most) { return {most, Presence::optional, Characters::any}; }
TextRule some_text(std::size_t most) { return {most, Presence::required, Characters::any}; }

void take(std::optional<std::string> value, std::string& into) {
  if (value) into = std::move(*value);
}
void take(std::optional<std::int64_t> value, std::int64_t& into) {
  if (value) into = *value;
}

void read_currency(TableReader& reader, Currency& into) {
  const auto code = reader.text("currency", Need::optional, any_text(limits::name_bytes));
  if (!code || code->empty()) return;
  if (const auto known = Currency::parse(*code))
    into = *known;
  else
    reader.add_error("currency", wrong_value, "There is no such currency",
                     "Write an ISO 4217 code such as NOK");
}

/// A list of at most `most` short texts; an empty one is none.
void read_list(TableReader& reader, std::string_view key, std::size_t most,
               std::vector<std::string>& into) {
  const toml::node* node = reader.node(key);
  if (node == nullptr) return;
  const toml::array* values = node->as_array();
  bool texts = values != nullptr && values->size() <= most;
  for (std::size_t i = 0; texts && i < values->size(); ++i) {
    const auto value = values->get(i)->value_exact<std::string>();
    const std::string text = value ? tidied(*value) : std::string();
    texts = check_text(text, limits::name_bytes, Presence::required, {}).ok();
    if (texts) into.push_back(text);
  }
  if (!texts)
    reader.add_error(key, wrong_value, "This is no list of short texts",
                     "Write up to " + std::to_string(most) + " of them: [\"one\", \"two\"]");
}

/// [key]: a text for each language, and "default" for every other.
std::optional<LocalizedText> read_wording(TableReader& reader, std::string_view key,
                                          std::size_t most) {
  const toml::table* table = reader.table(key);
  if (table == nullptr) return std::nullopt;
  TableReader languages(*table, reader.dotted(key), {}, reader.mistakes());
  LocalizedText words;
  for (const auto& [language, node] : *table) {
    auto said = languages.text(language.str(), Need::optional, some_text(most));
    if (!said) continue;
    if (language.str() == "default")
      words.usual = std::move(*said);
    else if (is_language(language.str()))
      words.translated.emplace(language.str(), std::move(*said));
    else
      languages.add_error(language.str(), wrong_value, "This is no language",
                          "Write it as BCP 47 has it, such as nb, or default");
  }
  return words;
}

/// [[key]]: tables, each read by `read(reader)`.
template <class Read>
void read_each(TableReader& reader, std::string_view key, std::size_t most, const Read& read) {
  const auto tables = reader.tables(key);
  if (tables.size() > most)
    reader.add_error(key, wrong_value, "There are too many of these",
                     "Write at most " + std::to_string(most));
  for (const toml::table* table : tables) {
    TableReader one(*table, std::string(key), {}, reader.mistakes());
    read(one);
    one.finish();
  }
}

std::optional<FieldKind> kind_named(std::string_view name) {
  static const std::map<std::string_view, FieldKind> kinds{{"text", FieldKind::text},
                                                           {"number", FieldKind::number},
                                                           {"date", FieldKind::date},
                                                           {"choice", FieldKind::choice},
                                                           {"yes_no", FieldKind::yes_no}};
  const auto found = kinds.find(name);
  return found == kinds.end() ? std::nullopt : std::optional(found->second);
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

bool is_key(std::string_view key) {
  return !key.empty() && key.size() <= field_key_bytes &&
         std::ranges::all_of(key, [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

/// Whole numbers in the file, thousandths in the rule.
std::optional<std::int64_t> read_bound(TableReader& reader, std::string_view key) {
  const auto value = reader.whole(key, Need::optional, -number_max, number_max);
  return value ? std::optional(*value * 1000) : std::nullopt;
}

void read_kind(TableReader& reader, CustomerField& field) {
  const auto kind = reader.text("type", Need::optional, any_text(limits::name_bytes));
  if (!kind) return;
  if (const auto known = kind_named(*kind))
    field.kind = *known;
  else
    reader.add_error("type", wrong_value, "There is no such type of field",
                     "Write text, number, date, choice or yes_no");
}

void read_viewer(TableReader& reader, CustomerField& field) {
  const auto seen_by = reader.text("seen_by", Need::optional, any_text(limits::name_bytes));
  if (!seen_by) return;
  if (*seen_by == "managers")
    field.seen_by = SeenBy::managers;
  else if (*seen_by != "everyone")
    reader.add_error("seen_by", wrong_value, "There is no such viewer",
                     "Write everyone or managers");
}

CustomerField field_of(TableReader& reader) {
  CustomerField field;
  auto length = static_cast<std::int64_t>(field.max_length);
  const auto key = reader.text("key", Need::required, any_text(limits::name_bytes));
  if (key && !is_key(*key))
    reader.add_error("key", wrong_value, "This is no key",
                     "Write up to 32 small letters, digits and _");
  field.key = key.value_or("");
  if (const auto label = read_wording(reader, "label", limits::name_bytes)) field.label = *label;
  read_kind(reader, field);
  take(reader.whole("max_length", Need::optional, 1, static_cast<std::int64_t>(limits::text_bytes)),
       length);
  field.least = read_bound(reader, "least");
  field.most = read_bound(reader, "most");
  read_list(reader, "choices", list_max, field.choices);
  read_viewer(reader, field);
  field.ask_at_joining = reader.flag("ask_at_joining").value_or(false);
  field.searchable = reader.flag("searchable").value_or(false);
  if (field.searchable && field.seen_by == SeenBy::managers)
    reader.add_error("searchable", wrong_value, "Whoever searches would see what is for managers",
                     "Leave it out, or let everyone see the field");
  field.max_length = static_cast<std::size_t>(length);
  if (field.kind == FieldKind::choice && field.choices.empty())
    reader.add_error("choices", wrong_value, "A choice has nothing to choose from",
                     "Give it at least one value");
  return field;
}

void read_fields(TableReader& reader, std::vector<CustomerField>& fields) {
  read_each(reader, "customer_field", limits::customer_fields, [&](TableReader& each) {
    CustomerField field = field_of(each);
    if (std::ranges::find(fields, field.key, &CustomerField::key) != fields.end())
      each.add_error("key", wrong_value, "Another field has this key",
                     "Give each field a key of its own");
    fields.push_back(std::move(field));
  });
}

void read_consents(TableReader& reader, std::vector<ConsentText>& texts) {
  read_each(reader, "consent", limits::consent_texts, [&](TableReader& each) {
    ConsentText text;
    const auto purpose = each.text("purpose", Need::required, any_text(limits::name_bytes));
    take(each.text("version", Need::optional, any_text(limits::name_bytes)), text.version);
    if (const auto words = read_wording(each, "text", limits::text_bytes)) text.text = *words;
    if (const auto known = parse_consent_purpose(purpose.value_or("")))
      text.purpose = *known;
    else if (purpose)
      each.add_error("purpose", wrong_value, "There is no such consent",
                     "Write membership, marketing or sharing");
    auto with_it = texts;
    with_it.push_back(std::move(text));
    if (const auto ok = check(with_it); ok)
      texts = std::move(with_it);
    else
      each.add_error("version", wrong_value, ok.error().what, ok.error().remedy);
  });
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

void read_retention(TableReader& reader, Retention& into) {
  const toml::table* table = reader.table("retention");
  if (table == nullptr) return;
  TableReader retention(*table, "retention", {}, reader.mistakes());
  take(retention.whole("customers_inactive_months", Need::optional, 0, 1200),
       into.customers_inactive_months);
  take(retention.whole("audit_days", Need::optional, 0, 36'500), into.audit_days);
  retention.finish();
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
  reader.add_error("scanner_layout", wrong_value, "There is no such keyboard",
                   "Write one of " + names);
}

void read_gift_cards(TableReader& reader, GiftCardForm& into) {
  const toml::table* table = reader.table("gift_card_number");
  if (table == nullptr) return;
  TableReader form(*table, "gift_card_number", {}, reader.mistakes());
  take(form.text("prefix", Need::optional, any_text(20)), into.prefix);
  take(form.whole("length", Need::optional, 6, 40), into.length);
  std::string check = "none";
  take(form.text("check", Need::optional, any_text(limits::code_bytes)), check);
  if (check != "none" && check != "luhn")
    form.add_error("check", wrong_value, "Unknown check digit", "Write \"luhn\" or \"none\"");
  into.check = check == "luhn" ? GiftCardForm::Check::luhn : GiftCardForm::Check::none;
  if (const auto name = card_name(into.prefix + "000000"); !name || *name != into.prefix + "000000")
    form.add_error("prefix", wrong_value, "A prefix is of capital letters and digits",
                   "Write such as \"GC\"");
  form.finish();
}

/// The two widths that receipt printers are made for.
void read_paper(TableReader& reader, Settings& settings) {
  take(reader.whole("paper_mm", Need::optional, 58, 80), settings.paper_mm);
  if (settings.paper_mm != 58 && settings.paper_mm != 80)
    reader.add_error("paper_mm", wrong_value, "Receipt printers have no paper of this width",
                     "Write 58 or 80");
  take(reader.whole("printer_columns", Need::optional, 32, 64), settings.printer_columns);
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
  read_list(reader, "receipt_lines", limits::receipt_lines, settings.receipt_lines);
  take(reader.whole("gift_card_months", Need::optional, 0, limits::stored_value_months),
       settings.stored_value.gift_card_months);
  take(reader.whole("wallet_months", Need::optional, 0, limits::stored_value_months),
       settings.stored_value.wallet_months);
  read_retention(reader, settings.retention);
  read_gift_cards(reader, settings.stored_value.form);
  read_fields(reader, settings.customer_fields);
  read_consents(reader, settings.consent_texts);
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
    for (Error& each : read.mistakes) each.code = wrong_value;
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
  table.insert("retention", toml::table{{"customers_inactive_months",
                                         settings.retention.customers_inactive_months},
                                        {"audit_days", settings.retention.audit_days}});
  if (!settings.customer_fields.empty()) {
    toml::array fields;
    for (const CustomerField& field : settings.customer_fields) fields.push_back(table_of(field));
    table.insert("customer_field", fields);
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
