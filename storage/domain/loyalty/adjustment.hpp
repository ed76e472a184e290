#pragma once
// Points that a manager gives or takes by hand: goodwill, and the correction of a mistake. The fact
// is a LoyaltyEvent; its rule or reward is named after the reason, so that the member's points story
// says it.

#include <string>
#include <string_view>

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/sale.hpp"

namespace keepsake::loyalty {

inline constexpr std::string_view adjustment_event = "adjustment";
inline constexpr std::size_t adjustment_reason_bytes = 48;

/// The reason in the name of an adjustment's rule or reward; empty for any other name.
std::string_view adjustment_reason(std::string_view name);

/// `change`: not 0. Given points settle debt first, then make a lot with the programme's expiry;
/// points that are taken go as a payment would: soonest expiry first, and never more than can be
/// spent. `rules` are those of `context.programme`, `member` is `context.customer`.
/// Failure::bad_input "adjustment.reason", "adjustment.points"; Failure::refused "points.short".
Result<LoyaltyEvent> adjustment(const SaleContext& context, const Rules& rules,
                                const Member& member, Points change, const std::string& reason);

}  // namespace keepsake::loyalty
