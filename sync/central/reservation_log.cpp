#include "sync/central/reservation_log.hpp"

#include <algorithm>

#include "storage/engine/database.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql next_change{
    "central.reservation.next",
    "INSERT INTO central_reservation_change (one, change) VALUES (1, 1)"
    " ON CONFLICT (one) DO UPDATE SET change = central_reservation_change.change + 1"
    " RETURNING change"};
constexpr Sql put_row{
    "central.reservation.put",
    "INSERT INTO central_reservation"
    " (id, terminal, epoch, kind, resource, owner, unit, quantity, until_ms, state, change,"
    "  to_share, out_of_lease) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    " ON CONFLICT (id, owner) DO "
    "UPDATE SET"
    " quantity = excluded.quantity, until_ms = excluded.until_ms, state = excluded.state,"
    " change = excluded.change, to_share = excluded.to_share"};
#define RESERVATION_COLUMNS                                                                   \
  "r.id, r.terminal, r.epoch, r.kind, r.resource, r.owner, r.unit, r.quantity,"               \
  " CASE r.kind WHEN 0 THEN r.until_ms ELSE coalesce(l.until_ms, 0) END, r.state,"            \
  " (SELECT coalesce(sum(u.quantity), 0) FROM reservation_use u WHERE u.reservation = r.id)," \
  " r.epoch = t.epoch AND t.revoked < r.epoch, r.change, r.to_share, r.out_of_lease"          \
  " FROM central_reservation r"                                                               \
  " JOIN central_terminal t ON t.number = r.terminal"                                         \
  " LEFT JOIN central_lease_term l ON l.terminal = r.terminal AND l.epoch = r.epoch"
constexpr Sql one_row{"central.reservation.read", "SELECT " RESERVATION_COLUMNS " WHERE r.id = $1"};
constexpr Sql rows_of{"central.reservation.resource",
                      "SELECT " RESERVATION_COLUMNS
                      " WHERE r.resource = $1 AND r.owner = $2 AND r.unit = $3"
                      " ORDER BY r.id"};
constexpr Sql rows_at{"central.reservation.store",
                      "SELECT " RESERVATION_COLUMNS
                      " WHERE r.resource IN ('points', 'wallet') AND r.owner = $1"
                      " AND t.store = $2 AND r.state < 2 ORDER BY r.id"};
constexpr Sql leased{"central.reservation.leased",
                     "SELECT DISTINCT r.resource, r.owner, r.unit FROM central_reservation r"
                     " JOIN central_terminal t ON t.number = r.terminal AND t.epoch = r.epoch"
                     " WHERE r.terminal = $1 AND r.resource = $2 AND r.kind = 1 AND r.state < 2"
                     " ORDER BY r.unit"};
constexpr Sql rows_after{"central.reservation.after",
                         "SELECT " RESERVATION_COLUMNS
                         " WHERE r.terminal = $1 AND r.epoch = $2 AND r.change > $3"
                         " ORDER BY r.change LIMIT $4"};
constexpr Sql sums{
    "central.reservation.sums",
    "SELECT t.store, r.terminal, t.till, r.resource, r.unit, count(*),"
    " sum(max(r.quantity - coalesce((SELECT sum(u.quantity) FROM reservation_use u"
    "  WHERE u.reservation = r.id), 0), 0)), coalesce(max(l.until_ms), 0)"
    " FROM central_reservation r JOIN central_terminal t ON t.number = r.terminal"
    " AND t.epoch = r.epoch AND t.revoked < t.epoch"
    " LEFT JOIN central_lease_term l ON l.terminal = r.terminal AND l.epoch = r.epoch"
    " WHERE r.kind = 1 AND r.state < 2 AND (t.store = $1 OR $1 = '')"
    " GROUP BY t.store, r.terminal, t.till, r.resource, r.unit"
    " ORDER BY t.store, r.terminal, r.resource, r.unit"};
constexpr Sql newest_for{"central.reservation.newest",
                         "SELECT coalesce(max(change), 0) FROM central_reservation"
                         " WHERE terminal = $1 AND epoch = $2"};
constexpr Sql add_due{"central.reservation-due.put",
                      "INSERT INTO central_reservation_due (resource, owner, unit)"
                      " VALUES ($1, $2, $3) ON CONFLICT (resource, owner, unit) DO NOTHING"};
constexpr Sql first_due{"central.reservation-due.read",
                        "SELECT resource, owner, unit FROM central_reservation_due"
                        " ORDER BY resource, owner, unit LIMIT 1"};
