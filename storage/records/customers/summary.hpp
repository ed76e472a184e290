#pragma once
// What is derived from a customer's fields and contacts: the row that lists show, the keys that
// search and the look for duplicates use.

#include "storage/domain/values/ids.hpp"
#include "storage/engine/database.hpp"

namespace keepsake::records {

/// Brings the summary in the customer's row (name, first phone ...) and what the customer is found
/// by up to their fields and contacts. Every change of them ends here.
void settle(Database& database, const CustomerRef& customer);

/// Fills in customers whose rows are older than the index, some thousands in each transaction.
/// Nothing to do: one look at an empty index.
void fill_search(Database& database);

}  // namespace keepsake::records
