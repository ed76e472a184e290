#include "storage/cli/programme_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <toml++/toml.h>
#include <utility>

#include "storage/domain/decimal.hpp"
#include "storage/domain/limits.hpp"
#include "storage/domain/quantity.hpp"
#include "storage/domain/text.hpp"

namespace keepsake::cli {
namespace {

constexpr std::int64_t most_points_hundredths = 100'000'000;

class Reading {
 public:
  Reading(std::string_view text, const std::string& file) : file_(file) {
    result_.programme.source = text;
  }

  ProgrammeFile run() {
    try {
      const toml::table root = toml::parse(result_.programme.source);
      read(root);
    } catch (const toml::parse_error& error) {
      tell(error.source(), {}, "programme.syntax", std::string(error.description()),
           "Correct the TOML there");
    }
    return std::move(result_);
  }

 private:
  void read(const toml::table& root);
  void read_earning(const toml::table& earn);
  void refuse_unknown(const toml::table& table, std::string_view inside,
                      std::initializer_list<std::string_view> known);
  const toml::table* table_at(const toml::table& root, std::string_view key);
  std::optional<std::string> text_at(const toml::table& table, std::string_view key,
                                     std::string_view name);
  std::optional<std::string> decimal_at(const toml::table& table, std::string_view key,
                                        std::string_view name);
  template <class T>
  std::optional<T> take(Result<T> parsed, const toml::table& table, std::string_view key,
                        std::string_view name);
  void tell(const toml::source_region& at, std::string_view name, std::string_view code,
            std::string what, std::string remedy);

  std::string file_;
  ProgrammeFile result_;
  bool currency_known_ = false;
};

void Reading::tell(const toml::source_region& at, std::string_view name, std::string_view code,
                   std::string what, std::string remedy) {
  std::string where = file_ + ":" + std::to_string(std::max<std::uint32_t>(at.begin.line, 1)) +
                      ":" + std::to_string(std::max<std::uint32_t>(at.begin.column, 1));
  if (!name.empty()) where.append(" (").append(name).append(")");
  result_.mistakes.push_back({Failure::bad_input, std::string(code), std::move(what),
                              std::move(where), std::move(remedy)});
}

void Reading::refuse_unknown(const toml::table& table, std::string_view inside,
                             std::initializer_list<std::string_view> known) {
  std::string list;
  for (const auto key : known) list.append(list.empty() ? "" : ", ").append(key);
  for (const auto& [key, value] : table) {
    if (std::ranges::find(known, key.str()) != known.end()) continue;
    tell(key.source(), std::string(inside) + std::string(key.str()), "programme.unknown",
         "There is no such key", "Use " + list + ", or remove it");
  }
}

const toml::table* Reading::table_at(const toml::table& root, std::string_view key) {
  const toml::node* node = root.get(key);
  if (node == nullptr) return nullptr;
  if (!node->is_table()) {
    tell(node->source(), key, "programme.type", "This must be a table",
         "Write [" + std::string(key) + "] on a line");
    return nullptr;
  }
  return node->as_table();
}

std::optional<std::string> Reading::text_at(const toml::table& table, std::string_view key,
                                            std::string_view name) {
  const toml::node* node = table.get(key);
  if (node == nullptr) {
    tell(table.source(), name, "programme.missing", "This key is missing",
         "Add " + std::string(key) + " = \"...\"");
    return std::nullopt;
  }
  if (!node->is_string()) {
    tell(node->source(), name, "programme.type", "This must be text", "Put it in quotes");
    return std::nullopt;
  }
  return **node->as_string();
}

// A whole number, or a decimal in quotes: a bare 0.10 would be a binary fraction.
std::optional<std::string> Reading::decimal_at(const toml::table& table, std::string_view key,
                                               std::string_view name) {
  const toml::node* node = table.get(key);
  if (node != nullptr && node->is_integer()) return std::to_string(**node->as_integer());
  if (node != nullptr && node->is_floating_point()) {
    tell(node->source(), name, "programme.type", "A number with decimals is not exact here",
         "Put it in quotes, such as \"0.10\"");
    return std::nullopt;
  }
  return text_at(table, key, name);
}

template <class T>
std::optional<T> Reading::take(Result<T> parsed, const toml::table& table, std::string_view key,
                               std::string_view name) {
  if (parsed) return std::move(*parsed);
  tell(table.get(key)->source(), name, parsed.error().code, parsed.error().what,
       parsed.error().remedy);
  return std::nullopt;
}

void Reading::read_earning(const toml::table& earn) {
  refuse_unknown(earn, "earn.", {"points", "for_each"});
  const auto points_text = decimal_at(earn, "points", "earn.points");
  const auto amount_text = decimal_at(earn, "for_each", "earn.for_each");
  if (!points_text || !amount_text || !currency_known_) return;
  const Currency currency = result_.programme.currency;
  const auto points =
      take(parse_scaled(*points_text, {2, most_points_hundredths, "points.syntax", "points.limit"}),
           earn, "points", "earn.points");
  const auto amount = take(parse_money(*amount_text, currency), earn, "for_each", "earn.for_each");
  if (!points || !amount) return;
  if (*points <= 0) {
    tell(earn.get("points")->source(), "earn.points", "programme.range",
         "Points must be above zero", "Write how many points an amount earns, such as 1");
  }
  if (amount->minor <= 0) {
    tell(earn.get("for_each")->source(), "earn.for_each", "programme.range",
         "The amount must be above zero",
         "Write the amount that earns the points, such as \"10.00\"");
  }
  if (*points <= 0 || amount->minor <= 0) return;
  // Both factors are at most 10^8 and 10^4.
  const std::int64_t hundredths = *points * currency.minor_per_major();
  if (hundredths % amount->minor != 0) {
    tell(earn.get("for_each")->source(), "earn.for_each", "programme.inexact",
         "The points for one " + std::string(currency.code()) +
             " cannot be held exactly in hundredths of a point",
         "Choose numbers that divide, such as 1 point for each 10");
    return;
  }
  result_.programme.per_major_unit = {hundredths / amount->minor};
}

void Reading::read(const toml::table& root) {
  refuse_unknown(root, "", {"name", "currency", "earn", "redeem"});
  if (const auto name = text_at(root, "name", "name")) {
    if (const auto ok = check_text(*name, limits::name_bytes, Presence::required, {}); !ok) {
      tell(root.get("name")->source(), "name", ok.error().code, ok.error().what, ok.error().remedy);
    }
    result_.programme.name = *name;
  }
  if (const auto code = text_at(root, "currency", "currency")) {
    if (const auto currency = take(Currency::parse(*code), root, "currency", "currency")) {
      result_.programme.currency = *currency;
      currency_known_ = true;
    }
  }
  if (const auto* earn = table_at(root, "earn")) {
    read_earning(*earn);
  } else if (root.get("earn") == nullptr) {
    tell(root.source(), "earn", "programme.missing", "The table is missing",
         "Add [earn] with points and for_each");
  }
  const auto* redeem = table_at(root, "redeem");
  if (redeem == nullptr) return;
  refuse_unknown(*redeem, "redeem.", {"point_value"});
  const auto value = decimal_at(*redeem, "point_value", "redeem.point_value");
  if (!value || !currency_known_) return;
  const auto price = take(parse_unit_price(*value, result_.programme.currency), *redeem,
                          "point_value", "redeem.point_value");
  if (price) result_.programme.point_value_milli_minor = price->milli_minor;
}

}  // namespace

ProgrammeFile parse_programme(std::string_view text, const std::string& file) {
  return Reading(text, file).run();
}

}  // namespace keepsake::cli
