#pragma once
// The loyalty programme: for now one earning rule. A purchase names the version it earned under.

#include <cstdint>
#include <string>

#include "storage/domain/money.hpp"
#include "storage/domain/points.hpp"

namespace keepsake {

struct Programme {
  std::int32_t version = 0;  ///< 1, 2, ...; 0: no programme, earns nothing
  std::string name;
  Currency currency;
  Points per_major_unit;  ///< earned for each major unit of money: 0.1 point per krone is 10
  std::int64_t point_value_milli_minor =
      0;               ///< what one whole point buys, in 1/1000 minor units; for display
  std::string source;  ///< the text of the file it came from, kept for the record
  bool operator==(const Programme&) const = default;
};

/// Points for an amount: amount x rate, down to whole points, never negative.
Result<Points> points_earned(const Programme& programme, Money amount);

/// What `points` are worth, down to minor units.
Result<Money> worth(const Programme& programme, Points points);

/// The share of `earned` that falls on `returned` out of `sold`, given `before` of it already went
/// back on earlier returns: cumulative, half up, so that returning everything reverses exactly
/// `earned`.
Result<Points> points_reversed(Points earned, Points before, Money sold, Money returned_before,
                               Money returned_now);

}  // namespace keepsake
