#pragma once
// Forgetting a person: what is personal leaves the records, sums and what the law keeps stay. The
// keys in the vault are destroyed by whoever commits (Book, the centre's ingest): they live in
// another file.

#include <span>
#include <string>
#include <vector>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const CustomerErasure& erasure);

/// Everybody erased, for destroying keys that outlived a crash.
std::vector<CustomerRef> erased_customers(Database& database);

/// Personal values of these references as their bytes stand in the file, to look for what is left.
std::vector<std::string> personal_values(Database& database, std::span<const CustomerRef> refs);

/// Living, kept customers without any sign of life since `before`: no purchase, return, change,
/// note, consent or registration under any reference, and nothing that is owed: no cover that runs
/// on `today`, no points that are good then, no money in the wallet, no debt. Oldest first.
std::vector<CustomerRef> inactive_since(Database& database, Instant before, Date today,
                                        std::size_t limit);

}  // namespace keepsake::records
