#include "sync/central/schema.hpp"

#include "central_migrations.hpp"
#include "storage/engine/migrate.hpp"
#include "storage/records/schema.hpp"

namespace keepsake::sync::central {

Result<Done> migrate(Database& database) {
  if (auto done = records::migrate(database); !done) return done;
  return keepsake::migrate(database, "central", embedded::central_migrations);
}

Result<Done> check_schema(Database& database) {
  if (auto done = records::check_schema(database); !done) return done;
  return keepsake::check_schema(database, "central", embedded::central_migrations);
}

}  // namespace keepsake::sync::central
