#include "storage/domain/customer/field.hpp"

#include <algorithm>

#include "storage/domain/values/decimal.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/payment_card.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

namespace {

constexpr std::int64_t household_max = 99;
constexpr int thousandths_decimals = 3;

Error wrong(std::string_view name, std::string remedy) {
  return {Failure::bad_input, "field.value", "The value is not valid for this field",
          std::string(name), std::move(remedy)};
}

Result<std::string> one_line(std::string_view name, std::string_view text, std::size_t max) {
  if (auto ok = check_text(text, max, Presence::optional, name); !ok) return ok.error();
  return std::string(text);
}

Result<std::string> date_value(std::string_view name, std::string_view text) {
  const auto date = parse_date(text);
  if (!date) return wrong(name, "Write the date as 1979-12-31.");
  return to_iso(*date);
}

Error no_birthday() {
  return {Failure::bad_input, "birthday.range", "Not a valid date of birth", "birthday",
          "Write the date as 1979-12-31."};
}

Result<std::string> birthday_value(std::string_view text) {
  const auto date = parse_date(text);
  if (!date || date->year() < std::chrono::year(1880)) return no_birthday();
  return to_iso(*date);
}

Result<std::string> yes_value(std::string_view name, std::string_view text) {
  if (text == "yes" || text == "no") return std::string(text);
  return wrong(name, "Write yes or no.");
}

Result<std::string> one_of(std::string_view name, std::string_view text,
                           std::span<const std::string> choices) {
  if (std::ranges::find(choices, text) != choices.end()) return std::string(text);
  std::string known;
  for (const auto& choice : choices) known += (known.empty() ? "" : ", ") + choice;
  return wrong(name, "Choose one of: " + known + ".");
}

Result<std::string> household_value(std::string_view text) {
  const auto people = parse_scaled(text, {0, household_max, "field.value", "field.value"});
  if (!people || *people < 1)
    return wrong(customer_field::household, "Write how many people, 1 to 99.");
  return std::to_string(*people);
}

Result<std::string> fixed_value(std::string_view name, std::string_view text) {
  static const std::vector<std::string> channels{"phone", "sms", "email", "post"};
  if (name == customer_field::name) return one_line(name, text, limits::name_bytes);
  if (name == customer_field::gender || name == customer_field::heard_from)
    return one_line(name, text, limits::name_bytes);
  if (name == customer_field::postcode) return one_line(name, text, limits::code_bytes);
  if (text.empty()) return std::string();
  if (name == customer_field::birthday) return birthday_value(text);
  if (name == customer_field::household) return household_value(text);
  if (name == customer_field::channel) return one_of(name, text, channels);
  if (name == customer_field::do_not_contact) {
    auto yes = yes_value(name, text);
    return yes && *yes == "no" ? std::string() : yes;
  }
  if (name == customer_field::language) {
    if (is_known_language(text)) return std::string(text);
    return wrong(name, "Write a language's BCP 47 tag, such as nb.");
  }
  return Error{Failure::bad_input, "field.unknown", "Unknown field", std::string(name),
               "Use one of the fixed fields, or declare it in keepsake.toml."};
}

Result<std::string> number_value(std::string_view name, std::string_view text,
                                 const CustomerField& as) {
  const auto value = parse_scaled(
      text, {thousandths_decimals, limits::amount_minor, "field.value", "field.value"});
  if (!value) return wrong(name, "Write a number with at most three decimals.");
  if ((as.least && *value < *as.least) || (as.most && *value > *as.most))
    return wrong(name, "Write a number within the field's limits.");
  return format_scaled(*value, thousandths_decimals, 0);
}

Result<std::string> custom_value(std::string_view name, std::string_view text,
                                 const CustomerField& as) {
  if (text.empty()) return std::string();
  switch (as.kind) {
    case FieldKind::text:
      return one_line(name, text, std::min(as.max_length, limits::text_bytes));
    case FieldKind::number:
      return number_value(name, text, as);
    case FieldKind::date:
      return date_value(name, text);
    case FieldKind::choice:
      return one_of(name, text, as.choices);
    case FieldKind::yes_no:
      return yes_value(name, text);
  }
  return std::string();
}

}  // namespace

const std::string& CustomerField::label_in(std::string_view language) const {
  const std::string& words = label.in(language);
  return words.empty() ? key : words;
}

std::vector<std::string> searchable_keys(std::span<const CustomerField> fields) {
  std::vector<std::string> keys;
  for (const CustomerField& each : fields)
    if (each.searchable) keys.push_back(each.key);
  return keys;
}

const CustomerField* declared(std::span<const CustomerField> fields, std::string_view name) {
  if (!name.starts_with(customer_field::custom)) return nullptr;
  const auto found =
      std::ranges::find(fields, name.substr(customer_field::custom.size()), &CustomerField::key);
  return found == fields.end() ? nullptr : &*found;
}

Result<std::string> field_value(std::string_view name, std::string_view typed,
                                std::span<const CustomerField> declared_fields) {
  const std::string text = tidied(typed);
  if (text.empty() && !typed.empty() && name == customer_field::name)
    return Error{Failure::bad_input, "text.missing", "The name is blank", std::string(name),
                 "Write the name, or nothing"};
  if (holds_payment_card(text)) return payment_card(name);
  if (const CustomerField* as = declared(declared_fields, name))
    return custom_value(name, text, *as);
  return fixed_value(name, text);
}

Result<Done> check_born_by(Date today, std::string_view birthday) {
  if (birthday.empty()) return Done{};
  const auto born = parse_date(birthday);
  if (!born || to_days(*born) > to_days(today)) return no_birthday();
  return Done{};
}

Error payment_card(std::string_view where) {
  return {Failure::bad_input, "text.payment-card", "This is the number of a payment card",
          std::string(where), "Leave it out: such numbers must not be kept"};
}

}  // namespace keepsake
