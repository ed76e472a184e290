#pragma once

#include <cstdint>
#include <string>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// Loyalty points in hundredths of a point.
struct Points {
  std::int64_t hundredths = 0;

  auto operator<=>(const Points&) const = default;
};

Result<Points> add(Points a, Points b);  ///< Failure::limit "points.overflow"
Result<Points> subtract(Points a, Points b);
std::string to_decimal(Points points);  ///< shortest exact form: "1284", "0.5"

}  // namespace keepsake
