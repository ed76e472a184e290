#pragma once
// The tables of records (storage/records/migrations): the same at a terminal and at the centre.

#include "storage/engine/database.hpp"

namespace keepsake::records {

/// Creates or upgrades the tables, in a transaction of its own. Failure as migrate().
Result<Done> migrate(Database& database);
/// For read-only connections: Failure::refused "schema.newer" or "schema.older".
Result<Done> check_schema(Database& database);

}  // namespace keepsake::records
