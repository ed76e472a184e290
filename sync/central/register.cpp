#include "sync/central/register.hpp"

#include <algorithm>

#include "storage/engine/database.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql insert_store{"central.store.insert",
                           "INSERT INTO central_store (name, created_ms) VALUES ($1, $2) "
                           "ON CONFLICT (name) DO NOTHING RETURNING name"};
constexpr Sql select_stores{"central.store.list", "SELECT name FROM central_store ORDER BY name"};
constexpr Sql select_facts{"central.counted", "SELECT facts FROM central_counted WHERE store = $1"};
constexpr Sql add_facts{"central.counted.add",
                        "INSERT INTO central_counted (store, facts) VALUES ($1, $2) "
                        "ON CONFLICT (store) DO UPDATE SET facts = central_counted.facts + "
                        "excluded.facts"};

#define TERMINAL_COLUMNS                                                                        \
  "SELECT t.number, t.store, t.sign_public, t.box_public, t.device, t.epoch, t.lineage, "       \
  "c.cursor, c.cursor_hash, t.forked, c.last_seen_ms, t.revoked, t.till FROM central_terminal " \
  "t JOIN central_cursor c ON c.terminal = t.number AND c.store = t.store"

constexpr Sql terminal_by_number{"central.terminal.by-number",
                                 TERMINAL_COLUMNS " WHERE t.number = $1"};
constexpr Sql terminal_by_key{"central.terminal.by-key",
                              TERMINAL_COLUMNS " WHERE t.sign_public = $1"};
constexpr Sql terminals_by_store{"central.terminal.by-store",
                                 TERMINAL_COLUMNS " WHERE t.store = $1 ORDER BY t.number"};
#undef TERMINAL_COLUMNS
constexpr Sql upsert_terminal{
    "central.terminal.put",
    "INSERT INTO central_terminal (number, store, sign_public, box_public, device, epoch, lineage, "
    "forked, till) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
    "ON CONFLICT (number) DO UPDATE SET box_public = excluded.box_public, "
    "device = excluded.device, epoch = excluded.epoch, lineage = excluded.lineage, "
    "forked = excluded.forked"};
constexpr Sql upsert_cursor{
    "central.cursor.put",
    "INSERT INTO central_cursor (terminal, store, cursor, cursor_hash, last_seen_ms) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (terminal, store) DO UPDATE SET "
    "cursor = excluded.cursor, cursor_hash = excluded.cursor_hash, "
    "last_seen_ms = excluded.last_seen_ms, answered_first = NULL, answered_head = NULL, "
    "answer = NULL, answer_signature = NULL"};
constexpr Sql revoke_terminal{"central.terminal.revoke",
                              "UPDATE central_terminal SET revoked = $2 WHERE number = $1"};
constexpr Sql set_forked{"central.terminal.forked",
                         "UPDATE central_terminal SET forked = 1 WHERE number = $1"};
constexpr Sql set_cursor{
    "central.cursor.move",
    "UPDATE central_cursor SET cursor = $2, cursor_hash = $3, last_seen_ms = $4, "
    "answered_first = $5, answered_head = $6, answer = $7, answer_signature = $8 "
    "WHERE terminal = $1 AND cursor <= $2"};
constexpr Sql last_till{"central.terminal.last-till",
                        "SELECT coalesce(max(till), 0) FROM central_terminal WHERE store = $1"};
constexpr Sql select_answer{"central.cursor.answer",
                            "SELECT answered_first, answered_head, answer, answer_signature "
                            "FROM central_cursor WHERE terminal = $1 AND answer IS NOT NULL"};

Terminal terminal_from(const Query& row) {
  Terminal found;
  found.number = {static_cast<std::uint32_t>(row.integer(0))};
  found.store = row.text(1);
  found.sign_public = row.blob(2);
  found.box_public = row.blob(3);
  found.device = row.text(4);
  found.epoch = {static_cast<std::uint8_t>(row.integer(5))};
  found.lineage = row.integer(6);
  found.cursor = static_cast<Seq>(row.integer(7));
  found.cursor_hash = bytes32(row.blob(8));
  found.forked = row.integer(9) != 0;
  found.last_seen_ms = row.integer(10);
  found.revoked = {static_cast<std::uint8_t>(row.integer(11))};
  found.till = static_cast<std::uint32_t>(row.integer(12));
  return found;
}

}  // namespace

bool add_store(Database& database, std::string_view name, Instant now) {
  const auto insert = database.query(insert_store);
  insert->bind_text(1, name);
  insert->bind(2, now.ms);
  return insert->step();
}

