#pragma once

#include <string_view>
#include <vector>

#include "storage/domain/staff/staff_change.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const StaffChange& change);
/// Everybody who works at the tills of a store, by id.
std::vector<SealedStaffMember> staff(Database& database, std::string_view store);

}  // namespace keepsake::records
