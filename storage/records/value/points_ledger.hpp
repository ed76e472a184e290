#pragma once
// Points by double entry (I3). A debit that finds less than the fact names, which a terminal
// refuses, takes what is there at the centre; the programme loses the rest, never the customer.

#include <span>

#include "storage/records/value/accounts.hpp"

namespace keepsake::records {

/// What a purchase without an outcome earned: one lot that never expires.
void post_earned(Ledger& ledger, const CustomerRef& customer, Points points, Date day);
/// Takes `points` back out of any lots. What the customer no longer has, the programme loses; noted
/// as an exception.
void post_reversed(Ledger& ledger, const CustomerRef& customer, Points points);

Result<Done> post_outcome(Ledger& ledger, const CustomerRef& customer, const LoyaltyResult& outcome,
                          Points earned, Date day);
/// `purchases`: whose items come back.
Result<Done> post_outcome(Ledger& ledger, const CustomerRef& customer, const ReturnResult& outcome,
                          Points reversed, Date day, std::span<const FactId> purchases);

// Of the account that is kept for this reference (merges.hpp).
Points balance(Database& database, const CustomerRef& customer);
Points debt(Database& database, const CustomerRef& customer);  ///< >= 0

}  // namespace keepsake::records
