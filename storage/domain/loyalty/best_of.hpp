#pragma once
// Of rewards that share a best_of only the one that leaves the least to pay applies.

#include <functional>
#include <map>
#include <string_view>
#include <vector>

#include "storage/domain/loyalty/rewarded.hpp"
#include "storage/domain/loyalty/rewards.hpp"

namespace keepsake::loyalty {

/// What is better than a reward, which gives way to it.
struct Better {
  std::string_view id;
  bool would_apply = false;  ///< the reward, if there were not the better one
};
/// Rewards that give way to a better one of their group, by id.
using Beaten = std::map<std::string_view, Better>;

/// `run` takes all rewards but the beaten ones. Group after group chooses, by its word: those behind
/// it do not count yet. Where two rewards leave the same, the one that costs fewer points, then the
/// one whose id comes first. Failure as `run`.
Result<Rewarded> with_the_best(const std::vector<Reward>& rewards,
                               const std::function<Result<Rewarded>(const Beaten&)>& run);

}  // namespace keepsake::loyalty
