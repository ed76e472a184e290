#pragma once
// The member once a quote is booked, so that the next can follow it.

#include <string>
#include <vector>

#include "storage/domain/loyalty/quoted.hpp"

namespace keepsake::loyalty {

/// A name for each lot that the quote issues, which no lot of the member has: "new-1".
std::vector<std::string> new_lot_names(const Member& member, const Quote& quote);

/// What the records hold after the purchase; cash-outs go onto the wallet. `quote`: of `basket` and
/// `member`. Nobody stays nobody.
Member member_after(const Rules& programme, const Basket& basket, const Member& member,
                    const Quote& quote, LocalTime at);

}  // namespace keepsake::loyalty
