#pragma once
// Points by double entry (I3): the postings of a fact sum to zero, so all accounts together do, and
// no customer's account goes below zero.

#include "storage/records/applying.hpp"

namespace keepsake::records {

enum class Account : std::int64_t { customer = 1, issued = 2, losses = 3 };

/// The programme issues `points` to the customer. Once a fact.
void post_earned(Applying& applying, const CustomerRef& customer, Points points);
/// Takes `points` back. What the customer no longer has, the programme loses; noted as an
/// exception.
void post_reversed(Applying& applying, const CustomerRef& customer, Points points);

Points balance(Database& database, const CustomerRef& customer);

}  // namespace keepsake::records
