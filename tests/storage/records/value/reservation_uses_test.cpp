#include "storage/records/value/reservation_uses.hpp"

#include <doctest/doctest.h>

#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("an id that damage made longer is damage, and is not read over its end") {
  Centre centre;
  const FactId fact = centre.next_id(1);
  Database& database = *centre.database;
  database.execute("PRAGMA ignore_check_constraints = 1");
  const auto row = database.query({"test.long-id",
                                   "INSERT INTO reservation_use (reservation, fact, store, "
                                   "quantity) VALUES (zeroblob(4096), $1, 'Bergen', 5)"});
  row->bind_blob(1, records::view(to_bytes(fact)));
  row->step();
  try {
    records::reservations_used_by(database, fact);
    FAIL("it was read");
  } catch (const DatabaseError& fault) {
    CHECK(fault.error().code == "records.corrupt");
  }
}
