#pragma once
// How the serial numbers of an article are built, and whether one is. WARRANTY.md tells the rules.

#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"
#include "storage/domain/warranty/serial.hpp"

namespace keepsake {

/// What the article master says of an article's serial numbers, as parse_serial_rule() leaves it: "imei",
/// "vin", a pattern such as "KK##-@?{4,6}", or a pattern and " luhn". Empty: whatever
/// normalise_serial() takes.
struct SerialRule {
  std::string text;
  bool none() const { return text.empty(); }
  bool operator==(const SerialRule&) const = default;
};

/// Failure::bad_input "serial.rule", with what can be written.
Result<SerialRule> parse_serial_rule(std::string_view text);
/// Whether `rule` is as parse_serial_rule() leaves it. Errors as there.
Result<Done> check(const SerialRule& rule);

/// The serial as it is compared (normalise_serial), by the rule of its article: of a phone always its
/// 15-digit IMEI, whether 14 digits were typed, or 16 with the software's version. Failure::bad_input of
/// normalise_serial(), and "serial.imei", "serial.imei-check", "serial.vin", "serial.vin-letters",
/// "serial.vin-check", "serial.pattern" (`where` is the pattern) or "serial.check-digit".
Result<std::string> serial_by(const SerialRule& rule, std::string_view typed);

/// What a person says of a serial that breaks its rule.
enum class Plate {
  by_rule,  ///< nothing: it is refused
  as_it_is  ///< it stands so on the item
};
struct PlateRead {
  std::string serial;  ///< as it is compared
  bool unfit = false;  ///< it breaks the rule
  bool operator==(const PlateRead&) const = default;
};
/// serial_by(); of what stands so on the item only normalise_serial()'s errors.
Result<PlateRead> read_plate(const SerialRule& rule, std::string_view typed, Plate plate);
/// Whether an error of serial_by() is of the rule, so that a plate may say otherwise.
bool is_of_rule(const Error& error);

/// It may be right or mistyped, and nothing can tell: a VIN from where its check digit need not be one.
bool is_unproven(const SerialRule& rule, const std::string& serial);

/// The IMEI that 14 digits or 16 stand for; nullopt: they are none.
std::optional<std::string> imei_in(std::string_view serial);

}  // namespace keepsake
