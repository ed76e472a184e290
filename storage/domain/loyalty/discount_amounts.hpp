#pragma once
// What one discount takes off which lines. Nothing here knows of points, codes or members.

#include <cstdint>
#include <vector>

#include "storage/domain/loyalty/basket.hpp"
#include "storage/domain/loyalty/pieces.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/domain/loyalty/why.hpp"

namespace keepsake::loyalty {

struct ReducedLine {
  std::size_t line = 0;
  std::int64_t minor = 0;
  std::int64_t pieces = 0;      ///< used up here: given away, and bought for it
  std::int64_t used_minor = 0;  ///< what these cost before
};

struct Reduction {
  std::int64_t minor = 0;          ///< 0: nothing fits
  std::int64_t steps = 0;          ///< of those offered, how many found something to reduce
  std::int64_t pieces = 0;         ///< item rewards: pieces reduced
  std::int64_t pieces_bought = 0;  ///< buy_x_get_y: pieces that count
  std::int64_t base_minor = 0;     ///< what it was computed on
  std::vector<ReducedLine> lines;  ///< rising
};

/// The reduction by at most `steps` of `reward` on the lines `fitting` (rising), and none of it
/// below zero. `left` is not changed.
Result<Reduction> reduction(const Reward& reward, std::int64_t steps,
                            const DiscountRounding& rounding, const Basket& basket,
                            const Remaining& left, const std::vector<std::size_t>& fitting);

/// Takes it from the basket.
void apply(const Reduction& reduction, Remaining& left);

/// Why a discount is what it is.
Why why_of(const Reward& reward, const Reduction& reduction, Currency currency);

}  // namespace keepsake::loyalty
