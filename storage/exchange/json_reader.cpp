#include "storage/exchange/json_reader.hpp"

#include <algorithm>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {
namespace {

const nlohmann::json& empty_object() {
  static const nlohmann::json object = nlohmann::json::object();
  return object;
}

}  // namespace

JsonReader::JsonReader(const Json& object, std::string place, std::vector<Error>& mistakes)
    : object_(object.is_object() ? object : empty_object()),
      place_(std::move(place)),
      mistakes_(mistakes) {
  if (!object.is_object()) add_error({}, "json.type", "This must be an object", "Write { ... }");
}

void JsonReader::add_error(std::string_view key, std::string_view code, std::string what,
                           std::string remedy) {
  std::string where = place_;
  if (!key.empty()) where.append(place_.ends_with(':') ? " " : ".").append(key);
  mistakes_.push_back({Failure::bad_input, std::string(code), std::move(what), std::move(where),
                       std::move(remedy)});
}

const JsonReader::Json* JsonReader::find(std::string_view key) {
  asked_.emplace(key);
  const auto found = object_.find(key);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

std::string JsonReader::text(std::string_view key, std::string usual) {
  const Json* found = find(key);
  if (found == nullptr) return usual;
  if (!found->is_string()) {
    add_error(key, "json.type", "This must be text", "Put it in quotes");
    return usual;
  }
  auto value = found->get<std::string>();
  const auto ok = check_text(value, limits::name_bytes, Presence::optional, {});
  if (!ok) add_error(key, ok.error().code, ok.error().what, ok.error().remedy);
  return value;
}

std::string JsonReader::needed_text(std::string_view key) {
  auto value = text(key);
  if (value.empty()) add_error(key, "json.missing", "This key is missing", "Add it");
  return value;
}

std::int64_t JsonReader::decimal(std::string_view key, const DecimalRule& rule,
                                 std::int64_t usual) {
  const Json* found = find(key);
  if (found == nullptr) return usual;
  std::string digits;
  if (found->is_string()) {
    digits = found->get<std::string>();
  } else if (found->is_number_integer()) {
    digits = found->dump();
  } else {
    add_error(key, "json.type", "A number with decimals must be in quotes here",
              "Write a whole number, or a decimal in quotes such as \"0.10\"");
    return usual;
  }
  const auto value = parse_scaled(digits, rule);
  if (!value) add_error(key, value.error().code, value.error().what, value.error().remedy);
  return value ? *value : usual;
}

std::int64_t JsonReader::whole(std::string_view key, std::int64_t least, std::int64_t usual) {
  const std::int64_t value = decimal(key, {0, 1'000'000'000'000, "json.type", "json.range"}, usual);
  if (value >= least) return value;
  add_error(key, "json.range", "This number is too small",
            "Write at least " + std::to_string(least));
  return usual;
}

Points JsonReader::points(std::string_view key) {
  const Points value{decimal(key, {2, limits::amount_minor, "points.syntax", "points.limit"})};
  if (value.hundredths >= 0) return value;
  add_error(key, "json.range", "Points must be zero or more here", "Write a positive number");
  return {};
}

std::int64_t JsonReader::money(std::string_view key, Currency currency) {
  return decimal(key, {currency.exponent(), limits::amount_minor, "money.syntax", "money.limit"});
}

Quantity JsonReader::quantity(std::string_view key, Quantity usual) {
  return {decimal(key, {3, limits::quantity_thousandths, "quantity.syntax", "quantity.limit"},
                  usual.thousandths)};
}

std::optional<Date> JsonReader::date(std::string_view key) {
  const std::string value = text(key);
  if (value.empty()) return std::nullopt;
  const auto parsed = parse_date(value);
  if (parsed) return *parsed;
  add_error(key, parsed.error().code, parsed.error().what, parsed.error().remedy);
  return std::nullopt;
}

std::vector<std::string> JsonReader::texts(std::string_view key) {
  std::vector<std::string> list;
  const Json* found = find(key);
  if (found == nullptr) return list;
  const bool texts_only = found->is_array() && std::ranges::all_of(*found, [](const Json& each) {
                            return each.is_string();
                          });
  if (!texts_only) {
    add_error(key, "json.type", "This must be a list of texts", "Write [\"...\", \"...\"]");
    return list;
  }
  for (const Json& each : *found) list.push_back(each.get<std::string>());
  return list;
}

std::vector<std::size_t> JsonReader::indexes(std::string_view key) {
  std::vector<std::size_t> list;
  const Json* found = find(key);
  if (found == nullptr) return list;
  const bool indexes_only = found->is_array() && std::ranges::all_of(*found, [](const Json& each) {
                              return each.is_number_unsigned();
                            });
  if (!indexes_only) {
    add_error(key, "json.type", "This must be a list of line numbers from 0", "Write [0, 1]");
    return list;
  }
  for (const Json& each : *found) list.push_back(each.get<std::size_t>());
  return list;
}

void JsonReader::each_object(std::string_view key, const std::function<void(JsonReader&)>& read) {
  const Json* found = find(key);
  if (found == nullptr) return;
  if (!found->is_array() || found->size() > limits::lines_per_purchase) {
    add_error(key, "json.type", "This must be a list, and not too long", "Write [{ ... }]");
    return;
  }
  for (std::size_t i = 0; i < found->size(); ++i) {
    const std::string place = place_ + (place_.ends_with(':') ? " " : ".") + std::string(key) +
                              "[" + std::to_string(i) + "]";
    JsonReader one((*found)[i], place, mistakes_);
    read(one);
    one.finish();
  }
}

void JsonReader::one_object(std::string_view key, const std::function<void(JsonReader&)>& read) {
  const Json* found = find(key);
  if (found == nullptr) return;
  JsonReader one(*found, place_ + (place_.ends_with(':') ? " " : ".") + std::string(key),
                 mistakes_);
  read(one);
  one.finish();
}

void JsonReader::each_entry(std::string_view key,
                            const std::function<void(const std::string&, JsonReader&)>& read) {
  const Json* found = find(key);
  if (found == nullptr) return;
  if (!found->is_object()) {
    add_error(key, "json.type", "This must be an object", "Write { \"...\": { ... } }");
    return;
  }
  for (const auto& [name, value] : found->items()) {
    JsonReader one(value, place_ + (place_.ends_with(':') ? " " : ".") + std::string(key),
                   mistakes_);
    read(name, one);
    one.finish();
  }
}

void JsonReader::finish() {
  std::string list;
  for (const auto& each : asked_) list.append(list.empty() ? "" : ", ").append(each);
  for (const auto& [key, value] : object_.items()) {
    if (!asked_.contains(key))
      add_error(key, "json.unknown", "Unknown key", "Use " + list + ", or remove it");
  }
}

nlohmann::json parse_json(std::string_view text, const std::string& file,
                          std::vector<Error>& mistakes) {
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    const std::string_view before = text.substr(0, error.byte);
    const auto line = std::ranges::count(before, '\n') + 1;
    mistakes.push_back({Failure::bad_input, "json.syntax", "This is not JSON",
                        file + ":" + std::to_string(line), "Correct it there"});
  } catch (const nlohmann::json::out_of_range&) {  // 1e400
    mistakes.push_back({Failure::bad_input, "json.range", "A number is larger than any computer's",
                        file, "Write a number with fewer digits"});
  }
  return nullptr;
}

}  // namespace keepsake
