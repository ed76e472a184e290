#include "storage/toml/table_reader.hpp"

#include <sstream>

#include "storage/domain/values/limits.hpp"

namespace keepsake {
namespace {

constexpr std::int64_t most_points_hundredths = 100'000'000;

Result<Done> check(std::string_view value, const TextRule& rule) {
  const bool kept_as_it_is = rule.characters == Characters::any && value.size() <= rule.max_bytes &&
                             (!value.empty() || rule.presence == Presence::optional);
  return kept_as_it_is ? Done{} : check_text(value, rule.max_bytes, rule.presence, {});
}

}  // namespace

std::string TableReader::dotted(std::string_view key) const {
  return name_.empty() ? std::string(key) : name_ + "." + std::string(key);
}

Place TableReader::place(std::string_view key) const {
  const toml::node* node = table_.get(key);
  return place_of(node == nullptr ? table_ : *node);
}

void TableReader::add_error(std::string_view key, std::string_view code, std::string what,
                            std::string remedy) {
  mistakes_.add_error(place(key), dotted(key), code, std::move(what), std::move(remedy));
}

void TableReader::wrong(std::string_view key, std::string_view kind, std::string what,
                        std::string remedy) {
  add_error(key, mistakes_.code(kind), std::move(what), std::move(remedy));
}

void TableReader::refuse(std::string_view key, std::string what, std::string remedy) {
  if (node(key) != nullptr) wrong(key, "contradiction", std::move(what), std::move(remedy));
}

void TableReader::tell_choice(std::string_view key, std::string_view written,
                              const std::vector<std::string_view>& known, const std::string& list) {
  const auto near = nearest(written, known);
  wrong(key, "choice", "Unknown choice",
        near.empty() ? "Use one of: " + list
                     : "Did you mean \"" + std::string(near) + "\"? Use one of: " + list);
}

const toml::node* TableReader::node(std::string_view key) {
  asked_.emplace(key);
  return table_.get(key);
}

const toml::node* TableReader::find(std::string_view key, Need need) {
  const toml::node* found = node(key);
  if (found == nullptr && need == Need::required)
    wrong(key, "missing", "This key is missing", "Add " + std::string(key) + " = ...");
  return found;
}

std::optional<std::string> TableReader::text(std::string_view key, Need need,
                                             const TextRule& rule) {
  const toml::node* found = find(key, need);
  if (found == nullptr) return std::nullopt;
  if (!found->is_string()) {
    wrong(key, "type", "This must be text", "Put it in quotes");
    return std::nullopt;
  }
  const std::string value = **found->as_string();
  if (const auto ok = check(value, rule); !ok) {
    add_error(key, ok.error().code, ok.error().what, ok.error().remedy);
    return std::nullopt;
  }
  return value;
}

std::optional<LocalizedText> TableReader::wording(std::string_view key, Need need,
                                                  const TextRule& rule) {
  const toml::node* found = find(key, need);
  if (found == nullptr) return std::nullopt;
  if (!found->is_table()) return text(key, need, rule);
  const toml::table& table = *found->as_table();
  TableReader languages(table, dotted(key), currency_, mistakes_);
  LocalizedText words = languages.text("default", Need::required, rule).value_or("");
  for (const auto& [language, node] : table) {
    if (language.str() == "default") continue;
    if (!is_language(language.str()))
      languages.wrong(language.str(), "language", "Not a language",
                      "Write it as BCP 47 has it, such as nb, or default");
    else if (auto said = languages.text(language.str(), Need::optional, rule))
      words.translated.emplace(language.str(), std::move(*said));
  }
  return words;
}

// A whole number, or a decimal in quotes: a bare 0.10 would be a binary fraction.
std::optional<std::int64_t> TableReader::decimal(std::string_view key, Need need,
                                                 const DecimalRule& rule) {
  const toml::node* found = find(key, need);
  if (found == nullptr) return std::nullopt;
  std::string digits;
  if (found->is_integer()) {
    digits = std::to_string(**found->as_integer());
  } else if (found->is_string()) {
    digits = **found->as_string();
  } else {
    const bool inexact = found->is_floating_point();
    wrong(key, "type",
          inexact ? "A number with decimals must be in quotes here" : "This must be a number",
          inexact ? "Put it in quotes, such as \"0.10\"" : "Write a number");
    return std::nullopt;
  }
  const auto value = parse_scaled(digits, rule);
  if (value) return *value;
  add_error(key, value.error().code, value.error().what, value.error().remedy);
  return std::nullopt;
}

std::optional<std::int64_t> TableReader::whole(std::string_view key, Need need, std::int64_t least,
                                               std::int64_t most) {
  const toml::node* found = find(key, need);
  if (found == nullptr) return std::nullopt;
  if (!found->is_integer()) {
    wrong(key, "type", "This must be a whole number", "Write it without quotes");
    return std::nullopt;
  }
  const std::int64_t value = **found->as_integer();
  if (value >= least && value <= most) return value;
  wrong(key, "range", "The number is out of range",
        "Write one from " + std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

std::optional<bool> TableReader::flag(std::string_view key) {
  const toml::node* found = find(key, Need::optional);
  if (found == nullptr) return std::nullopt;
  if (found->is_boolean()) return **found->as_boolean();
  wrong(key, "type", "This must be true or false", "Write true or false without quotes");
  return std::nullopt;
}

std::optional<double> TableReader::real(std::string_view key, double least, double most) {
  const toml::node* found = find(key, Need::optional);
  if (found == nullptr) return std::nullopt;
  const auto value = found->value<double>();
  if (value && *value >= least && *value <= most) return value;
  std::ostringstream range;
  range << "Write one from " << least << " to " << most;
  wrong(key, "range", "This number does not fit here", range.str());
  return std::nullopt;
}

std::optional<Points> TableReader::points(std::string_view key, Need need) {
  const auto value =
      decimal(key, need, {2, most_points_hundredths, "points.syntax", "points.limit"});
  if (!value) return std::nullopt;
  if (*value > 0) return Points{*value};
  wrong(key, "range", "Points must be above zero", "Write how many, such as 1");
  return std::nullopt;
}

std::optional<std::int64_t> TableReader::money(std::string_view key, Need need) {
  const auto value = decimal(
      key, need, {currency_.exponent(), limits::amount_minor, "money.syntax", "money.limit"});
  if (!value) return std::nullopt;
  if (*value > 0) return value;
  wrong(key, "range", "The amount must be above zero", "Write one such as \"10.00\"");
  return std::nullopt;
}

std::optional<std::int64_t> TableReader::percent(std::string_view key, Need need) {
  const auto value = decimal(key, need, {2, 1'000'000, "percent.syntax", "percent.limit"});
  if (!value) return std::nullopt;
  if (*value > 0 && *value <= 10'000) return value;
  wrong(key, "range", "A percentage must be above 0 and at most 100", "Write one such as 10");
  return std::nullopt;
}

std::optional<Date> TableReader::date(std::string_view key) {
  const toml::node* found = find(key, Need::optional);
  if (found == nullptr) return std::nullopt;
  if (found->is_date()) {
    const auto& value = **found->as_date();
    return Date{std::chrono::year(value.year), std::chrono::month(value.month),
                std::chrono::day(value.day)};
  }
  if (found->is_string()) {
    if (const auto value = parse_date(**found->as_string())) return *value;
  }
  wrong(key, "type", "This must be a date", "Write it such as 2026-12-01");
  return std::nullopt;
}

std::vector<std::string> TableReader::texts(std::string_view key) {
  std::vector<std::string> list;
  const toml::node* found = find(key, Need::optional);
  if (found == nullptr) return list;
  if (!found->is_array()) {
    wrong(key, "type", "This must be a list", "Write [\"...\", \"...\"]");
    return list;
  }
  if (found->as_array()->empty())
    wrong(key, "empty", "An empty list has no effect", "Add entries, or remove it");
  for (const toml::node& each : *found->as_array()) {
    const std::string* value = each.is_string() ? &**each.as_string() : nullptr;
    if (value == nullptr) {
      mistakes_.add_error(place_of(each), dotted(key), mistakes_.code("type"), "This must be text",
                          "Put it in quotes");
    } else if (const auto ok = check_text(*value, limits::name_bytes, Presence::required, {});
               !ok) {
      mistakes_.add_error(place_of(each), dotted(key), ok.error().code, ok.error().what,
                          ok.error().remedy);
    } else {
      list.push_back(*value);
    }
  }
  return list;
}

const toml::table* TableReader::table(std::string_view key) {
  const toml::node* found = find(key, Need::optional);
  if (found == nullptr || found->is_table()) return found == nullptr ? nullptr : found->as_table();
  wrong(key, "type", "This must be a table", "Write [" + dotted(key) + "] on a line");
  return nullptr;
}

std::vector<const toml::table*> TableReader::tables(std::string_view key) {
  std::vector<const toml::table*> all;
  const toml::node* found = find(key, Need::optional);
  if (found == nullptr) return all;
  if (found->is_array() && found->as_array()->is_array_of_tables()) {
    for (const toml::node& each : *found->as_array()) all.push_back(each.as_table());
    return all;
  }
  wrong(key, "type", "Each of these must be its own table",
        "Write [[" + dotted(key) + "]] on a line");
  return all;
}

void TableReader::finish() {
  const std::vector<std::string_view> known(asked_.begin(), asked_.end());
  for (const auto& [key, value] : table_) {
    if (asked_.contains(key.str())) continue;
    const auto near = nearest(key.str(), known);
    std::string list;
    for (const auto each : known) list.append(list.empty() ? "" : ", ").append(each);
    mistakes_.add_error(place_of(key.source()), dotted(key.str()), mistakes_.code("unknown"),
                        "Unknown key",
                        near.empty() ? "Use " + list + ", or remove it"
                                     : "Did you mean " + std::string(near) + "? Else remove it");
  }
}

}  // namespace keepsake
