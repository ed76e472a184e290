#include "storage/records/value/reservation_uses.hpp"

#include <algorithm>

#include "storage/records/core/people.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_use{
    "reservation-use.put",
    "INSERT INTO reservation_use (reservation, fact, quantity, store) VALUES ($1, $2, $3, $4)"};
constexpr Sql sum_of{
    "reservation-use.sum",
    "SELECT coalesce(sum(quantity), 0) FROM reservation_use WHERE reservation = $1"};
constexpr Sql of_fact{
    "reservation-use.fact",
    "SELECT reservation, quantity FROM reservation_use WHERE fact = $1 ORDER BY reservation"};

}  // namespace

void put_reservation_uses(Applying& applying, const std::vector<ReservationUse>& uses) {
  for (const ReservationUse& use : uses) {
    const auto row = applying.database.query(put_use);
    row->bind_blob(1, view(use.id.bytes));
    row->bind_blob(2, view(applying.id));
    row->bind(3, use.quantity);
    row->bind_text(4, applying.header.store);
    row->step();
  }
}

std::vector<Resource> names_of(Database& database, const Resource& resource) {
  const CustomerRef customer = customer_of(resource);
  if (customer.nobody()) return {resource};
  std::vector<Resource> names;
  for (const CustomerRef& each : references_of(database, canonical(database, customer)))
    names.push_back({resource.kind, std::string(view(each.bytes)), resource.unit});
  return names;
}

std::int64_t used_of(Database& database, const ReservationId& reservation) {
  const auto row = database.query(sum_of);
  row->bind_blob(1, view(reservation.bytes));
  row->step();
  return row->integer(0);
}

std::vector<ReservationUse> reservations_used_by(Database& database, FactId fact) {
  std::vector<ReservationUse> uses;
  const auto row = database.query(of_fact);
  bind_id(*row, 1, fact);
  while (row->step()) {
    uses.push_back({{bytes16(*row, 0)}, row->integer(1)});
  }
  return uses;
}

}  // namespace keepsake::records