constexpr Sql drop_due{"central.reservation-due.drop",
                       "DELETE FROM central_reservation_due"
                       " WHERE resource = $1 AND owner = $2 AND unit = $3"};
constexpr Sql add_ended{"central.reservation-due.ended",
                        "INSERT INTO central_reservation_due (resource, owner, unit)"
                        " SELECT DISTINCT resource, owner, unit FROM central_reservation"
                        " WHERE kind = 0 AND until_ms < $1"
                        " ON CONFLICT (resource, owner, unit) DO NOTHING"};
constexpr Sql add_leased{"central.reservation-due.leased",
                         "INSERT INTO central_reservation_due (resource, owner, unit)"
                         " SELECT DISTINCT resource, owner, unit FROM central_reservation"
                         " WHERE kind = 1 AND state < 2"
                         " ON CONFLICT (resource, owner, unit) DO NOTHING"};
constexpr Sql add_due_of{"central.reservation-due.terminal",
                         "INSERT INTO central_reservation_due (resource, owner, unit)"
                         " SELECT DISTINCT resource, owner, unit FROM central_reservation"
                         " WHERE terminal = $1 AND kind = 1"
                         " ON CONFLICT (resource, owner, unit) DO NOTHING"};
constexpr Sql drop_of{"central.reservation.drop-terminal",
                      "DELETE FROM central_reservation WHERE terminal = $1"};
constexpr Sql read_term{
    "central.lease-term.read",
    "SELECT until_ms FROM central_lease_term WHERE terminal = $1 AND epoch = $2"};
constexpr Sql put_term_row{"central.lease-term.put",
                           "INSERT INTO central_lease_term (terminal, epoch, until_ms)"
                           " VALUES ($1, $2, $3) ON CONFLICT (terminal, epoch)"
                           " DO UPDATE SET until_ms = excluded.until_ms"};
// Never the newest: what a terminal knows is compared with it.
constexpr Sql drop_before{
    "central.reservation.drop-ended",
    "DELETE FROM central_reservation WHERE kind = 0 AND until_ms < $1 AND change <"
    " (SELECT max(o.change) FROM central_reservation o"
    "  WHERE o.terminal = central_reservation.terminal AND o.epoch = central_reservation.epoch)"};

void bind_resource(Query& row, const Resource& resource) {
  row.bind_text(1, resource.kind);
  row.bind_blob(2, resource.owner);
  row.bind_text(3, resource.unit);
}

Resource resource_at(const Query& row, int column) {
  return {std::string(row.text(column)), std::string(row.blob(column + 1)),
          std::string(row.text(column + 2))};
}

KeptReservation kept_in(const Query& row) {
  KeptReservation kept;
  kept.reservation.id.bytes = records::bytes16(row, 0);
  kept.holder = {{static_cast<std::uint32_t>(row.integer(1))},
                 {static_cast<std::uint8_t>(row.integer(2))}};
  kept.reservation.kind = static_cast<ReservationKind>(row.integer(3));
  kept.reservation.resource = resource_at(row, 4);
  kept.reservation.quantity = row.integer(7);
  kept.reservation.until = {row.integer(8)};
  kept.state = static_cast<ReservationState>(row.integer(9));
  kept.used = row.integer(10);
  kept.of_present = row.integer(11) != 0;
  kept.to_share = row.integer(13) != 0;
  kept.out_of_lease = row.integer(14);
  return kept;
}

std::int64_t draw_change(Database& database) {
  const auto row = database.query(next_change);
  std::int64_t change = 0;
  while (row->step()) change = row->integer(0);
  return change;
}

}  // namespace

void put(Database& database, const KeptReservation& kept) {
  const std::int64_t change = draw_change(database);
  const auto row = database.query(put_row);
  row->bind_blob(1, records::view(kept.reservation.id.bytes));
  row->bind(2, kept.holder.terminal.value);
  row->bind(3, kept.holder.epoch.value);
  row->bind(4, static_cast<std::int64_t>(kept.reservation.kind));
  row->bind_text(5, kept.reservation.resource.kind);
  row->bind_blob(6, kept.reservation.resource.owner);
  row->bind_text(7, kept.reservation.resource.unit);
  row->bind(8, kept.reservation.quantity);
  row->bind(9, kept.reservation.until.ms);
  row->bind(10, static_cast<std::int64_t>(kept.state));
  row->bind(11, change);
  row->bind(12, kept.to_share ? 1 : 0);
  row->bind(13, kept.out_of_lease);
  row->step();
}

