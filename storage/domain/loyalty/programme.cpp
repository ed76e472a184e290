#include "storage/domain/loyalty/programme.hpp"

#include "storage/domain/values/rounding.hpp"

namespace keepsake {

Result<Money> worth(const Programme& programme, Points points) {
  auto minor = divide_down(Wide{points.hundredths} * programme.point_value_milli_minor, 100 * 1000);
  if (!minor) return minor.error();
  return Money{*minor, programme.currency};
}

}  // namespace keepsake
