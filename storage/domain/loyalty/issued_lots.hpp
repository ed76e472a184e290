#pragma once
// Lots as the rules name them, and as facts do.

#include <vector>

#include "storage/domain/loyalty/quote.hpp"
#include "storage/domain/sale/loyalty_result.hpp"

namespace keepsake {

/// Failure as parse_lot_id: lots of a fact that is still being made have no id.
Result<std::vector<LotPoints>> lot_points(const std::vector<loyalty::LotUse>& uses);

}  // namespace keepsake
