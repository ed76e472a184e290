#pragma once
// Lots: points that were issued together and expire together. 0 <= remaining <= issued always; a
// customer's points are the sum of what remains in their lots.

#include <span>
#include <vector>

#include "storage/domain/loyalty/lots.hpp"
#include "storage/records/value/accounts.hpp"

namespace keepsake::records {

/// Posts each to the customer; the fact's lots are numbered in this order.
void issue_lots(Ledger& ledger, const CustomerRef& customer, const std::vector<IssuedLot>& lots,
                Date day);
/// Takes from a lot what is there, at most `use.points`, and posts it to whom the lot belongs. Where that
/// is not `customer`, for whom it is taken (a merge was undone before the fact came), it passes over to
/// them. The answer is what was taken.
Points take_from_lot(Ledger& ledger, const CustomerRef& customer, const LotPoints& use);
/// It expires with whom the lot belongs to; the answer is what was there, at most `use.points`.
Points expire_lot(Ledger& ledger, const LotPoints& use);
/// Puts back into a lot what comes from `customer`, never beyond what the lot was issued; the answer is
/// what went in.
Points put_back(Ledger& ledger, const CustomerRef& customer, const LotPoints& use);
/// Takes from any of the customer's lots, oldest fact first, without naming them in the postings:
/// for returns whose fact names no lots. The answer is what was taken.
Points take_from_any(Ledger& ledger, const CustomerRef& customer, Points points);

/// A balance does not stand beside a debt: what is owed comes out of what is good on `day`, soonest
/// first, as far as that goes.
void pay_out_of_lots(Ledger& ledger, const CustomerRef& customer, Points owed, Date day);

/// Those with something left.
std::vector<loyalty::Lot> lots_of(Database& database, const CustomerRef& customer);
std::optional<loyalty::Lot> lot(Database& database, const LotId& id);
/// Of one fact, in order.
std::vector<IssuedLot> lots_issued_by(Database& database, FactId fact);

}  // namespace keepsake::records
