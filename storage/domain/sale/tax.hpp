#pragma once

#include <cstdint>

#include "storage/domain/values/money.hpp"

namespace keepsake {

/// A rate that prices include, in basis points: 25 % is 2500.
struct TaxRate {
  std::int32_t basis_points = 0;  ///< 0..10000
  auto operator<=>(const TaxRate&) const = default;
};

/// The tax inside a gross amount: gross * rate / (10000 + rate), per line, rounded once, half up.
Result<Money> tax_included(Money gross, TaxRate rate);

}  // namespace keepsake
