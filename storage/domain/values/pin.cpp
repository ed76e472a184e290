#include "storage/domain/values/pin.hpp"

#include <algorithm>
#include <iterator>

#include "storage/domain/values/ascii.hpp"

namespace keepsake {
namespace {

/// What people choose when they do not choose: https://www.datagenetics.com/blog/september32012/
bool is_common(std::string_view pin) {
  const auto steps_by = [&](int step) {
    return std::ranges::adjacent_find(pin, [&](char a, char b) { return b - a != step; }) ==
           pin.end();
  };
  const auto repeats = [&](std::size_t every) {
    return pin.size() % every == 0 && pin.substr(every) == pin.substr(0, pin.size() - every);
  };
  bool pairs = pin.size() % 2 == 0;
  for (std::size_t i = 0; pairs && i < pin.size(); i += 2) pairs = pin[i] == pin[i + 1];
  constexpr std::string_view known[] = {"1004", "2000", "2001", "2580", "0852", "1230", "1235"};
  return steps_by(0) || steps_by(1) || steps_by(-1) || repeats(2) || pairs ||
         std::ranges::find(known, pin) != std::end(known);
}

}  // namespace

Result<Done> check_pin_syntax(std::string_view pin) {
  if (!is_all_digits(pin) || pin.size() < 4 || pin.size() > 8)
    return Error{Failure::bad_input, "pin.syntax", "A PIN has 4 to 8 digits", "pin",
                 "Choose another."};
  return Done{};
}

Result<Done> check_new_pin(std::string_view pin) {
  if (auto ok = check_pin_syntax(pin); !ok) return ok;
  if (is_common(pin))
    return Error{Failure::refused, "pin.common", "This PIN is among the first that others try",
                 "pin", "Choose another, without a pattern; six digits are better than four."};
  return Done{};
}

}  // namespace keepsake
