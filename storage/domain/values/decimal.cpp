#include "storage/domain/values/decimal.hpp"

#include "storage/domain/values/ascii.hpp"

namespace keepsake {
namespace {

Error syntax_error(const DecimalRule& rule, std::size_t index) {
  return {Failure::bad_input, std::string(rule.syntax), "Not a valid number here",
          "column " + std::to_string(index + 1),
          rule.decimals == 0 ? "Write digits only"
                             : "Write digits, one point and at most " +
                                   std::to_string(rule.decimals) + " decimals"};
}

}  // namespace

Result<std::int64_t> parse_scaled(std::string_view text, const DecimalRule& rule) {
  assert(rule.max <= 100'000'000'000'000'000);
  std::size_t i = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) ++i;
  std::int64_t value = 0;
  bool too_large = false;
  // Reading goes on past the limit, so that a syntax error further on is the one reported.
  const auto take = [&](int digit) {
    if (value > (rule.max - digit) / 10) too_large = true;
    if (!too_large) value = value * 10 + digit;
  };
  const std::size_t whole_begin = i;
  for (; i < text.size() && is_digit(text[i]); ++i) take(text[i] - '0');
  if (i == whole_begin) return syntax_error(rule, i);
  int decimals = 0;
  if (i < text.size() && text[i] == '.') {
    const std::size_t point = i++;
    for (; i < text.size() && is_digit(text[i]); ++i) {
      if (++decimals > rule.decimals) return syntax_error(rule, i);
      take(text[i] - '0');
    }
    if (decimals == 0) return syntax_error(rule, rule.decimals == 0 ? point : i);
  }
  if (i != text.size()) return syntax_error(rule, i);
  for (; decimals < rule.decimals; ++decimals) take(0);
  if (too_large)
    return Error{Failure::limit, std::string(rule.limit), "The number is too large", "",
                 "Enter a smaller one"};
  return negative ? -value : value;
}

std::string format_scaled(std::int64_t value, int decimals, int shown) {
  assert(decimals >= 0 && decimals <= 18 && shown >= 0 && shown <= decimals);
  // The magnitude of the smallest int64 exists only unsigned.
  const std::uint64_t magnitude = value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                                            : static_cast<std::uint64_t>(value);
  std::string digits = std::to_string(magnitude);
  const auto places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  std::string fraction = digits.substr(digits.size() - places);
  digits.erase(digits.size() - places);
  while (fraction.size() > static_cast<std::size_t>(shown) && fraction.back() == '0')
    fraction.pop_back();
  std::string out = value < 0 ? "-" : "";
  out += digits;
  if (!fraction.empty()) out += "." + fraction;
  return out;
}

}  // namespace keepsake
