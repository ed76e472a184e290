#include "storage/domain/values/points.hpp"

#include "storage/domain/values/decimal.hpp"

namespace keepsake {
namespace {

Error overflow() {
  return {Failure::limit, "points.overflow", "The number of points is too large", "",
          "Split it into smaller ones"};
}

}  // namespace

Result<Points> add(Points a, Points b) {
  Points sum;
  if (__builtin_add_overflow(a.hundredths, b.hundredths, &sum.hundredths)) return overflow();
  return sum;
}

Result<Points> subtract(Points a, Points b) {
  Points difference;
  if (__builtin_sub_overflow(a.hundredths, b.hundredths, &difference.hundredths)) return overflow();
  return difference;
}

std::string to_decimal(Points points) { return format_scaled(points.hundredths, 2, 0); }

}  // namespace keepsake
