#pragma once
// Which pieces of a basket an item reward takes. No piece is taken by two rewards, and how pieces
// are split into lines changes nothing.

#include <cstdint>
#include <vector>

#include "storage/domain/loyalty/basket.hpp"
#include "storage/domain/loyalty/rewards.hpp"

namespace keepsake::loyalty {

/// A basket while discounts are taken from it. Item rewards (stage items, and the cheapest piece)
/// take whole pieces that none of them has used; the others take money off whole lines.
struct Remaining {
  std::vector<std::int64_t> minor;        ///< of each line, >= 0
  std::vector<std::int64_t> pieces;       ///< used by no item reward yet; a weighed line is one
  std::vector<std::int64_t> piece_minor;  ///< what these cost by now, 0..minor
};

/// What a reward may choose from.
struct Choice {
  const Reward& reward;
  const Basket& basket;
  const Remaining& left;
  const std::vector<std::size_t>& fitting;  ///< lines, rising
};

/// Pieces of one line: those given at less, and those used up for it.
struct Picked {
  std::size_t line = 0;
  std::int64_t given = 0;
  std::int64_t bought = 0;
};

struct PickedSets {
  std::int64_t sets = 0;
  std::vector<Picked> pieces;  ///< rising
};

/// The cheapest `give` pieces, of the others the dearest `buy`.
std::vector<Picked> pick(const Choice& choice, std::int64_t give, std::int64_t buy);
/// How many pieces there are that cost something.
std::int64_t pieces_of(const Choice& choice);

/// At most `steps` of buy_x_get_y.
PickedSets pick_buy_get(const Choice& choice, std::int64_t steps);
/// At most `steps` of set_price, the dearest pieces first, while a set costs more than its price.
/// Failure::limit for figures beyond what can be kept.
Result<PickedSets> pick_priced_sets(const Choice& choice, std::int64_t steps);

/// What so many pieces of a line cost by now.
Result<std::int64_t> value_of(const Remaining& left, std::size_t line, std::int64_t pieces);

}  // namespace keepsake::loyalty
