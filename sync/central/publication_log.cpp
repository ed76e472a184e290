#include "sync/central/publication_log.hpp"

#include "storage/engine/database.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake::sync::central {

namespace {

#define PUBLICATION_COLUMNS \
  "number, what, store, made_by, made_ms, at_ms, state, withdrawn_by, withdrawn_ms"

constexpr Sql insert_publication{"central.publication.put",
                                 "INSERT INTO central_publication (what, store, made_by, made_ms,"
                                 " at_ms, state) VALUES ($1, $2, $3, $4, $5, $6) RETURNING number"};
constexpr Sql newest{"central.publication.list", "SELECT " PUBLICATION_COLUMNS
                                                 " FROM central_publication"
                                                 " WHERE what NOT IN ('gift card', 'customer back')"
                                                 " ORDER BY number DESC LIMIT $1"};
constexpr Sql by_number{"central.publication.find", "SELECT " PUBLICATION_COLUMNS
                                                    " FROM central_publication WHERE number = $1"};
constexpr Sql first_waiting{"central.publication.waiting",
                            "SELECT " PUBLICATION_COLUMNS
                            " FROM central_publication WHERE state = 0"
                            " ORDER BY at_ms, number LIMIT 1"};
constexpr Sql of_every_store{
    "central.publication.every-store",
    "SELECT " PUBLICATION_COLUMNS
    " FROM central_publication WHERE state = 1 AND store = '' ORDER BY"
    " (SELECT min(f.id) FROM central_own_fact f WHERE f.publication = number)"};
constexpr Sql new_state{"central.publication.state",
                        "UPDATE central_publication SET state = $2 WHERE number = $1"};
constexpr Sql withdraw{"central.publication.withdraw",
                       "UPDATE central_publication SET state = 2, withdrawn_by = $2,"
                       " withdrawn_ms = $3 WHERE number = $1"};
constexpr Sql insert_fact{"central.own-fact.put",
                          "INSERT INTO central_own_fact (publication, type, body)"
                          " VALUES ($1, $2, $3) RETURNING seq"};
constexpr Sql facts_by_publication{"central.own-fact.list",
                                   "SELECT seq, type, body, id FROM central_own_fact"
                                   " WHERE publication = $1 ORDER BY seq"};
constexpr Sql settle_fact{"central.own-fact.settle",
                          "UPDATE central_own_fact SET id = $2, body = $3 WHERE seq = $1"};
constexpr Sql newest_id{"central.own-fact.newest",
                        "SELECT id FROM central_own_fact WHERE id IS NOT NULL"
                        " ORDER BY id DESC LIMIT 1"};

Publication publication_of(const Query& row) {
  Publication publication;
  publication.number = row.integer(0);
  publication.what = row.text(1);
  publication.store = row.text(2);
  publication.made_by = row.text(3);
  publication.made = {row.integer(4)};
  publication.at = {row.integer(5)};
  publication.state = static_cast<PublicationState>(row.integer(6));
  publication.withdrawn_by = row.text(7);
  if (!row.is_null(8)) publication.withdrawn = Instant{row.integer(8)};
  return publication;
}

std::vector<Publication> all_of(Query& row) {
  std::vector<Publication> found;
  while (row.step()) found.push_back(publication_of(row));
  return found;
}

/// The time of the newest fact of head office.
HybridTime last_own_time(Database& database) {
  const auto row = database.query(newest_id);
  if (!row->step()) return {};
  return records::fact_id(*row, 0).time();
}

}  // namespace

std::int64_t put_publication(Database& database, const Publication& publication) {
  const auto row = database.query(insert_publication);
  row->bind_text(1, publication.what);
  row->bind_text(2, publication.store);
  row->bind_text(3, publication.made_by);
  row->bind(4, publication.made.ms);
  row->bind(5, publication.at.ms);
  row->bind(6, static_cast<std::int64_t>(publication.state));
  row->step();
  return row->integer(0);
}

std::int64_t put_own_fact(Database& database, std::int64_t publication, const OwnFact& fact) {
  const auto row = database.query(insert_fact);
  row->bind(1, publication);
  row->bind(2, fact.type);
  row->bind_blob(3, fact.body);
  row->step();
  return row->integer(0);
}

std::vector<Publication> publications(Database& database, std::size_t limit) {
  const auto row = database.query(newest);
  row->bind(1, static_cast<std::int64_t>(limit));
  return all_of(*row);
}

std::optional<Publication> find_publication(Database& database, std::int64_t number) {
  const auto row = database.query(by_number);
  row->bind(1, number);
  if (!row->step()) return std::nullopt;
  return publication_of(*row);
}

std::optional<Publication> next_waiting(Database& database) {
  const auto row = database.query(first_waiting);
  if (!row->step()) return std::nullopt;
  return publication_of(*row);
}

std::vector<Publication> for_every_store(Database& database) {
  return all_of(*database.query(of_every_store));
}

std::vector<OwnFact> facts_of(Database& database, std::int64_t publication) {
  const auto row = database.query(facts_by_publication);
  row->bind(1, publication);
  std::vector<OwnFact> found;
  while (row->step()) {
    OwnFact fact{row->integer(0), static_cast<std::uint16_t>(row->integer(1)),
                 std::string(row->blob(2)), FactId{}};
    if (!row->is_null(3)) fact.id = records::fact_id(*row, 3);
    found.push_back(std::move(fact));
  }
  return found;
}

void settle(Database& database, OwnFact& fact, Instant now) {
  HybridClock clock(last_own_time(database));
  fact.id = FactId::make(clock.tick(now), head_office, Epoch{0}, static_cast<Seq>(fact.seq));
  const auto row = database.query(settle_fact);
  row->bind(1, fact.seq);
  row->bind_blob(2, records::view(to_bytes(fact.id)));
  row->bind_blob(3, fact.body);
  row->step();
}

void set_in_force(Database& database, std::int64_t number) {
  const auto row = database.query(new_state);
  row->bind(1, number);
  row->bind(2, static_cast<std::int64_t>(PublicationState::in_force));
  row->step();
}

void set_withdrawn(Database& database, std::int64_t number, std::string_view by, Instant now) {
  const auto row = database.query(withdraw);
  row->bind(1, number);
  row->bind_text(2, by);
  row->bind(3, now.ms);
  row->step();
}

}  // namespace keepsake::sync::central
