#include "storage/records/schema.hpp"

#include "records_migrations.hpp"
#include "storage/engine/migrate.hpp"
#include "storage/records/customers/similarity_keys.hpp"
#include "storage/records/customers/summary.hpp"
#include "storage/records/value/value_lots.hpp"

namespace keepsake::records {

Result<Done> migrate(Database& database) {
  if (auto ok = keepsake::migrate(database, "records", embedded::records_migrations); !ok)
    return ok;
  try {
    fill_search(database);
    settle_old_value(database);
  } catch (const DatabaseError& error) {
    return error.error();
  }
  return refill_similarity_keys(database);
}

Result<Done> check_schema(Database& database) {
  return keepsake::check_schema(database, "records", embedded::records_migrations);
}

}  // namespace keepsake::records
