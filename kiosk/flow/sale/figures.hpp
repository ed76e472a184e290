#pragma once
// Figures of the sale that screens show and reducers decide by: derived, never stored.

#include <vector>

#include "kiosk/flow/session.hpp"
#include "kiosk/flow/shared/context.hpp"

namespace keepsake::flow {

/// The till's quote as the sale shows it; zeros for an empty basket.
struct SaleFigures {
  Money gross;     ///< before rewards
  Money discount;  ///< by rewards and coupons
  Money total;
  Money tax;
  Points points;  ///< to be earned
  std::int64_t pieces = 0;
};
SaleFigures totals(const Till& till, const Context& context);

struct TenderFigures {
  Money total;
  Money paid;           ///< by the tenders taken
  Money left;           ///< total - paid, exact
  Money left_cash;      ///< left, rounded to the coins there are
  Money entered;        ///< what the field says; all that is left (rounded for cash) when empty
  Money change;         ///< cash handed over beyond left_cash, else 0
  bool enough = false;  ///< taking `entered` ends the sale
  Money most;           ///< that this tender can pay: all that is left, or what is on it
  Points cost;          ///< of `entered`, where points pay
  std::vector<Money> quick;  ///< likely cash amounts, rising, the first exact
};
TenderFigures figures(const Till& till, const Tendering& tendering, const Context& context);

}  // namespace keepsake::flow
