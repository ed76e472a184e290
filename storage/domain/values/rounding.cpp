#include "storage/domain/values/rounding.hpp"

#include <limits>

namespace keepsake {
namespace {

Result<std::int64_t> narrow(Wide value) {
  if (value > std::numeric_limits<std::int64_t>::max() ||
      value < std::numeric_limits<std::int64_t>::min())
    return Error{Failure::limit, "number.overflow", "A figure is too large", "",
                 "Split the entry into smaller ones"};
  return static_cast<std::int64_t>(value);
}

}  // namespace

Result<std::int64_t> divide_half_up(Wide numerator, std::int64_t denominator) {
  assert(denominator > 0);
  Wide quotient = numerator / denominator;
  const Wide remainder = numerator - quotient * denominator;  // has the sign of the numerator
  const Wide distance = remainder < 0 ? -remainder : remainder;
  if (distance >= denominator - distance) quotient += numerator < 0 ? -1 : 1;
  return narrow(quotient);
}

Result<std::int64_t> divide_down(Wide numerator, std::int64_t denominator) {
  assert(denominator > 0);
  return narrow(numerator / denominator);
}

}  // namespace keepsake
