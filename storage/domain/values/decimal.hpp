#pragma once
// The one reader and the one writer of exact decimals; money, quantity, price and points use them.

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {

struct DecimalRule {
  int decimals;      ///< at most this many after the '.'; the result is scaled by 10^decimals
  std::int64_t max;  ///< largest magnitude of the scaled value, at most 10^17
  std::string_view syntax;  ///< error code for Failure::bad_input
  std::string_view limit;   ///< error code for Failure::limit
};

/// "-"? digits ("." digits)?, nothing else. The column (from 1) of the first wrong character is in
/// `where`.
Result<std::int64_t> parse_scaled(std::string_view text, const DecimalRule& rule);

/// `value` / 10^decimals with at least `shown` and, where the value needs them, more decimals.
std::string format_scaled(std::int64_t value, int decimals, int shown);

}  // namespace keepsake
