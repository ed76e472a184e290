#pragma once
// The tables of records (storage/records/migrations): the same at a terminal and at the centre.

#include <string>
#include <vector>

#include "storage/engine/database.hpp"

namespace keepsake::records {

/// Creates or upgrades the tables, in a transaction of its own. Failure as migrate().
Result<Done> migrate(Database& database);
/// The version of the tables that this program makes.
std::int64_t schema_version();
/// For read-only connections: Failure::refused "schema.newer" or "schema.older".
Result<Done> check_schema(Database& database);

/// Names of the records' tables, those that name others before those that are named.
std::vector<std::string> tables();
/// Those of which facts make all rows, those that are named before those that name them.
std::vector<std::string> tables_of_facts();
/// Every record goes, inside the caller's transaction; what a new database has stays. Throws
/// DatabaseError.
void clear(Database& database);

}  // namespace keepsake::records
