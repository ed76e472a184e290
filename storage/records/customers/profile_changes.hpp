#pragma once
// Changes of what is known of a customer: kept sealed, and opened where the key is here.

#include "storage/domain/customer/change.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const CustomerChange& change);

/// Opens the changes that were sealed until now.
Result<Done> reveal_changes(Database& database, Vault& vault, const CustomerRef& customer);

bool has_sealed_changes(Database& database, const CustomerRef& customer);

}  // namespace keepsake::records
