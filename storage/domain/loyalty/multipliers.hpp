#pragma once
// What points are multiplied by, line by line.

#include <cstdint>
#include <string>
#include <vector>

#include "storage/domain/loyalty/basket.hpp"
#include "storage/domain/loyalty/earning.hpp"
#include "storage/domain/loyalty/member.hpp"

namespace keepsake::loyalty {

struct Boost {
  std::vector<std::int64_t> lines;          ///< millionths, composed, for each line
  std::int64_t order = one_times;           ///< for what is given once: those without line filter
  std::vector<const Multiplier*> applying;  ///< to the order or to a line at least
};

/// In the order of the programme; what they compose to is at most 1000 times.
Boost multiplied_by(const Earning& earning, const Basket& basket, const Member& member,
                    LocalTime at);

/// One composition: with Compose::multiply 2 x after 3 x is 6 x, with add 4 x, with best 3 x.
std::int64_t composed(Compose compose, const std::vector<std::int64_t>& millionths);

}  // namespace keepsake::loyalty
