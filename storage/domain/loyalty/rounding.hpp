#pragma once
// How exact fractions of points become points. Each rule is rounded once, so that figures add up.

#include "storage/domain/values/points.hpp"
#include "storage/domain/values/rounding.hpp"

namespace keepsake::loyalty {

enum class RoundingMode { half_up, down, up, half_even };
enum class RoundedPer { order, line };

struct PointRounding {
  int decimals = 0;  ///< 0..2
  RoundingMode mode = RoundingMode::down;
  RoundedPer per = RoundedPer::order;
  bool operator==(const PointRounding&) const = default;
};

/// The smallest number of points that is given, in hundredths: 100, 10 or 1.
constexpr std::int64_t quantum(int decimals) {
  return decimals == 0 ? 100 : decimals == 1 ? 10 : 1;
}

/// A number of hundredths of a point, exactly: numerator / denominator, both >= 0, denominator > 0.
struct ExactPoints {
  Wide numerator = 0;
  std::int64_t denominator = 1;
};
/// Exact comparison for fractions whose denominators are at most 10^18.
bool less(const ExactPoints& a, const ExactPoints& b);

/// numerator / step as a whole number; numerator >= 0, step > 0.
Wide whole_steps(Wide numerator, Wide step, RoundingMode mode);

/// To a multiple of 10^(2 - decimals) hundredths. Failure::limit "points.overflow".
Result<Points> round_points(const ExactPoints& exact, const PointRounding& rounding);

}  // namespace keepsake::loyalty
