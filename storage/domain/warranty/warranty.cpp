#include "storage/domain/warranty/warranty.hpp"

#include <algorithm>
#include <array>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"

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

Result<Done> check_normalised(const std::string& serial) {
  auto normal = normalise_serial(serial);
  if (!normal) return normal.error();
  if (*normal != serial)
    return Error{Failure::bad_input, "serial.form", "The serial number is not normalised", "serial",
                 "Normalise it first"};
  return Done{};
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

Result<Done> check(const LineWarranty& warranty) {
  using enum Presence;
  if (!warranty.serial.empty())
    if (auto ok = check_normalised(warranty.serial); !ok) return ok;
  if (auto ok = check_texts({{warranty.serial_typed, limits::name_bytes, optional, "serial_typed"},
                             {warranty.maker, limits::name_bytes, optional, "maker"}});
      !ok)
    return ok;
  return check(warranty.covers);
}

Result<Done> check(const WarrantyRegistration& registration) {
  using enum Presence;
  if (auto ok = check_texts({
          {registration.article, limits::code_bytes, required, "article"},
          {registration.article_name, limits::name_bytes, optional, "article_name"},
          {registration.maker, limits::name_bytes, optional, "maker"},
          {registration.serial_typed, limits::name_bytes, optional, "serial_typed"},
          {registration.staff, limits::name_bytes, optional, "staff"},
      });
      !ok)
    return ok;
  if (auto ok = check_normalised(registration.serial); !ok) return ok;
  return check(registration.covers);
}

Result<Done> check(const CoverBegun& begun) {
  if (begun.event == CoverStart::purchase || begun.event > CoverStart::activation)
    return Error{Failure::bad_input, "cover.start", "A cover begins later with no such day",
                 "event", "Say delivery, installation or activation"};
  if (begun.line < -1 || begun.line >= static_cast<std::int64_t>(limits::lines_per_purchase))
    return Error{Failure::bad_input, "cover.line", "There is no such line", "line",
                 "Name the line of the receipt"};
  if (auto ok = check_text(begun.staff, limits::name_bytes, Presence::optional, "staff"); !ok)
    return ok;
  return check(begun.covers);
}

}  // namespace keepsake
