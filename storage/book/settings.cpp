#include "storage/book/settings.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <sstream>
#include <toml++/toml.h>

#include "storage/book/data_folder.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/engine/durable_file.hpp"

namespace keepsake {

namespace {

constexpr std::uintmax_t file_bytes = 64 * 1024;
constexpr double px_per_mm_max = 100;
constexpr std::size_t list_max = 100;
constexpr std::size_t field_key_bytes = 32;
constexpr std::int64_t number_max = 1'000'000'000;

Error bad(const std::filesystem::path& file, const toml::source_region& at, std::string what,
          std::string remedy) {
  return {Failure::bad_input, "settings.value", std::move(what),
          file.string() + ", line " + std::to_string(at.begin.line), std::move(remedy)};
}

/// One file being read: the first wrong value stops it.
class Entries {
 public:
  Entries(std::filesystem::path file, const toml::table& table)
      : file_(std::move(file)), table_(table) {}

  void text(std::string_view key, std::string& into) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto value = node->value_exact<std::string>();
    if (!value || value->size() > limits::name_bytes)
      return fail(*node, key, "Write a short text in quotation marks.");
    into = *value;
  }

  void number(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t& into) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < least || *value > most)
      return fail(*node, key,
                  "Write a whole number from " + std::to_string(least) + " to " +
                      std::to_string(most) + ".");
    into = *value;
  }

  void real(std::string_view key, double least, double most, double& into) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto value = node->value<double>();
    if (!value || !(*value >= least && *value <= most))
      return fail(*node, key, "Write the number of pixels per millimetre, or 0 to estimate it.");
    into = *value;
  }

  void currency(std::string_view key, Currency& into) {
    std::string code;
    text(key, code);
    if (code.empty() || error_) return;
    auto parsed = Currency::parse(code);
    if (!parsed) return fail(*table_.get(key), key, "Write an ISO 4217 code such as NOK.");
    into = *parsed;
  }

  void list(std::string_view key, std::size_t most, std::vector<std::string>& into) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const toml::array* values = node->as_array();
    bool texts = values != nullptr && values->size() <= most;
    for (std::size_t i = 0; texts && i < values->size(); ++i) {
      const auto value = values->get(i)->value_exact<std::string>();
      texts = value && !value->empty() && value->size() <= limits::name_bytes;
      if (texts) into.push_back(*value);
    }
    if (!texts)
      fail(*node, key,
           "Write a list of up to " + std::to_string(most) + " short texts: [\"one\", \"two\"].");
  }

  /// [key]: a table of its own, read by `read`.
  template <class Read>
  void section(std::string_view key, Read read) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const toml::table* table = node->as_table();
    if (table == nullptr)
      return fail(*node, key, "Write it as a section: [" + std::string(key) + "].");
    Entries entries(file_, *table);
    read(entries);
    entries.refuse_unknown();
    if (!error_) error_ = entries.error_;
  }

  /// [[key]]: tables, each read by `read`.
  template <class Read>
  void sections(std::string_view key, std::size_t most, Read read) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const toml::array* tables = node->as_array();
    if (tables == nullptr || tables->size() > most || !tables->is_array_of_tables())
      return fail(*node, key, "Write each as a section of its own: [[" + std::string(key) + "]].");
    for (const toml::node& each : *tables) {
      Entries entries(file_, *each.as_table());
      read(entries);
      entries.refuse_unknown();
      if (!error_) error_ = entries.error_;
    }
  }

  /// A text for each language, and "default" for every other.
  void wording(LocalizedText& into, std::size_t most_bytes) {
    for (const auto& [key, node] : table_) {
      known_.push_back(key.str());
      const auto value = node.value_exact<std::string>();
      if (!value || value->empty() || value->size() > most_bytes)
        return fail(node, key.str(), "Write a short text in quotation marks.");
      if (key.str() == "default")
        into.usual = *value;
      else if (is_language(key.str()))
        into.translated.emplace(key.str(), *value);
      else
        return fail(node, key.str(), "Write a BCP 47 language tag such as nb, or default.");
    }
  }

  /// For what only the reader of the section knows to be wrong.
  void refuse(std::string_view key, std::string remedy) {
    const toml::node* node = table_.get(key);
    fail(node != nullptr ? *node : static_cast<const toml::node&>(table_), key, std::move(remedy));
  }

  /// A misspelt key must not be a setting that silently does nothing.
  void refuse_unknown() {
    for (const auto& [key, node] : table_)
      if (std::find(known_.begin(), known_.end(), key.str()) == known_.end())
        fail(node, key.str(), "Unknown setting; the settings are: " + known_words() + ".");
  }

  const std::optional<Error>& error() const { return error_; }

 private:
  const toml::node* find(std::string_view key) {
    known_.push_back(key);
    return table_.get(key);
  }
  void fail(const toml::node& node, std::string_view key, std::string remedy) {
    if (!error_)
      error_ = bad(file_, node.source(), "The setting " + std::string(key) + " is wrong",
                   std::move(remedy));
  }
  std::string known_words() const {
    std::string words;
    for (const auto key : known_) words += (words.empty() ? "" : ", ") + std::string(key);
    return words;
  }

  std::filesystem::path file_;
  const toml::table& table_;
  std::vector<std::string_view> known_;
  std::optional<Error> error_;
};

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
  return !key.empty() && key.size() <= field_key_bytes && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// Whole numbers in the file, thousandths in the rule.
void read_bound(Entries& entries, std::string_view key, std::optional<std::int64_t>& into) {
  std::int64_t value = std::numeric_limits<std::int64_t>::min();
  entries.number(key, -number_max, number_max, value);
  if (value != std::numeric_limits<std::int64_t>::min()) into = value * 1000;
}

