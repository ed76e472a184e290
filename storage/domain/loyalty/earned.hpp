#pragma once
// What each rule gives for a basket: the second half of a quote. Order of evaluation: earning.hpp.

#include <cstdint>
#include <vector>

#include "storage/domain/loyalty/basket.hpp"
#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/loyalty/quoted.hpp"
#include "storage/domain/loyalty/rules.hpp"

namespace keepsake::loyalty {

struct EarningBasis {
  const Rules& programme;
  const Basket& basket;
  const Member& member;  ///< known
  LocalTime at;
  const std::vector<std::int64_t>& earning_minor;  ///< of each line: what can earn
  const std::vector<std::int64_t>& net_minor;      ///< of each line: what minimums look at
  const std::vector<Tender>& tenders;              ///< those that stand
};

struct Earned {
  std::vector<RuleEarned> rules;     ///< that give something, or would without a cap
  std::vector<Refusal> not_applied;  ///< the others, with the reason
};
/// Both in the order of the programme.
Result<Earned> earned(const EarningBasis& basis);

}  // namespace keepsake::loyalty
