#pragma once
// The centre's database: the records, and beside them what only the centre has (migrations/).

#include "storage/engine/database.hpp"

namespace keepsake::sync::central {

/// Creates or upgrades everything. Failure as keepsake::migrate().
Result<Done> migrate(Database& database);
/// For read-only connections: Failure::refused "schema.newer" or "schema.older".
Result<Done> check_schema(Database& database);

}  // namespace keepsake::sync::central
