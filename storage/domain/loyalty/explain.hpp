#pragma once
// Why the figures of a quote are what they are that no single rule or reward stands behind.

#include <vector>

#include "storage/domain/loyalty/quote.hpp"
#include "storage/domain/loyalty/rules.hpp"

namespace keepsake::loyalty {

/// What points paid, which lots that took and why those, when new points expire, what settled a
/// debt, the level and the way to the next one; in this order. `quote`: of `programme` and
/// `member`.
std::vector<Why> explain(const Rules& programme, const Member& member, const Quote& quote);

}  // namespace keepsake::loyalty
