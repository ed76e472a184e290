#pragma once
// What rewards do to a basket.

#include <cstdint>
#include <vector>

#include "storage/domain/loyalty/quoted.hpp"

namespace keepsake::loyalty {

struct Rewarded {
  std::vector<DiscountTaken> discounts;
  std::vector<RewardIssued> issued;
  std::vector<Refusal> refused;
  std::vector<Refusal> not_applied;     ///< see Quote
  std::vector<std::int64_t> net_minor;  ///< of each line, >= 0
  Points spent;                         ///< at most the balance
};

}  // namespace keepsake::loyalty