CustomerField field_of(Entries& entries) {
  CustomerField field;
  std::string kind = "text";
  std::string seen_by = "everyone";
  auto length = static_cast<std::int64_t>(field.max_length);
  entries.text("key", field.key);
  entries.section("label",
                  [&](Entries& labels) { labels.wording(field.label, limits::name_bytes); });
  entries.text("type", kind);
  entries.number("max_length", 1, static_cast<std::int64_t>(limits::text_bytes), length);
  read_bound(entries, "least", field.least);
  read_bound(entries, "most", field.most);
  entries.list("choices", list_max, field.choices);
  entries.text("seen_by", seen_by);
  field.max_length = static_cast<std::size_t>(length);
  if (!is_key(field.key)) entries.refuse("key", "Write up to 32 small letters, digits and _.");
  if (const auto known = kind_named(kind))
    field.kind = *known;
  else
    entries.refuse("type", "Write text, number, date, choice or yes_no.");
  if (field.kind == FieldKind::choice && field.choices.empty())
    entries.refuse("choices", "Give a choice at least one value.");
  if (seen_by == "managers")
    field.seen_by = SeenBy::managers;
  else if (seen_by != "everyone")
    entries.refuse("seen_by", "Write everyone or managers.");
  return field;
}

void read_fields(Entries& entries, std::vector<CustomerField>& fields) {
  entries.sections("customer_field", limits::customer_fields, [&](Entries& each) {
    CustomerField field = field_of(each);
    if (std::ranges::find(fields, field.key, &CustomerField::key) != fields.end())
      each.refuse("key", "Give each field its own key.");
    fields.push_back(std::move(field));
  });
}

void read_consents(Entries& entries, std::vector<ConsentText>& texts) {
  entries.sections("consent", limits::consent_texts, [&](Entries& each) {
    ConsentText text;
    std::string purpose;
    each.text("purpose", purpose);
    each.text("version", text.version);
    each.section("text", [&](Entries& words) { words.wording(text.text, limits::text_bytes); });
    if (const auto known = parse_consent_purpose(purpose))
      text.purpose = *known;
    else
      each.refuse("purpose", "Write membership, marketing or sharing.");
    texts.push_back(std::move(text));
    if (const auto ok = check(texts); !ok) each.refuse("version", ok.error().remedy + ".");
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
  return table;
}

Result<Settings> settings_of(const std::filesystem::path& file, const toml::table& table) {
  Settings settings;
  Entries entries(file, table);
  entries.text("shop", settings.shop);
  entries.currency("currency", settings.currency);
  entries.text("time_zone", settings.time_zone);
  entries.text("calling_code", settings.calling_code);
  entries.text("trunk_prefix", settings.trunk_prefix);
  entries.text("country", settings.country);
  entries.number("cash_step_minor", 1, 100'000, settings.cash_step.minor);
  entries.real("px_per_mm", 0, px_per_mm_max, settings.px_per_mm);
  entries.text("printer", settings.printer);
  entries.list("receipt_lines", limits::receipt_lines, settings.receipt_lines);
  entries.number("gift_card_months", 0, limits::stored_value_months,
                 settings.stored_value.gift_card_months);
  entries.number("wallet_months", 0, limits::stored_value_months,
                 settings.stored_value.wallet_months);
  entries.section("retention", [&](Entries& retention) {
    retention.number("customers_inactive_months", 0, 1200,
                     settings.retention.customers_inactive_months);
    retention.number("audit_days", 0, 36'500, settings.retention.audit_days);
  });
  read_fields(entries, settings.customer_fields);
  read_consents(entries, settings.consent_texts);
  entries.refuse_unknown();
  if (entries.error()) return *entries.error();
  return settings;
}

}  // namespace

Result<Settings> read_settings(const std::filesystem::path& folder) {
  const auto file = settings_file(folder);
  std::error_code missing;
  const auto size = std::filesystem::file_size(file, missing);
  if (missing)
    return Error{Failure::not_found, "settings.none", "There is no settings file", file.string(),
                 "Make the folder with keepsake init, or restore the file from a backup."};
  if (size > file_bytes)
    return Error{Failure::limit, "settings.size", "The settings file is too large", file.string(),
                 "It has a few dozen lines; remove the rest."};
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad())
    return Error{Failure::unavailable, "disk.io", "The settings file cannot be read", file.string(),
                 "Check the disk and the file's permissions."};
  try {
    return settings_of(file, toml::parse(text));
  } catch (const toml::parse_error& error) {
    Error fault = bad(file, error.source(),
                      "The settings file is not TOML: " + std::string(error.description()),
                      "Correct the line.");
    fault.code = "settings.syntax";
    return fault;
  }
}

Result<Done> write_settings(const std::filesystem::path& folder, const Settings& settings) {
  const std::string currency(settings.currency == Currency{} ? "" : settings.currency.code());
  toml::table table;
  table.insert("shop", settings.shop);
  table.insert("currency", currency);
  table.insert("time_zone", settings.time_zone);
  table.insert("calling_code", settings.calling_code);
  table.insert("trunk_prefix", settings.trunk_prefix);
  table.insert("country", settings.country);
  table.insert("cash_step_minor", settings.cash_step.minor);
  table.insert("px_per_mm", settings.px_per_mm);
  table.insert("printer", settings.printer);
  if (!settings.receipt_lines.empty())
    table.insert("receipt_lines", array_of(settings.receipt_lines));
  table.insert("gift_card_months", settings.stored_value.gift_card_months);
  table.insert("wallet_months", settings.stored_value.wallet_months);
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
