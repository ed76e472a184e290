#pragma once
// What merged customers own goes over to the one that is kept, and back: lots, debt, wallets.

#include "storage/domain/values/points.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

/// Everything of `merged`'s accounts to `kept`'s. The answer is the points that went over.
Points hand_over(Applying& applying, const CustomerRef& merged, const CustomerRef& kept);

/// Back to `merged` what went over with `merge` and what was earned under its references since, as
/// far as `kept` still has it. Wallets that have less are noted ("merge.shortfall").
void hand_back(Applying& applying, const FactId& merge, const CustomerRef& kept,
               const CustomerRef& merged);

}  // namespace keepsake::records
