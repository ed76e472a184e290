#include "storage/domain/programme.hpp"

#include <algorithm>

#include "storage/domain/rounding.hpp"

namespace keepsake {

Result<Points> points_earned(const Programme& programme, Money amount) {
  if (programme.version == 0) return Points{};
  if (auto same = subtract(amount, Money{0, programme.currency}); !same) return same.error();
  if (amount.minor <= 0 || programme.per_major_unit.hundredths <= 0) return Points{};
  // hundredths of a point = amount / minor_per_major * rate; whole points drop the last two digits.
  auto whole = divide_down(Wide{amount.minor} * programme.per_major_unit.hundredths,
                           programme.currency.minor_per_major() * 100);
  Points points;
  if (!whole || __builtin_mul_overflow(*whole, std::int64_t{100}, &points.hundredths))
    return Error{Failure::limit, "points.overflow", "The number of points is too large to be kept",
                 "", "Correct the earning rate of the programme"};
  return points;
}

Result<Money> worth(const Programme& programme, Points points) {
  auto minor = divide_down(Wide{points.hundredths} * programme.point_value_milli_minor, 100 * 1000);
  if (!minor) return minor.error();
  return Money{*minor, programme.currency};
}

Result<Points> points_reversed(Points earned, Points before, Money sold, Money returned_before,
                               Money returned_now) {
  auto returned = add(returned_before, returned_now);
  if (!returned) return returned.error();
  auto kept = subtract(sold, *returned);
  if (!kept) return kept.error();
  if (returned_before.minor < 0 || returned_now.minor < 0 || kept->minor < 0)
    return Error{Failure::bad_input, "return.exceeds", "More is returned than was sold", "",
                 "Compare the return with the receipt"};
  // A free purchase has nothing to go by: whatever it earned goes back with its first return.
  Result<std::int64_t> target = earned.hundredths;
  if (sold.minor > 0)
    target = divide_half_up(Wide{earned.hundredths} * returned->minor, sold.minor);
  if (!target) return target.error();
  auto due = subtract(Points{*target}, before);
  if (!due) return due;
  return Points{std::max<std::int64_t>(due->hundredths, 0)};
}

}  // namespace keepsake
