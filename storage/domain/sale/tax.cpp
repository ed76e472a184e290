#include "storage/domain/sale/tax.hpp"

#include "storage/domain/values/rounding.hpp"

namespace keepsake {

Result<Money> tax_included(Money gross, TaxRate rate) {
  if (rate.basis_points < 0 || rate.basis_points > 10'000)
    return Error{Failure::bad_input, "tax.rate", "A tax rate must lie between 0 and 100 %", "",
                 "Correct the rate"};
  auto minor = divide_half_up(Wide{gross.minor} * rate.basis_points, 10'000 + rate.basis_points);
  if (!minor) return minor.error();
  return Money{*minor, gross.currency};
}

}  // namespace keepsake
