#pragma once
// Stores and terminals as the centre knows them. Functions run inside the caller's transaction and
// throw DatabaseError.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/journal/journal.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake {
class Database;
}  // namespace keepsake

namespace keepsake::sync::central {

struct Terminal {
  TerminalNumber number;
  std::string store;
  std::string sign_public;
  std::string box_public;
  std::string device;
  std::uint32_t till = 0;    ///< what people call it: 1, 2, 3 within its store
  Epoch epoch;               ///< the one in force; lower ones are retired
  std::int64_t lineage = 0;  ///< the epoch at which the present chain began
  Seq cursor = 0;            ///< everything up to here is held
  Hash cursor_hash{};
  bool forked = false;  ///< a fork was seen; the next enrolment begins a new chain
  std::int64_t last_seen_ms = 0;
  Epoch revoked;  ///< shut out up to this epoch; 0: never
  bool is_revoked() const { return epoch <= revoked; }
};

/// The answer of an earlier push, to be repeated as it was signed.
struct StoredAnswer {
  Seq first = 0;
  Hash head{};
  SignedAcknowledgement answer;
};

/// false: it is there already.
bool add_store(Database& database, std::string_view name, Instant now);
std::vector<std::string> stores(Database& database);
std::int64_t facts_of(Database& database, std::string_view store);
void count_facts(Database& database, std::string_view store, std::int64_t more);
/// The store of a terminal of any epoch; nullopt: no such terminal.
std::optional<Terminal> find_terminal(Database& database, TerminalNumber number);
std::optional<Terminal> find_terminal(Database& database, std::string_view sign_public);
std::vector<Terminal> terminals_of(Database& database, std::string_view store);
/// A till that was not seen for so long is given no more of what tills share.
inline constexpr std::chrono::days away{35};
/// Those that are neither shut out nor away.
std::vector<Terminal> tills_at_work(Database& database, std::string_view store, Instant now);
/// Of the next terminal of a store.
std::uint32_t next_till(Database& database, std::string_view store);
void put_terminal(Database& database, const Terminal& terminal);  ///< by number
/// What was revoked stays so when the terminal is put again.
void set_revoked(Database& database, TerminalNumber number, Epoch epoch);
/// What the terminal has is another history than is held: it is taken from its start, under the epoch
/// in force; facts that came before are known by their ids.
void begin_chain(Database& database, Terminal& terminal);
void mark_forked(Database& database, TerminalNumber number);
void move_cursor(Database& database, TerminalNumber number, Seq cursor, const Hash& hash,
                 Instant seen, const StoredAnswer& answer);
std::optional<StoredAnswer> stored_answer(Database& database, TerminalNumber number);

}  // namespace keepsake::sync::central
