#pragma once

#include <vector>

#include "storage/domain/values/money.hpp"

namespace keepsake {

/// The smallest coin in circulation, in minor units: 1 (none), 5 (0.05), 50 (0.50), 100 (1.00).
struct CashStep {
  std::int64_t minor = 1;
  auto operator<=>(const CashStep&) const = default;
};

/// The amount due in cash: the nearest multiple of the step, ties away from zero.
Result<Money> round_to_cash(Money due, CashStep step);

/// The coarsest smallest coin that shops of the currency round to, in minor units: no rounding of one
/// payment is more.
std::int64_t coarsest_step(Currency currency);

/// tendered - due in cash. Failure::refused "cash.short" when too little was given.
Result<Money> change_due(Money due, Money tendered, CashStep step);

/// Up to three amounts a customer is likely to hand over for `due`, rising, the first exact:
/// 2 166.61 -> 2 167, 2 200, 2 500 with a step of 1.00. `notes` are the currency's, rising.
std::vector<Money> likely_tenders(Money due, CashStep step,
                                  const std::vector<std::int64_t>& notes_minor);

/// The notes and large coins in use, rising, in minor units; empty when the currency is not listed.
const std::vector<std::int64_t>& notes_of(Currency currency);

}  // namespace keepsake
