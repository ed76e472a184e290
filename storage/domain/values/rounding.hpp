#pragma once
// The roundings of the product: each is one named function, with its rule.

#include <cstdint>

#include "storage/domain/values/result.hpp"

namespace keepsake {

__extension__ typedef __int128 Wide;  // products of two int64 fit

/// numerator / denominator, ties away from zero ("half up" as shops, and ISO 80000-1 rule B, use
/// it). denominator > 0. Failure::limit if the quotient leaves int64.
Result<std::int64_t> divide_half_up(Wide numerator, std::int64_t denominator);

/// numerator / denominator towards zero; for points, which are given in full units only.
Result<std::int64_t> divide_down(Wide numerator, std::int64_t denominator);

}  // namespace keepsake
