#pragma once
// How money goes back: over the tenders that paid, each at most what it paid.

#include <vector>

#include "storage/domain/sale/cash.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/domain/values/ids.hpp"

namespace keepsake {

/// What is still to go back of each tender that paid, as a refund uses them: gift cards (each by its
/// name) and the wallet in the order in which they paid, then cards as one, then cash. What paid in
/// an unsaid way is cash; points come back by themselves. `back`: refunds of the purchase before; a
/// tender that had more back than it paid stands for the others. The wallet of a purchase of nobody
/// takes nothing. Tenders with nothing left are left out; references are those of gift cards only.
std::vector<Tender> refundable(const std::vector<Tender>& paid, const std::vector<Tender>& back,
                               const CustomerRef& customer);

/// Whether more than one tender paid in money, so that a refund may go back in several parts.
bool paid_in_parts(const std::vector<Tender>& paid, const CustomerRef& customer);

/// `amount` over `left` (as refundable() gives it), from the front; what is beyond them goes in cash.
/// The part in cash is rounded to coins, up to what cash paid; it stays when coins round it to
/// nothing, and says why nothing is given. Empty when `amount` is nothing.
/// Tenders of another currency take nothing.
/// Failure as round_to_cash().
Result<std::vector<Tender>> refund_over(const std::vector<Tender>& left, Money amount,
                                        CashStep step);

}  // namespace keepsake
