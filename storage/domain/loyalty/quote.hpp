#pragma once
// What a basket would earn, cost and change: a pure function of programme, basket, member and time.

#include "storage/domain/loyalty/quoted.hpp"

namespace keepsake::loyalty {

/// What paying `amount` with points costs: rounded up to the points that the programme counts in.
/// Failure::limit; asserts that points pay at all.
Result<Points> points_price(const Rules& programme, Money amount);
/// The most that points can still pay of a quoted basket; 0 where they do not pay or begin higher.
Money points_worth(const Rules& programme, const Quote& quote);

/// Failure::bad_input "quote.*" for a basket or member that contradicts itself, Failure::limit for
/// figures beyond what can be kept. A claim that cannot be honoured is no failure: see Refusal.
Result<Quote> quote(const Rules& programme, const Basket& basket, const Member& member,
                    LocalTime at);

}  // namespace keepsake::loyalty
