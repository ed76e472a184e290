#pragma once
// One JSON object, read key by key: each with a type and limits, and what nobody asked for is a
// mistake.

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/loyalty/enum_names.hpp"
#include "storage/domain/values/decimal.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

class JsonReader {
 public:
  using Json = nlohmann::json;
  /// `place` begins what errors show as `where`: "basket.json: lines[0]".
  JsonReader(const Json& object, std::string place, std::vector<Error>& mistakes);

  bool has(std::string_view key) const { return object_.contains(key); }
  bool is_text(std::string_view key) const { return has(key) && object_.at(key).is_string(); }
  // Each gives `usual` when the key is missing or wrong.
  std::string text(std::string_view key, std::string usual = {});
  std::string needed_text(std::string_view key);
  std::int64_t decimal(std::string_view key, const DecimalRule& rule, std::int64_t usual = 0);
  std::int64_t whole(std::string_view key, std::int64_t least, std::int64_t usual);
  Points points(std::string_view key);
  std::int64_t money(std::string_view key, Currency currency);
  Quantity quantity(std::string_view key, Quantity usual);
  std::optional<Date> date(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  std::vector<std::size_t> indexes(std::string_view key);
  void each_object(std::string_view key, const std::function<void(JsonReader&)>& read);
  void one_object(std::string_view key, const std::function<void(JsonReader&)>& read);
  void each_entry(std::string_view key,
                  const std::function<void(const std::string&, JsonReader&)>& read);
  template <class E>
  std::optional<E> word(const std::string& text, std::string_view key) {
    if (auto value = loyalty::from_name<E>(text)) return value;
    add_error(key, "json.choice", "Unknown choice", "Use one of: " + loyalty::names_of<E>());
    return std::nullopt;
  }
  void add_error(std::string_view key, std::string_view code, std::string what, std::string remedy);
  /// Tells keys nobody asked for. Call it last.
  void finish();

 private:
  const Json* find(std::string_view key);

  const Json& object_;
  std::string place_;
  std::vector<Error>& mistakes_;
  std::set<std::string, std::less<>> asked_;
};

/// The object in `text`, or null with the mistake told.
nlohmann::json parse_json(std::string_view text, const std::string& file,
                          std::vector<Error>& mistakes);

}  // namespace keepsake
