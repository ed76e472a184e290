#pragma once

#include "storage/domain/customer/change.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const CustomerNote& note);
/// Opens the notes that were sealed until now.
Result<Done> reveal_notes(Database& database, Vault& vault, const CustomerRef& customer);

}  // namespace keepsake::records
