#include "sync/central/fact_log.hpp"

#include "storage/engine/database.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql insert_fact{
    "central.fact.insert",
    "INSERT INTO central_fact (terminal, lineage, seq, epoch, id, type, body, "
    "hash, state, received_ms) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr Sql fact_by_id{"central.fact.by-id",
                         "SELECT type, body FROM central_fact WHERE id = $1 "
                         "ORDER BY received_ms, seq LIMIT 1"};
constexpr Sql hash_by_seq{"central.fact.hash",
                          "SELECT hash FROM central_fact "
                          "WHERE terminal = $1 AND lineage = $2 AND seq = $3"};
constexpr Sql insert_outcome{
    "central.outcome.insert",
    "INSERT INTO central_outcome (terminal, lineage, seq, n, code, message, at_ms) VALUES ($1, $2, "
    "$3, (SELECT count(*) FROM central_outcome WHERE terminal = $1 AND lineage = $2 AND seq = $3), "
    "$4, $5, $6)"};
constexpr Sql select_outcomes{"central.outcome.list",
                              "SELECT seq, code, message FROM central_outcome "
                              "WHERE terminal = $1 AND lineage = $2 AND seq BETWEEN $3 AND $4 "
                              "ORDER BY seq, n LIMIT $5"};
constexpr Sql count_of_outcomes{"central.outcome.count",
                                "SELECT count(*) FROM central_outcome WHERE terminal = $1"};

}  // namespace

void keep(Database& database, const Terminal& terminal, const Record& record, FactState state,
          Instant received) {
  const auto insert = database.query(insert_fact);
  insert->bind(1, terminal.number.value);
  insert->bind(2, terminal.lineage);
  insert->bind(3, record.seq);
  insert->bind(4, terminal.epoch.value);
  insert->bind_blob(5, view(to_bytes(record.id)));
  insert->bind(6, record.type);
  insert->bind_blob(7, record.body);
  insert->bind_blob(8, view(record.hash));
  insert->bind(9, static_cast<std::int64_t>(state));
  insert->bind(10, received.ms);
  insert->step();
}

std::optional<KnownFact> find_fact(Database& database, const FactId& id) {
  const auto row = database.query(fact_by_id);
  row->bind_blob(1, view(to_bytes(id)));
  if (!row->step()) return std::nullopt;
  return KnownFact{static_cast<std::uint16_t>(row->integer(0)), std::string(row->blob(1))};
}

std::optional<Hash> hash_at(Database& database, const Terminal& terminal, Seq seq) {
  if (seq == 0) return Hash{};
  const auto row = database.query(hash_by_seq);
  row->bind(1, terminal.number.value);
  row->bind(2, terminal.lineage);
  row->bind(3, seq);
  if (!row->step()) return std::nullopt;
  return bytes32(row->blob(0));
}

void add_outcome(Database& database, const Terminal& terminal, Instant now,
                 const FactOutcome& outcome) {
  const auto insert = database.query(insert_outcome);
  insert->bind(1, terminal.number.value);
  insert->bind(2, terminal.lineage);
  insert->bind(3, outcome.seq);
  insert->bind_text(4, outcome.code);
  insert->bind_text(5, outcome.message);
  insert->bind(6, now.ms);
  insert->step();
}

std::vector<FactOutcome> outcomes(Database& database, const Terminal& terminal, Seq from, Seq to,
                                  std::size_t limit) {
  std::vector<FactOutcome> found;
  const auto row = database.query(select_outcomes);
  row->bind(1, terminal.number.value);
  row->bind(2, terminal.lineage);
  row->bind(3, from);
  row->bind(4, to);
  row->bind(5, static_cast<std::int64_t>(limit));
  while (row->step()) {
    found.push_back(
        {static_cast<Seq>(row->integer(0)), std::string(row->text(1)), std::string(row->text(2))});
  }
  return found;
}

std::int64_t count_outcomes(Database& database, TerminalNumber terminal) {
  const auto row = database.query(count_of_outcomes);
  row->bind(1, terminal.value);
  row->step();
  return row->integer(0);
}

}  // namespace keepsake::sync::central
