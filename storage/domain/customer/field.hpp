#pragma once
// What a shop may know of a customer beyond the fixed values: fields that it declares itself.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/localized_text.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

enum class FieldKind { text, number, date, choice, yes_no };
enum class SeenBy { everyone, managers };

/// [[customer_field]] of keepsake.toml.
struct CustomerField {
  std::string key;  ///< a-z 0-9 _, at most 32; stored as "custom.KEY"
  LocalizedText label;
  FieldKind kind = FieldKind::text;
  std::size_t max_length = 200;             ///< text, in bytes
  std::optional<std::int64_t> least, most;  ///< number, thousandths
  std::vector<std::string> choices;         ///< choice
  SeenBy seen_by = SeenBy::everyone;
  bool ask_at_joining = false;  ///< whoever joins is asked, and may leave it out
  bool searchable = false;      ///< customers are found by it
  bool operator==(const CustomerField&) const = default;

  const std::string& label_in(std::string_view language) const;  ///< without a label: the key
};

/// Names of the fixed fields. Every value is text; empty means unknown.
namespace customer_field {
inline constexpr std::string_view name = "name";
inline constexpr std::string_view birthday = "birthday";  ///< ISO date
inline constexpr std::string_view gender = "gender";      ///< in the customer's own words
inline constexpr std::string_view postcode = "postcode";
inline constexpr std::string_view household = "household";            ///< people, 1..99
inline constexpr std::string_view language = "language";              ///< BCP 47, preferred
inline constexpr std::string_view channel = "channel";                ///< phone, sms, email, post
inline constexpr std::string_view do_not_contact = "do_not_contact";  ///< yes or empty
inline constexpr std::string_view heard_from = "heard_from";
inline constexpr std::string_view custom = "custom.";  ///< prefix of declared ones
}  // namespace customer_field

/// The keys of those that customers are found by.
std::vector<std::string> searchable_keys(std::span<const CustomerField> fields);

/// The declaration of "custom.KEY"; null: none of that name.
const CustomerField* declared(std::span<const CustomerField> fields, std::string_view name);

/// The value as it is kept (trimmed; numbers and dates in machine form). Empty stays empty.
/// Failure::bad_input "field.unknown" or "field.value", Failure::limit "text.length"; `where` names
/// the field, never the value.
Result<std::string> field_value(std::string_view name, std::string_view typed,
                                std::span<const CustomerField> declared_fields);

/// A value of customer_field::birthday: nobody was born after today. It is checked where one is
/// given, not with the field, because the rules are asked about kept ones on other days.
/// Failure::bad_input "birthday.range".
Result<Done> check_born_by(Date today, std::string_view birthday);

/// Failure::bad_input "text.payment-card": numbers of payment cards are kept nowhere.
Error payment_card(std::string_view where);

}  // namespace keepsake
