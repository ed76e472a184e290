#include "storage/domain/loyalty/best_of.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace keepsake::loyalty {
namespace {

using Ids = std::set<std::string_view>;
using Run = std::function<Result<Rewarded>(const Beaten&)>;

Result<Done> choose(const Ids& rewards, const Run& run, Beaten& beaten) {
  std::string_view best;
  std::optional<std::pair<std::int64_t, Points>> least;
  for (const std::string_view reward : rewards) {
    beaten.erase(reward);
    const auto taken = run(beaten);
    if (!taken) return taken.error();
    const auto& all = taken->discounts;
    const bool applies = std::ranges::find(all, reward, &DiscountTaken::reward) != all.end();
    beaten[reward] = {{}, applies};
    const auto& net = taken->net_minor;
    const std::pair left{std::accumulate(net.begin(), net.end(), std::int64_t{0}), taken->spent};
    if (!applies || (least && *least <= left)) continue;
    least = left;
    best = reward;
  }
  // Where none applies, each says why by itself.
  for (const std::string_view reward : rewards) {
    if (best.empty() || reward == best)
      beaten.erase(reward);
    else
      beaten[reward].id = best;
  }
  return Done{};
}

}  // namespace

Result<Rewarded> with_the_best(const std::vector<Reward>& rewards, const Run& run) {
  std::map<std::string_view, Ids> groups;
  Beaten beaten;
  for (const Reward& reward : rewards) {
    if (reward.best_of.empty()) continue;
    groups[reward.best_of].insert(reward.id);
    beaten[reward.id] = {};
  }
  for (const auto& [word, ids] : groups) {
    const auto done = choose(ids, run, beaten);
    if (!done) return done.error();
  }
  return run(beaten);
}

}  // namespace keepsake::loyalty