std::vector<std::string> stores(Database& database) {
  std::vector<std::string> names;
  for (const auto row = database.query(select_stores); row->step();)
    names.emplace_back(row->text(0));
  return names;
}

std::int64_t facts_of(Database& database, std::string_view store) {
  const auto row = database.query(select_facts);
  row->bind_text(1, store);
  return row->step() ? row->integer(0) : 0;
}

void count_facts(Database& database, std::string_view store, std::int64_t more) {
  const auto update = database.query(add_facts);
  update->bind_text(1, store);
  update->bind(2, more);
  update->step();
}

std::optional<Terminal> find_terminal(Database& database, TerminalNumber number) {
  const auto row = database.query(terminal_by_number);
  row->bind(1, number.value);
  if (!row->step()) return std::nullopt;
  return terminal_from(*row);
}

std::optional<Terminal> find_terminal(Database& database, std::string_view sign_public) {
  const auto row = database.query(terminal_by_key);
  row->bind_blob(1, sign_public);
  if (!row->step()) return std::nullopt;
  return terminal_from(*row);
}

std::vector<Terminal> terminals_of(Database& database, std::string_view store) {
  std::vector<Terminal> found;
  const auto row = database.query(terminals_by_store);
  row->bind_text(1, store);
  while (row->step()) found.push_back(terminal_from(*row));
  return found;
}

std::vector<Terminal> tills_at_work(Database& database, std::string_view store, Instant now) {
  auto tills = terminals_of(database, store);
  std::erase_if(tills, [&](const Terminal& till) {
    return till.is_revoked() || now - Instant{till.last_seen_ms} > away;
  });
  return tills;
}

std::uint32_t next_till(Database& database, std::string_view store) {
  const auto row = database.query(last_till);
  row->bind_text(1, store);
  row->step();
  return static_cast<std::uint32_t>(row->integer(0)) + 1;
}

void put_terminal(Database& database, const Terminal& terminal) {
  const auto put = database.query(upsert_terminal);
  put->bind(1, terminal.number.value);
  put->bind_text(2, terminal.store);
  put->bind_blob(3, terminal.sign_public);
  put->bind_blob(4, terminal.box_public);
  put->bind_text(5, terminal.device);
  put->bind(6, terminal.epoch.value);
  put->bind(7, terminal.lineage);
  put->bind(8, terminal.forked ? 1 : 0);
  put->bind(9, terminal.till);
  put->step();
  const auto cursor = database.query(upsert_cursor);
  cursor->bind(1, terminal.number.value);
  cursor->bind_text(2, terminal.store);
  cursor->bind(3, terminal.cursor);
  cursor->bind_blob(4, view(terminal.cursor_hash));
  cursor->bind(5, terminal.last_seen_ms);
  cursor->step();
}

void set_revoked(Database& database, TerminalNumber number, Epoch epoch) {
  const auto update = database.query(revoke_terminal);
  update->bind(1, number.value);
  update->bind(2, epoch.value);
  update->step();
}

void begin_chain(Database& database, Terminal& terminal) {
  terminal.lineage = terminal.epoch.value;
  terminal.cursor = 0;
  terminal.cursor_hash = {};
  terminal.forked = false;
  put_terminal(database, terminal);
}

void mark_forked(Database& database, TerminalNumber number) {
  const auto update = database.query(set_forked);
  update->bind(1, number.value);
  update->step();
}

void move_cursor(Database& database, TerminalNumber number, Seq cursor, const Hash& hash,
                 Instant seen, const StoredAnswer& answer) {
  const auto update = database.query(set_cursor);
  update->bind(1, number.value);
  update->bind(2, cursor);
  update->bind_blob(3, view(hash));
  update->bind(4, seen.ms);
  update->bind(5, answer.first);
  update->bind_blob(6, view(answer.head));
  update->bind_blob(7, answer.answer.acknowledgement);
  update->bind_blob(8, view(answer.answer.signature));
  update->step();
}

std::optional<StoredAnswer> stored_answer(Database& database, TerminalNumber number) {
  const auto row = database.query(select_answer);
  row->bind(1, number.value);
  if (!row->step()) return std::nullopt;
  StoredAnswer found;
  found.first = static_cast<Seq>(row->integer(0));
  found.head = bytes32(row->blob(1));
  found.answer.acknowledgement = row->blob(2);
  found.answer.signature = bytes64(row->blob(3));
  return found;
}

}  // namespace keepsake::sync::central
