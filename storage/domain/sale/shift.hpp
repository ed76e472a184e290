#pragma once

#include <string>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// A cashier's turn at the drawer. At most one shift is open on a terminal.
struct ShiftOpening {
  LocalTime at;
  std::string staff;
  Money cash_float;  ///< counted in the drawer at the start
  bool operator==(const ShiftOpening&) const = default;
};

struct ShiftClosing {
  LocalTime at;
  std::string staff;
  FactId shift;    ///< the opening
  Money expected;  ///< float + cash taken - cash given back - cash paid out for points
  Money counted;
  bool operator==(const ShiftClosing&) const = default;
};

struct ShiftView {
  FactId id;
  ShiftOpening opening;
  std::int64_t purchases = 0;
  Money cash_taken;
  Money cash_returned;
  Money expected;               ///< float + cash taken - cash returned - cash paid out
  Money cash_paid_out = {};     ///< for points
  std::int64_t exceptions = 0;  ///< its records that a person has to settle
  bool operator==(const ShiftView&) const = default;
};

}  // namespace keepsake
