#pragma once
// Money is an integer of minor units in an ISO 4217 currency. Arithmetic is checked.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// A currency that Keepsake knows (ISO 4217:2015, list one): three letters and its exponent.
class Currency {
 public:
  Currency() = default;  // XXX, "no currency": exponent 0
  /// Failure::bad_input "currency.unknown" for anything not in the table. Upper case only.
  static Result<Currency> parse(std::string_view code);

  std::string_view code() const { return {code_.data(), code_.size()}; }
  int exponent() const { return exponent_; }  ///< digits after the separator: JPY 0, NOK 2, KWD 3
  std::int64_t minor_per_major() const;       ///< 10^exponent

  bool operator==(const Currency&) const = default;

 private:
  std::array<char, 3> code_{'X', 'X', 'X'};
  std::int8_t exponent_ = 0;
};

struct Money {
  std::int64_t minor = 0;
  Currency currency;

  bool operator==(const Money&) const = default;
};

/// Failure::limit "money.overflow", or Failure::bad_input "money.currency" when currencies differ.
Result<Money> add(Money a, Money b);
Result<Money> subtract(Money a, Money b);

/// Splits `total` over `weights` so that the parts sum to it exactly: floor shares, then one
/// minor unit each to the largest remainders, ties to the lower index. Weights >= 0, sum > 0.
/// A negative total is the mirror image. Failure::bad_input when the weights do not allow it.
Result<std::vector<Money>> allocate(Money total, const std::vector<std::int64_t>& weights);

/// As allocate, but evenly where every weight is zero, as in a purchase of gifts alone.
Result<std::vector<Money>> allocate_or_evenly(Money total, std::vector<std::int64_t> weights);

/// "1234.50", "-3", "0.001": digits, one '.', at most the currency's exponent of decimals.
/// Failure::bad_input "money.syntax" (column in `where`), Failure::limit beyond
/// limits::amount_minor.
Result<Money> parse_money(std::string_view text, Currency currency);

/// Machine form, no grouping, '.' as separator, exactly the exponent's decimals: "-1234.50".
std::string to_decimal(Money money);

}  // namespace keepsake
