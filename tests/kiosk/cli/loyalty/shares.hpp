#pragma once
// Splitting whole numbers, for tests that work figures out again by themselves.

#include <algorithm>
#include <cstdint>
#include <vector>

namespace keepsake::cli {

using Int = std::int64_t;
using Parts = std::vector<Int>;

inline Int sum_of(const Parts& parts) {
  Int sum = 0;
  for (const Int part : parts) sum += part;
  return sum;
}

inline void add(Parts& to, const Parts& more) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += more[i];
}

/// `units` given to those with the largest rests above zero, one each, the earlier of equal ones.
inline void to_largest(Parts& parts, const Parts& rests, Int units) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < rests.size(); ++i)
    if (rests[i] > 0) order.push_back(i);
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return rests[a] > rests[b]; });
  for (const std::size_t i : order)
    if (units-- > 0) ++parts[i];
}

/// `whole` by weight, the largest remainders first; evenly where nothing weighs.
inline Parts by_weight(Int whole, Parts weights) {
  if (sum_of(weights) == 0) weights.assign(weights.size(), 1);
  const Int all = sum_of(weights);
  Parts parts, rests;
  for (const Int weight : weights) {
    parts.push_back(whole * weight / all);
    rests.push_back(whole * weight % all);
  }
  to_largest(parts, rests, whole - sum_of(parts));
  return parts;
}

}  // namespace keepsake::cli
