#include "sync/central/dormant_log.hpp"

#include "storage/engine/database.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql read_dormant{"central.dormant",
                           "SELECT 1 FROM central_dormant WHERE customer = $1 AND store = $2"};

}  // namespace

bool is_dormant_at(Database& database, const CustomerRef& customer, std::string_view store) {
  const auto row = database.query(read_dormant);
  row->bind_blob(1, records::view(customer.bytes));
  row->bind_text(2, store);
  return row->step();
}

}  // namespace keepsake::sync::central
