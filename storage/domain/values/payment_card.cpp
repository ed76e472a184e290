#include "storage/domain/values/payment_card.hpp"

#include <algorithm>
#include <string>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/luhn.hpp"
#include "storage/domain/values/member_card.hpp"

namespace keepsake {
namespace {

struct Range {
  int first, last;  ///< of the four leading digits
  std::size_t shortest, longest;
};

// Visa, Mastercard, American Express, Diners Club, Discover, JCB, UnionPay, Mir, Maestro.
constexpr Range ranges[] = {{4000, 4999, 16, 16}, {4000, 4999, 19, 19}, {5100, 5599, 16, 16},
                            {2221, 2720, 16, 16}, {3400, 3499, 15, 15}, {3700, 3799, 15, 15},
                            {3000, 3059, 14, 19}, {3600, 3699, 14, 19}, {3800, 3999, 14, 19},
                            {6011, 6011, 16, 19}, {6440, 6599, 16, 19}, {3528, 3589, 16, 19},
                            {6200, 6299, 16, 19}, {2200, 2204, 16, 19}, {5000, 5099, 16, 19},
                            {5600, 5899, 16, 19}, {6300, 6399, 16, 19}, {6700, 6799, 16, 19}};

constexpr std::size_t shortest_card = 14, longest_card = 19;

}  // namespace

bool is_payment_card(std::string_view digits) {
  if (digits.size() < shortest_card || digits.size() > longest_card || !luhn_holds(digits))
    return false;
  int leading = 0;
  for (const char c : digits.substr(0, 4)) leading = leading * 10 + (c - '0');
  return std::ranges::any_of(ranges, [&](const Range& range) {
    return leading >= range.first && leading <= range.last && digits.size() >= range.shortest &&
           digits.size() <= range.longest;
  });
}

bool holds_payment_card(std::string_view text) {
  std::string run;
  bool parted = false;  // the last sign parted two groups
  bool ours = false;    // the run began right behind "KC"
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_digit(c)) {
      if (run.empty()) ours = text.substr(0, i).ends_with(member_card_prefix);
      run += c;
      parted = false;
    } else if ((c == ' ' || c == '-') && !run.empty() && !parted) {
      parted = true;
    } else {
      if (!ours && is_payment_card(run)) return true;
      run.clear();
      parted = false;
    }
  }
  return !ours && is_payment_card(run);
}

}  // namespace keepsake
