#include "sync/central/store_programme.hpp"

#include "storage/programme/active_programme.hpp"
#include "storage/records/loyalty/programmes.hpp"
#include "storage/records/reports/totals.hpp"

namespace keepsake::sync::central {

Result<ActiveProgramme> programme_of(Database& database, const std::string& store) {
  return active_programme(records::newest_programme(database, store),
                          records::currency(database, store).value_or(Currency{}), store);
}

}  // namespace keepsake::sync::central
