#include "storage/domain/warranty/serial.hpp"

#include <algorithm>
#include <array>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"

namespace keepsake {
namespace {

bool is_separator(char c) { return c == ' ' || c == '-' || c == '.' || c == '/'; }

/// "(21)", "(8002)": what GS1 writes before a serial number and the number of a phone.
constexpr std::array<std::string_view, 2> element_names{"(21)", "(8002)"};
/// What stands before a colon on plates and boxes; without separators.
constexpr std::array<std::string_view, 8> plate_names{"SN",   "SERIAL", "SERIALNO", "SERIALNUMBER",
                                                      "IMEI", "IMEI1",  "IMEI2",    "VIN"};

/// What is copied from a plate with the number's name before it. No serial has brackets or a colon.
std::string_view without_name(std::string_view typed) {
  typed = trimmed(typed, " ");
  for (const std::string_view name : element_names)
    if (typed.starts_with(name)) return typed.substr(name.size());
  const std::size_t colon = typed.find(':');
  if (colon == std::string_view::npos) return typed;
  std::string name;
  for (const char c : typed.substr(0, colon))
    if (!is_separator(c)) name += to_upper(c);
  const bool known = std::ranges::find(plate_names, name) != plate_names.end();
  return known ? typed.substr(colon + 1) : typed;
}

}  // namespace

Result<std::string> normalise_serial(std::string_view typed) {
  std::string serial;
  for (const char c : without_name(typed)) {
    if (is_separator(c)) continue;
    if (!is_letter_or_digit(c))
      return Error{Failure::bad_input, "serial.character",
                   "A serial number must have letters A-Z and digits only", "",
                   "Type it again as on the item"};
    serial += to_upper(c);
    if (serial.size() > limits::code_bytes) break;
  }
  if (serial.size() < 3 || serial.size() > limits::code_bytes)
    return Error{
        Failure::bad_input, "serial.length",
        "A serial number must have 3 to " + std::to_string(limits::code_bytes) + " characters", "",
        "Type it again as on the item"};
  return serial;
}

}  // namespace keepsake
