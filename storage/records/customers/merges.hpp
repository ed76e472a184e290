#pragma once
// One person under several references: reversible aliases. A reference that was merged is read as
// the one that is kept; what was written under it stays under it, so that undoing is exact.

#include <optional>
#include <vector>

#include "storage/domain/customer/profile.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const CustomerMerge& merge);
Result<Done> apply(Applying& applying, const MergeUndoing& undoing);

std::optional<MergeRecord> merge(Database& database, const FactId& fact);
/// Merges that touch any of these, newest first.
std::vector<MergeRecord> merges_of(Database& database, const CustomerRef& customer);

}  // namespace keepsake::records
