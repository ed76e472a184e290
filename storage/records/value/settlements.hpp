#pragma once
// What facts took that was not there, and what a manager or head office says to such an exception.
// Shortfall and settlement meet in whichever order they come.

#include <span>

#include "storage/domain/staff/settlement.hpp"
#include "storage/records/value/accounts.hpp"

namespace keepsake::records {

/// The fact took so much more than there was: the programme bears it, unless the customer owes it.
void note_lacking(Ledger& ledger, std::string_view code, Account account, std::string_view owner,
                  Points lacking);
void note_lacking(Ledger& ledger, std::string_view code, Account account, std::string_view owner,
                  Money lacking);

/// The first word about an exception stands; of another nothing comes, which at the moment it is said
/// is Failure::refused "exception.settled". A debt is what the fact lacked, at most what was said; what
/// the customer has of it goes at once, the rest is owed. Whoever was erased owes nothing.
Result<Done> apply(Applying& applying, const ExceptionSettled& settled);

/// `points` that do not fit back into lots, because these purchases, which are returned, had not got
/// them: what the programme bore comes back to it, and what was made the customer's debt is owed no
/// more, or was paid and comes back. The answer is how much of `points` it was.
Points undo_shortfalls(Ledger& ledger, const CustomerRef& customer,
                       std::span<const FactId> purchases, Points points);

/// What a wallet owes; >= 0.
Money wallet_debt(Database& database, const CustomerRef& customer, Currency currency);
/// Money has come into the wallet by this fact: what is owed goes out of it, at most `came`.
void pay_wallet_debt(Ledger& ledger, const CustomerRef& customer, Money came);

}  // namespace keepsake::records
