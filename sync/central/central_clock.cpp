#include "sync/central/central_clock.hpp"

#include "storage/engine/database.hpp"

namespace keepsake::sync::central {

namespace {

// Whoever saw what is due and did it by hand said with it that the date is right.
constexpr Sql read_believed{"central.clock",
                            "SELECT max(coalesce((SELECT max(made_ms) FROM central_publication"
                            "  WHERE what IN ('expiry', 'retention') AND number > published),"
                            "  believed_ms), believed_ms)"
                            " FROM central_clock"};
constexpr Sql read_noted{"central.clock.noted", "SELECT believed_ms FROM central_clock"};
constexpr Sql put_believed{"central.clock.put",
                           "INSERT INTO central_clock (one, believed_ms) VALUES (1, $1)"
                           " ON CONFLICT (one) DO UPDATE SET believed_ms = excluded.believed_ms"};

constexpr Sql put_confirmed{"central.clock.confirm",
                            "INSERT INTO central_clock (one, believed_ms, published)"
                            " SELECT 1, $1, coalesce(max(number), 0) FROM central_publication"
                            " WHERE true ON CONFLICT (one) DO UPDATE SET"
                            " believed_ms = excluded.believed_ms, published = excluded.published"};

}  // namespace

void confirm_clock(Database& database, Instant now) {
  const auto row = database.query(put_confirmed);
  row->bind(1, now.ms);
  row->step();
}

ClockTrust trust_in_clock(Database& database, Instant now) {
  const auto row = database.query(read_believed);
  return {row->step() ? Instant{row->integer(0)} : now, now};
}

Result<Done> expect_believed_clock(Database& database, Instant now) {
  const ClockTrust trust = trust_in_clock(database, now);
  if (!trust.holds()) {
    Error error = expect_believed(trust).error();
    error.remedy = "Set the date; if it is right, say so: keepsake-central clock --confirm";
    return error;
  }
  const auto row = database.query(put_believed);
  row->bind(1, trust.after().ms);
  row->step();
  return Done{};
}

Instant believed_now(Database& database, Instant now) {
  const auto row = database.query(read_noted);
  return row->step() ? ClockTrust{{row->integer(0)}, now}.after() : now;
}

}  // namespace keepsake::sync::central
