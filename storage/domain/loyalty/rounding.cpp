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

Result<Points> round_points(const ExactPoints& exact, const PointRounding& rounding) {
  assert(exact.denominator > 0 && exact.numerator >= 0);
  const Wide unit = quantum(rounding.decimals);
  const Wide step = exact.denominator * unit;
  Wide steps = exact.numerator / step;
  const Wide rest = exact.numerator % step;
  switch (rounding.mode) {
    case RoundingMode::down:
      break;
    case RoundingMode::up:
      steps += rest > 0 ? 1 : 0;
      break;
    case RoundingMode::half_up:
      steps += rest >= step - rest ? 1 : 0;
      break;
    case RoundingMode::half_even:
      if (rest > step - rest || (rest == step - rest && steps % 2 == 1)) steps += 1;
      break;
  }
  if (steps > std::numeric_limits<std::int64_t>::max() / unit)
    return Error{Failure::limit, "points.overflow", "The number of points is too large", "",
                 "Correct the rates of the programme"};
  return Points{static_cast<std::int64_t>(steps * unit)};
}

}  // namespace keepsake::loyalty
