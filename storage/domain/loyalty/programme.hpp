#pragma once
// A loyalty programme as it is published, once for each version; purchases name the version they
// earned under. What it means: storage/programme.

#include <cstdint>
#include <string>

#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"

namespace keepsake {

struct Programme {
  std::int32_t version = 0;  ///< 1, 2, ...; 0: no programme, earns nothing
  std::string name;
  Currency currency;
  Points per_major_unit;  ///< by the basic rule, for each major unit of money; for display
  /// What one whole point buys, in 1/1000 minor units; for display.
  std::int64_t point_value_milli_minor = 0;
  std::string source;  ///< the text of the file or files it came from; what it means
  bool operator==(const Programme&) const = default;
};

/// What `points` are worth, down to minor units.
Result<Money> worth(const Programme& programme, Points points);

}  // namespace keepsake
