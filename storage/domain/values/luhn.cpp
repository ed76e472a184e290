#include "storage/domain/values/luhn.hpp"

#include "storage/domain/values/ascii.hpp"

namespace keepsake {

bool luhn_holds(std::string_view digits) {
  if (digits.size() < 2 || !is_all_digits(digits)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int digit = digits[digits.size() - 1 - i] - '0';
    const int doubled = i % 2 == 1 ? 2 * digit : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 == 0;
}

}  // namespace keepsake
