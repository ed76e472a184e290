#pragma once
// Which rewards a basket gets and what they take off: the first half of a quote.
//
// Discounts are taken stage by stage (Rules::discount_order), within a stage as comes_before says,
// each on what the earlier ones left; how lines are split and where rewards stand in the file
// changes no total. Of rewards that share a best_of only the one that leaves the least to pay is
// taken. Points pay for them in that order, then for what is handed over, in the order
// it was asked for.

#include <cstdint>
#include <vector>

#include "storage/domain/loyalty/basket.hpp"
#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/loyalty/rewarded.hpp"
#include "storage/domain/loyalty/rules.hpp"

namespace keepsake::loyalty {

/// `gross_minor`: each line before rewards, >= 0. Claims name lines that exist.
Result<Rewarded> take_rewards(const Rules& programme, const Basket& basket, const Member& member,
                              LocalTime at, const std::vector<std::int64_t>& gross_minor,
                              Points balance);

}  // namespace keepsake::loyalty
