#pragma once

#include <optional>

#include "storage/domain/customer/member_pin.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const MemberPinChange& change);
/// The PIN of the person whose kept reference this is: the latest under any of their references.
/// nullopt: they have none.
std::optional<SealedPin> member_pin(Database& database, const CustomerRef& kept);

}  // namespace keepsake::records