std::optional<KeptReservation> find_reservation(Database& database, const ReservationId& id) {
  const auto row = database.query(one_row);
  row->bind_blob(1, records::view(id.bytes));
  if (!row->step()) return std::nullopt;
  return kept_in(*row);
}

std::vector<KeptReservation> reservations_of(Database& database,
                                             const std::vector<Resource>& names) {
  std::vector<KeptReservation> found;
  for (const Resource& name : names) {
    const auto row = database.query(rows_of);
    bind_resource(*row, name);
    while (row->step()) found.push_back(kept_in(*row));
  }
  return found;
}

std::vector<KeptReservation> set_aside_at(Database& database, const CustomerRef& customer,
                                          std::string_view store) {
  std::vector<KeptReservation> found;
  const auto row = database.query(rows_at);
  row->bind_blob(1, records::view(customer.bytes));
  row->bind_text(2, store);
  while (row->step()) found.push_back(kept_in(*row));
  return found;
}

std::vector<Resource> leased_to(Database& database, TerminalNumber terminal,
                                std::string_view kind) {
  std::vector<Resource> found;
  const auto row = database.query(leased);
  row->bind(1, terminal.value);
  row->bind_text(2, kind);
  while (row->step()) found.push_back(resource_at(*row, 0));
  return found;
}

std::vector<ReservationChange> changes_for(Database& database, const TerminalIdentity& holder,
                                           std::int64_t known, std::size_t most) {
  std::vector<ReservationChange> found;
  const auto row = database.query(rows_after);
  row->bind(1, holder.terminal.value);
  row->bind(2, holder.epoch.value);
  row->bind(3, known);
  row->bind(4, static_cast<std::int64_t>(most));
  while (row->step()) found.push_back({row->integer(12), kept_in(*row)});
  return found;
}

std::int64_t newest_change_for(Database& database, const TerminalIdentity& holder) {
  const auto row = database.query(newest_for);
  row->bind(1, holder.terminal.value);
  row->bind(2, holder.epoch.value);
  row->step();
  return row->integer(0);
}

std::vector<LeaseSum> lease_sums(Database& database, std::string_view store) {
  std::vector<LeaseSum> found;
  const auto row = database.query(sums);
  row->bind_text(1, store);
  while (row->step())
    found.push_back({std::string(row->text(0)),
                     {static_cast<std::uint32_t>(row->integer(1))},
                     static_cast<std::uint32_t>(row->integer(2)),
                     std::string(row->text(3)),
                     std::string(row->text(4)),
                     row->integer(5),
                     row->integer(6),
                     {row->integer(7)}});
  return found;
}

void put_due(Database& database, const Resource& resource) {
  const auto row = database.query(add_due);
  bind_resource(*row, resource);
  row->step();
}

std::optional<Resource> take_due(Database& database) {
  std::optional<Resource> due;
  {
    const auto row = database.query(first_due);
    if (row->step()) due = resource_at(*row, 0);
  }
  if (due) {
    const auto row = database.query(drop_due);
    bind_resource(*row, *due);
    row->step();
  }
  return due;
}

void put_due_leased(Database& database) { database.query(add_leased)->step(); }

void put_due_ended(Database& database, Instant now) {
  const auto row = database.query(add_ended);
  row->bind(1, now.ms);
  row->step();
}

void drop_all_of(Database& database, TerminalNumber terminal) {
  for (const Sql* sql : {&add_due_of, &drop_of}) {
    const auto row = database.query(*sql);
    row->bind(1, terminal.value);
    row->step();
  }
}

std::optional<Instant> lease_term(Database& database, const TerminalIdentity& holder) {
  const auto row = database.query(read_term);
  row->bind(1, holder.terminal.value);
  row->bind(2, holder.epoch.value);
  if (!row->step()) return std::nullopt;
  return Instant{row->integer(0)};
}

void put_lease_term(Database& database, const TerminalIdentity& holder, Instant until) {
  const auto row = database.query(put_term_row);
  row->bind(1, holder.terminal.value);
  row->bind(2, holder.epoch.value);
  row->bind(3, until.ms);
  row->step();
}

void drop_holds_before(Database& database, Instant end) {
  const auto row = database.query(drop_before);
  row->bind(1, end.ms);
  row->step();
}

}  // namespace keepsake::sync::central
