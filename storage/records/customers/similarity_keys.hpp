#pragma once
// Keys by which people who resemble one another are found.

#include "storage/domain/values/ids.hpp"
#include "storage/engine/database.hpp"

namespace keepsake::records {

/// Brings the keys of one reference up to its fields and contacts.
void put_similarity_keys(Database& database, const CustomerRef& customer);
/// Computes everybody's keys anew where they are of an earlier similarity_keys_version.
Result<Done> refill_similarity_keys(Database& database);

}  // namespace keepsake::records
