#pragma once
// What must be bought for a rule or reward to apply.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/domain/loyalty/basket.hpp"
#include "storage/domain/loyalty/earning.hpp"
#include "storage/domain/loyalty/why.hpp"

namespace keepsake::loyalty {

/// Why the basket does not reach the minimum of `rule`; none where it does. `minor`: what each line
/// costs. `fitting`: the lines of the rule, which count unless the whole order does.
std::optional<Why> falls_short(const Minimum& minimum, const std::string& rule,
                               const Basket& basket, const std::vector<std::int64_t>& minor,
                               const std::vector<std::size_t>& fitting);

}  // namespace keepsake::loyalty
