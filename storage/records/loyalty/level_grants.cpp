#include "storage/records/loyalty/level_grants.hpp"

#include "storage/records/core/people.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_grant{"level-grant.put",
                        "INSERT INTO level_grant (fact, customer, level, until_day, reason, staff,"
                        " at_ms, offset_minutes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Sql newest_grant{"level-grant.newest",
                           "SELECT level, until_day, reason, staff, at_ms, offset_minutes"
                           " FROM level_grant WHERE customer = $1 ORDER BY fact DESC LIMIT 1"};

}  // namespace

Result<Done> apply(Applying& applying, const LevelGranted& granted) {
  auto live = expect_living(applying, granted.customer);
  if (!live) return live.error();
  if (*live == Known::gone) return Done{};
  auto row = applying.database.query(put_grant);
  row->bind_blob(1, view(applying.id));
  row->bind_blob(2, view(granted.customer.bytes));
  row->bind_text(3, granted.level);
  bind_day(*row, 4, granted.until);
  row->bind_text(5, granted.reason);
  row->bind_text(6, granted.staff);
  bind_time(*row, 7, granted.at);
  row->step();
  return Done{};
}

std::optional<LevelGranted> level_granted(Database& database, const CustomerRef& customer) {
  auto row = database.query(newest_grant);
  row->bind_blob(1, view(customer.bytes));
  if (!row->step() || row->text(0).empty()) return std::nullopt;
  LevelGranted found;
  found.level = row->text(0);
  found.until = day_at(*row, 1);
  found.reason = row->text(2);
  found.staff = row->text(3);
  found.at = local_time(*row, 4);
  found.customer = customer;
  return found;
}

}  // namespace keepsake::records
