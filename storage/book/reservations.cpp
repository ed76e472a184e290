#include "storage/book/reservations.hpp"

#include <algorithm>
#include <map>

#include "storage/book/terminal.hpp"
#include "storage/domain/spending.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/value/reservation_uses.hpp"

namespace keepsake::terminal {

namespace {

constexpr Sql put_reservation{
    "reservation.put",
    "INSERT INTO reservation (id, kind, resource, owner, unit, quantity, until_ms)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET"
    " quantity = excluded.quantity, until_ms = excluded.until_ms"};
constexpr Sql set_given_back{"reservation.give-back",
                             "UPDATE reservation SET given_back = 1 WHERE id = $1"};
constexpr Sql drop_one{"reservation.drop", "DELETE FROM reservation WHERE id = $1"};
constexpr Sql drop_before{"reservation.drop-ended",
                          "DELETE FROM reservation WHERE given_back = 0 AND kind = 0"
                          " AND until_ms <= $1"};
constexpr Sql drop_all{"reservation.drop-all", "DELETE FROM reservation"};
constexpr Sql drop_change{"reservation-change.drop", "DELETE FROM reservation_change"};
constexpr Sql put_change{"reservation-change.put",
                         "INSERT INTO reservation_change (one, change, leases_until_ms)"
                         " VALUES (1, $1, $2) ON CONFLICT (one) DO UPDATE SET"
                         " change = excluded.change, leases_until_ms = excluded.leases_until_ms"};
constexpr Sql read_change{"reservation-change.read",
                          "SELECT change, leases_until_ms FROM reservation_change"};
constexpr Sql all_given_back{"reservation.given-back",
                             "SELECT id FROM reservation WHERE given_back = 1 ORDER BY id"};
constexpr Sql of_resource{
    "reservation.resource",
    "SELECT id, kind, quantity, until_ms FROM (SELECT r.id, r.kind, r.quantity,"
    " CASE r.kind WHEN 0 THEN r.until_ms ELSE c.leases_until_ms END AS until_ms"
    " FROM reservation r LEFT JOIN reservation_change c ON true"
    " WHERE r.resource = $1 AND r.owner = $2 AND r.unit = $3 AND r.given_back = 0)"
    " WHERE until_ms > $4 ORDER BY kind, until_ms, id"};

ReservationId id_in(const Query& row) { return {records::bytes16(row, 0)}; }

void put(Database& database, const Reservation& each) {
  const auto row = database.query(put_reservation);
  row->bind_blob(1, records::view(each.id.bytes));
  row->bind(2, static_cast<std::int64_t>(each.kind));
  row->bind_text(3, each.resource.kind);
  row->bind_blob(4, each.resource.owner);
  row->bind_text(5, each.resource.unit);
  row->bind(6, each.quantity);
  row->bind(7, each.until.ms);
  row->step();
}

void with_id(Database& database, const Sql& sql, const ReservationId& id) {
  const auto row = database.query(sql);
  row->bind_blob(1, records::view(id.bytes));
  row->step();
}

Error gone() {
  return {Failure::refused, "reservation.gone",
          "What head office had set aside for this till is used up or has ended", "reservations",
          "Try again: head office is asked anew."};
}

/// What is named of these, and is named no more after that; nullopt: of one more than is left.
std::optional<std::int64_t> take_named(const std::vector<ReservationLeft>& set_aside,
                                       std::vector<ReservationUse>& named) {
  std::int64_t covered = 0;
  for (const ReservationLeft& each : set_aside) {
    const auto use = std::ranges::find(named, each.reservation.id, &ReservationUse::id);
    if (use == named.end()) continue;
    if (use->quantity > each.left) return std::nullopt;
    covered += use->quantity;
    named.erase(use);
  }
  return covered;
}

}  // namespace

ReservationsKnown reservations_known(Database& database) {
  const auto row = database.query(read_change);
  if (!row->step()) return {};
  return {row->integer(0), {row->integer(1)}};
}

bool take_in(Database& database, const ReservationNews& news, Instant now) {
  const ReservationsKnown known = reservations_known(database);
  if (news.change && news.known != known.change) return false;
  if (news.afresh) database.query(drop_all)->step();
  for (const Reservation& each : news.put) put(database, each);
  for (const ReservationId& each : news.recalled) with_id(database, set_given_back, each);
  for (const ReservationId& each : news.ended) with_id(database, drop_one, each);
  {
    const auto row = database.query(drop_before);
    row->bind(1, now.ms);
    row->step();
  }
  if (!news.change) return true;
  const auto row = database.query(put_change);
  row->bind(1, *news.change);
  row->bind(2, news.leases_until.value_or(known.leases_until).ms);
  row->step();
  return true;
}

std::vector<GivenBack> given_back(Database& database) {
  std::vector<GivenBack> found;
  {
    const auto row = database.query(all_given_back);
    while (row->step()) found.push_back({id_in(*row), 0});
  }
  for (GivenBack& each : found) each.used = records::used_of(database, each.id);
  return found;
}

void forget_reservations(Database& database) {
  database.query(drop_all)->step();
  database.query(drop_change)->step();
}

std::vector<ReservationLeft> reservations(Database& database, const Resource& resource,
                                          Instant now) {
  std::vector<ReservationLeft> found;
  for (const Resource& name : records::names_of(database, resource)) {
    const auto row = database.query(of_resource);
    row->bind_text(1, name.kind);
    row->bind_blob(2, name.owner);
    row->bind_text(3, name.unit);
    row->bind(4, now.ms);
    while (row->step())
      found.push_back({{id_in(*row),
                        static_cast<ReservationKind>(row->integer(1)),
                        name,
                        row->integer(2),
                        {row->integer(3)}},
                       row->integer(2)});
  }
  for (ReservationLeft& each : found) each.left -= records::used_of(database, each.reservation.id);
  std::erase_if(found, [](const ReservationLeft& each) { return each.left <= 0; });
  std::ranges::stable_sort(found, {}, [](const ReservationLeft& each) {
    return std::pair(each.reservation.kind, each.reservation.until);
  });
  return found;
}

std::vector<ReservationLeft> risk(Database& database, std::string_view unit, Instant now) {
  const auto here = enrolment(database);
  if (!here) return {};
  return reservations(database, risk_of(here->terminal, unit), now);
}

Result<Done> check_reservations(Database& database, const Fact& fact, Instant now) {
  const auto& uses = reservations_of(fact);
  if (uses.empty()) return Done{};
  std::vector<ReservationUse> named = uses;
  std::map<std::string, std::int64_t> at_risk;  // by unit
  for (const Spending& spending : spending_of(fact)) {
    const auto covered = take_named(reservations(database, spending.resource, now), named);
    if (!covered || *covered > spending.quantity) return gone();
    at_risk[spending.resource.unit] += spending.quantity - *covered;
  }
  for (const auto& [unit, quantity] : at_risk) {
    const auto covered = take_named(risk(database, unit, now), named);
    if (!covered || *covered > quantity) return gone();
  }
  if (!named.empty()) return gone();
  return Done{};
}

}  // namespace keepsake::terminal
