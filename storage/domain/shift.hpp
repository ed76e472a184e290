#pragma once

#include <string>

#include "storage/domain/ids.hpp"
#include "storage/domain/money.hpp"
#include "storage/domain/time.hpp"

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

}  // namespace keepsake
