#include "sync/central/fact_log.hpp"

#include "storage/engine/database.hpp"
#include "storage/records/core/columns.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql insert_fact{
    "central.fact.insert",
    "INSERT INTO central_fact (terminal, lineage, seq, epoch, id, type, body, "
    "hash, state, received_ms, store) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
constexpr Sql insert_sealed{
    "central.fact.insert-sealed",
    "INSERT INTO central_fact (terminal, lineage, seq, epoch, id, type, body, "
    "hash, state, received_ms, sealed, store) "
    "VALUES ($1, $2, $3, $4, $5, $6, x'', $7, $8, $9, $10, $11)"};
constexpr Sql set_opened{"central.fact.opened",
                         "UPDATE central_fact SET body = $2, sealed = NULL WHERE rowid = $1"};
constexpr Sql shares_id{"central.fact.shares-id",
                        "SELECT 1 FROM central_fact WHERE id = $1 AND rowid <> $2"};
// What came before it or is counted, wherever it was sent.
constexpr Sql other_by_id{"central.fact.other",
                          "SELECT type, body FROM central_fact WHERE id = $1 AND rowid <> $2"
                          " AND sealed IS NULL"
                          " AND (state = 0 OR rowid < $2) ORDER BY state, rowid LIMIT 1"};
#define SELECT_FACT                                                                      \
  "SELECT f.rowid, f.terminal, f.lineage, f.store, f.seq, f.id, f.type, f.body, f.hash," \
  " f.sealed, f.received_ms FROM central_fact f"
constexpr Sql not_counted{"central.fact.set-aside", SELECT_FACT
                          " WHERE f.state IN (1, 3) AND f.rowid > $1"
                          " AND (f.sealed IS NOT NULL) = $3 ORDER BY f.rowid LIMIT $2"};
constexpr Sql not_judged{"central.fact.waiting",
                         SELECT_FACT " WHERE f.state = 4 ORDER BY f.rowid LIMIT $1"};
#undef SELECT_FACT
// They are applied in the order of their rows, of which none is ever dropped.
constexpr Sql count_not_judged{
    "central.fact.count-waiting",
    "SELECT coalesce((SELECT max(rowid) FROM central_fact) + 1"
    " - (SELECT rowid FROM central_fact WHERE state = 4 ORDER BY rowid LIMIT 1), 0)"};
constexpr Sql state_by_seq{"central.fact.state",
                           "SELECT state FROM central_fact "
                           "WHERE terminal = $1 AND lineage = $2 AND seq = $3"};
constexpr Sql new_state{"central.fact.settle",
                        "UPDATE central_fact SET state = $2 WHERE rowid = $1"};
constexpr Sql waiting_applied{"central.fact.applied",
                              "UPDATE central_fact SET state = 0 WHERE state = 4 AND rowid <= $1"};
constexpr Sql drop_outcomes{
    "central.outcome.drop",
    "DELETE FROM central_outcome WHERE terminal = $1 AND lineage = $2 AND seq = $3"};
constexpr Sql read_judged{"central.judged", "SELECT version FROM central_judged"};
constexpr Sql write_judged{"central.judged.put",
                           "INSERT INTO central_judged (one, version) VALUES (1, $1)"
                           " ON CONFLICT (one) DO UPDATE SET version = excluded.version"};
constexpr Sql hash_by_seq{"central.fact.hash",
                          "SELECT hash FROM central_fact "
                          "WHERE terminal = $1 AND lineage = $2 AND seq = $3"};
constexpr Sql epoch_by_seq{"central.fact.epoch",
                           "SELECT epoch FROM central_fact "
                           "WHERE terminal = $1 AND lineage = $2 AND seq = $3"};
constexpr Sql insert_outcome{
    "central.outcome.insert",
    "INSERT INTO central_outcome (terminal, lineage, seq, n, code, message, at_ms, store) "
    "VALUES ($1, $2, $3, (SELECT count(*) FROM central_outcome WHERE terminal = $1 AND "
    "lineage = $2 AND seq = $3), $4, $5, $6, "
    "(SELECT store FROM central_terminal WHERE number = $1))"};
constexpr Sql select_outcomes{"central.outcome.list",
                              "SELECT seq, code, message FROM central_outcome "
                              "WHERE terminal = $1 AND lineage = $2 AND seq BETWEEN $3 AND $4 "
                              "ORDER BY seq, n LIMIT $5"};

std::vector<SetAside> facts_in(Query& rows) {
  std::vector<SetAside> found;
  while (rows.step()) {
    SetAside fact;
    fact.row = rows.integer(0);
    fact.chain = {TerminalNumber{static_cast<std::uint32_t>(rows.integer(1))}, rows.integer(2)};
    fact.store = rows.text(3);
    fact.record = {static_cast<Seq>(rows.integer(4)), records::fact_id(rows, 5),
                   static_cast<std::uint16_t>(rows.integer(6)), std::string(rows.blob(7)),
                   bytes32(rows.blob(8))};
    fact.sealed = rows.blob(9);
    fact.received = {rows.integer(10)};
    found.push_back(std::move(fact));
  }
  return found;
}

}  // namespace

