#include "storage/domain/customer/calling_code.hpp"

#include <algorithm>

namespace keepsake {

namespace {

// Every assigned code that is neither one of these nor +1 or +7 has three digits.
constexpr std::string_view two_digits[] = {
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
    "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
    "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"};

}  // namespace

std::string_view national_part(std::string_view e164) {
  if (e164.starts_with('+')) e164.remove_prefix(1);
  const bool one = e164.starts_with('1') || e164.starts_with('7');
  const bool two = std::ranges::find(two_digits, e164.substr(0, 2)) != std::end(two_digits);
  const std::size_t digits = one ? 1 : two ? 2 : 3;
  return e164.substr(std::min(digits, e164.size()));
}

}  // namespace keepsake
