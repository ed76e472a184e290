#include "storage/domain/loyalty/rounding.hpp"

#include <limits>

namespace keepsake::loyalty {

bool less(const ExactPoints& a, const ExactPoints& b) {
  const Wide whole_a = a.numerator / a.denominator;
  const Wide whole_b = b.numerator / b.denominator;
  if (whole_a != whole_b) return whole_a < whole_b;
  // Remainders stay below their denominators, so that the cross products fit.
  return (a.numerator % a.denominator) * b.denominator <
         (b.numerator % b.denominator) * a.denominator;
}

Wide whole_steps(Wide numerator, Wide step, RoundingMode mode) {
  assert(step > 0 && numerator >= 0);
  const Wide steps = numerator / step;
  const Wide rest = numerator % step;
  switch (mode) {
    case RoundingMode::down:
      return steps;
    case RoundingMode::up:
      return rest > 0 ? steps + 1 : steps;
    case RoundingMode::half_up:
      return rest >= step - rest ? steps + 1 : steps;
    case RoundingMode::half_even:
      return rest > step - rest || (rest == step - rest && steps % 2 == 1) ? steps + 1 : steps;
  }
  return steps;
}

Result<Points> round_points(const ExactPoints& exact, const PointRounding& rounding) {
  assert(exact.denominator > 0 && exact.numerator >= 0);
  const Wide unit = quantum(rounding.decimals);
  const Wide steps = whole_steps(exact.numerator, exact.denominator * unit, rounding.mode);
  if (steps > std::numeric_limits<std::int64_t>::max() / unit)
    return Error{Failure::limit, "points.overflow", "The number of points is too large", "",
                 "Correct the rates of the programme"};
  return Points{static_cast<std::int64_t>(steps * unit)};
}

}  // namespace keepsake::loyalty