void keep(Database& database, const Terminal& terminal, const Record& record, Instant received) {
  const auto insert = database.query(insert_fact);
  insert->bind(1, terminal.number.value);
  insert->bind(2, terminal.lineage);
  insert->bind(3, record.seq);
  insert->bind(4, terminal.epoch.value);
  insert->bind_blob(5, view(to_bytes(record.id)));
  insert->bind(6, record.type);
  insert->bind_blob(7, record.body);
  insert->bind_blob(8, view(record.hash));
  insert->bind(9, static_cast<std::int64_t>(FactState::waiting));
  insert->bind(10, received.ms);
  insert->bind_text(11, terminal.store);
  insert->step();
}

void keep_sealed(Database& database, const Terminal& terminal, const OpaqueRecord& record,
                 Instant received) {
  const auto insert = database.query(insert_sealed);
  insert->bind(1, terminal.number.value);
  insert->bind(2, terminal.lineage);
  insert->bind(3, record.seq);
  insert->bind(4, terminal.epoch.value);
  insert->bind_blob(5, view(to_bytes(record.id)));
  insert->bind(6, record.type);
  insert->bind_blob(7, view(record.hash));
  insert->bind(8, static_cast<std::int64_t>(FactState::waiting));
  insert->bind(9, received.ms);
  insert->bind_blob(10, record.sealed);
  insert->bind_text(11, terminal.store);
  insert->step();
}

void put_opened(Database& database, const SetAside& fact) {
  const auto update = database.query(set_opened);
  update->bind(1, fact.row);
  update->bind_blob(2, fact.record.body);
  update->step();
}

std::optional<Hash> hash_at(Database& database, const Chain& chain, Seq seq) {
  if (seq == 0) return Hash{};
  const auto row = database.query(hash_by_seq);
  row->bind(1, chain.terminal.value);
  row->bind(2, chain.lineage);
  row->bind(3, seq);
  if (!row->step()) return std::nullopt;
  return bytes32(row->blob(0));
}

std::optional<Epoch> epoch_at(Database& database, const Chain& chain, Seq seq) {
  const auto row = database.query(epoch_by_seq);
  row->bind(1, chain.terminal.value);
  row->bind(2, chain.lineage);
  row->bind(3, seq);
  if (!row->step()) return std::nullopt;
  return Epoch{static_cast<std::uint8_t>(row->integer(0))};
}

std::vector<SetAside> set_aside(Database& database, Came came, std::int64_t after_row,
                                std::size_t limit) {
  const auto rows = database.query(not_counted);
  rows->bind(1, after_row);
  rows->bind(2, static_cast<std::int64_t>(limit));
  rows->bind(3, came == Came::sealed ? 1 : 0);
  return facts_in(*rows);
}

std::vector<SetAside> waiting_facts(Database& database, std::size_t limit) {
  const auto rows = database.query(not_judged);
  rows->bind(1, static_cast<std::int64_t>(limit));
  return facts_in(*rows);
}

std::int64_t count_waiting(Database& database) {
  const auto row = database.query(count_not_judged);
  return row->step() ? row->integer(0) : 0;
}

bool waits(Database& database, const Terminal& terminal) {
  const auto row = database.query(state_by_seq);
  row->bind(1, terminal.number.value);
  row->bind(2, terminal.lineage);
  row->bind(3, terminal.cursor);
  return row->step() && row->integer(0) == static_cast<std::int64_t>(FactState::waiting);
}

std::optional<KnownFact> find_other(Database& database, const FactId& id, std::int64_t row_id) {
  {
    // Few have others, which have to be put in order.
    const auto row = database.query(shares_id);
    row->bind_blob(1, view(to_bytes(id)));
    row->bind(2, row_id);
    if (!row->step()) return std::nullopt;
  }
  const auto row = database.query(other_by_id);
  row->bind_blob(1, view(to_bytes(id)));
  row->bind(2, row_id);
  if (!row->step()) return std::nullopt;
  return KnownFact{static_cast<std::uint16_t>(row->integer(0)), std::string(row->blob(1))};
}

void decide(Database& database, const SetAside& fact, FactState state) {
  const auto update = database.query(new_state);
  update->bind(1, fact.row);
  update->bind(2, static_cast<std::int64_t>(state));
  update->step();
}

void decide_applied(Database& database, const SetAside& last) {
  const auto update = database.query(waiting_applied);
  update->bind(1, last.row);
  update->step();
}

void settle(Database& database, const SetAside& fact, FactState state) {
  decide(database, fact, state);
  const auto drop = database.query(drop_outcomes);
  drop->bind(1, fact.chain.terminal.value);
  drop->bind(2, fact.chain.lineage);
  drop->bind(3, fact.record.seq);
  drop->step();
}

std::string judged_by(Database& database) {
  const auto row = database.query(read_judged);
  return row->step() ? std::string(row->text(0)) : std::string();
}

void put_judged_by(Database& database, std::string_view version) {
  const auto row = database.query(write_judged);
  row->bind_text(1, version);
  row->step();
}

void add_outcome(Database& database, const Chain& chain, Instant now, const FactOutcome& outcome) {
  const auto insert = database.query(insert_outcome);
  insert->bind(1, chain.terminal.value);
  insert->bind(2, chain.lineage);
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

}  // namespace keepsake::sync::central
