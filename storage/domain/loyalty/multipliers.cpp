#include "storage/domain/loyalty/multipliers.hpp"

#include <algorithm>

namespace keepsake::loyalty {
namespace {

constexpr std::int64_t most_times = 1000 * one_times;

}  // namespace

std::int64_t composed(Compose compose, const std::vector<std::int64_t>& millionths) {
  if (millionths.empty()) return one_times;
  if (compose == Compose::best) return std::min(std::ranges::max(millionths), most_times);
  std::int64_t product = one_times;
  for (const std::int64_t each : millionths) {
    // Both factors are at most 10^9, so that the product fits.
    product =
        compose == Compose::multiply ? product * each / one_times : product + (each - one_times);
    product =
        std::clamp<std::int64_t>(product, compose == Compose::add ? -most_times : 0, most_times);
  }
  return std::max<std::int64_t>(product, 0);
}

Boost multiplied_by(const Earning& earning, const Basket& basket, const Member& member,
                    LocalTime at) {
  Boost boost;
  boost.lines.assign(basket.lines.size(), one_times);
  std::vector<const Multiplier*> now;
  std::vector<std::int64_t> found;
  for (const Multiplier& each : earning.multipliers) {
    if (!matches(each.filter.order, basket, member, at)) continue;
    now.push_back(&each);
    if (each.filter.lines.everything()) {
      found.push_back(each.millionths);
      boost.applying.push_back(&each);
    }
  }
  if (now.empty()) return boost;
  boost.order = composed(earning.compose, found);
  for (std::size_t i = 0; i < basket.lines.size(); ++i) {
    found.clear();
    for (const Multiplier* each : now) {
      if (!matches(each->filter.lines, basket.lines[i])) continue;
      found.push_back(each->millionths);
      if (std::ranges::find(boost.applying, each) == boost.applying.end())
        boost.applying.push_back(each);
    }
    boost.lines[i] = composed(earning.compose, found);
  }
  return boost;
}

}  // namespace keepsake::loyalty
