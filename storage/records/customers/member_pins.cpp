#include "storage/records/customers/member_pins.hpp"

#include "storage/records/core/people.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_pin{"member-pin.put",
                      "INSERT INTO member_pin (fact, customer, given, sealed, staff, at_ms,"
                      " offset_minutes) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
// A PIN that does not stand any more is not kept to be tried out.
constexpr Sql drop_older{"member-pin.drop-older",
                         "UPDATE member_pin SET sealed = x'' WHERE customer = $1 AND fact <"
                         " (SELECT max(fact) FROM member_pin WHERE customer = $1)"};
constexpr Sql newest{"member-pin.newest",
                     "SELECT fact, sealed FROM member_pin WHERE customer = $1"
                     " ORDER BY fact DESC LIMIT 1"};

}  // namespace

Result<Done> apply(Applying& applying, const MemberPinChange& change) {
  auto live = expect_living(applying, change.customer);
  if (!live) return live.error();
  if (*live == Known::gone) return Done{};
  {
    auto row = applying.database.query(put_pin);
    row->bind_blob(1, view(applying.id));
    row->bind_blob(2, view(change.customer.bytes));
    row->bind(3, change.sealed.empty() ? 0 : 1);
    row->bind_blob(4, change.sealed);
    row->bind_text(5, change.staff);
    bind_time(*row, 6, change.at);
    row->step();
  }
  auto row = applying.database.query(drop_older);
  row->bind_blob(1, view(change.customer.bytes));
  row->step();
  return Done{};
}

std::optional<SealedPin> member_pin(Database& database, const CustomerRef& kept) {
  std::optional<SealedPin> found;
  std::optional<FactId> latest;
  for (const CustomerRef& owner : references_of(database, kept)) {
    auto row = database.query(newest);
    row->bind_blob(1, view(owner.bytes));
    if (!row->step() || (latest && fact_id(*row, 0) < *latest)) continue;
    latest = fact_id(*row, 0);
    found = SealedPin{owner, std::string(row->blob(1))};
  }
  if (found && found->sealed.empty()) found.reset();
  return found;
}

}  // namespace keepsake::records
