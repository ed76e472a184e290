#include "storage/feed/feed_log.hpp"

#include <cassert>
#include <limits>

#include "storage/domain/values/big_endian.hpp"
#include "storage/engine/database.hpp"
#include "storage/feed/base.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::feed {

namespace {

constexpr int in_force = 1;
constexpr int waiting = 2;

constexpr Sql read_cursor{"feed.cursor",
                          "SELECT generation, position, placed FROM feed_cursor WHERE n = $1"};
constexpr Sql put_cursor{"feed.cursor.put",
                         "INSERT INTO feed_cursor (n, generation, position, placed)"
                         " VALUES ($1, $2, $3, $4) ON CONFLICT (n) DO UPDATE SET"
                         " generation = excluded.generation, position = excluded.position,"
                         " placed = excluded.placed"};
constexpr Sql drop_cursor{"feed.cursor.drop", "DELETE FROM feed_cursor WHERE n = $1"};
constexpr Sql put_staged{"feed.stage",
                         "INSERT INTO feed_staged (position, id, type, own, body, store)"
                         " VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Sql read_staged{"feed.staged",
                          "SELECT position, id, type, own, body, store FROM feed_staged"
                          " WHERE position > $1 ORDER BY position LIMIT $2"};
constexpr Sql count_of_staged{"feed.staged.count", "SELECT count(*) FROM feed_staged"};
constexpr Sql drop_staged_to{"feed.staged.drop", "DELETE FROM feed_staged WHERE position <= $1"};
constexpr Sql put_entry{"feed.append",
                        "INSERT INTO feed (position, id, type, seq, body, hash, understood, store)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Sql read_riddles{"feed.not-understood",
                           "SELECT position, id, type, body, store FROM feed WHERE understood = 0"};
constexpr Sql put_understood{"feed.understood",
                             "UPDATE feed SET understood = 1 WHERE position = $1"};
constexpr Sql last_hash{"feed.last", "SELECT hash FROM feed ORDER BY position DESC LIMIT 1"};
constexpr Sql drop_entries{"feed.drop", "DELETE FROM feed"};
constexpr Sql read_entries{
    "feed.read",
    "SELECT f.position, f.id, f.type, f.seq, coalesce(f.body, j.body), f.store, f.hash"
    " FROM feed f"
    " LEFT JOIN journal j ON j.seq = f.seq WHERE f.position > $1 ORDER BY f.position LIMIT $2"};
constexpr Sql put_changes{"unplaced.put",
                          "INSERT INTO unplaced (first, last, changes) VALUES ($1, $2, $3)"};
constexpr Sql last_changes{"unplaced.last",
                           "SELECT first, last, changes FROM unplaced ORDER BY first DESC LIMIT 1"};
constexpr Sql drop_changes{"unplaced.drop", "DELETE FROM unplaced WHERE last <= $1"};
constexpr Sql drop_changes_from{"unplaced.drop-from", "DELETE FROM unplaced WHERE first >= $1"};

std::optional<FeedCursor> cursor(Database& database, int which) {
  const auto row = database.query(read_cursor);
  row->bind(1, which);
  if (!row->step()) return std::nullopt;
  return FeedCursor{row->integer(0), row->integer(1)};
}

void put(Database& database, int which, const FeedCursor& cursor, Seq placed) {
  const auto row = database.query(put_cursor);
  row->bind(1, which);
  row->bind(2, cursor.generation);
  row->bind(3, cursor.position);
  row->bind(4, placed);
  row->step();
}

void run(Database& database, const Sql& sql) { database.query(sql)->step(); }

/// Before the first entry.
Hash first_hash(Database& database) {
  const auto begun = base(database);
  return begun ? begun->hash : Hash{};
}

/// A row of read_entries.
Kept kept_in(const Query& row) {
  Kept kept;
  kept.entry = {
      row.integer(0),  records::fact_id(row, 1), static_cast<std::uint16_t>(row.integer(2)),
      !row.is_null(3), std::string(row.blob(4)), std::string(row.text(5))};
  if (kept.entry.own) kept.own = static_cast<Seq>(row.integer(3));
  return kept;
}

}  // namespace

Hash next_hash(const Hash& before, const FeedEntry& entry) {
  std::string bytes;
  bytes.reserve(64 + before.size() + entry.body.size() + entry.store.size());
  bytes += entry.store.empty() ? "feed v1" : "feed v2";
  bytes += view(before);
  put_big_endian(bytes, entry.position);
  bytes += records::view(to_bytes(entry.id));
  put_big_endian(bytes, entry.type);
  put_big_endian(bytes, static_cast<std::uint32_t>(entry.body.size()));
  bytes += entry.body;
  bytes += entry.store;
  return sha256(bytes);
}

FeedCursor applied(Database& database) { return cursor(database, in_force).value_or(FeedCursor{}); }

std::optional<FeedCursor> staged(Database& database) { return cursor(database, waiting); }

FeedCursor wanted(Database& database) {
  if (const auto further = staged(database)) return *further;
  return applied(database);
}

Seq placed(Database& database) {
  const auto row = database.query(read_cursor);
  row->bind(1, in_force);
  return row->step() ? static_cast<Seq>(row->integer(2)) : 0;
}

void set_applied(Database& database, const FeedCursor& cursor, Seq placed) {
  put(database, in_force, cursor, placed);
}

void set_staged(Database& database, const FeedCursor& cursor) { put(database, waiting, cursor, 0); }

void stage(Database& database, std::span<const FeedEntry> entries) {
  const auto row = database.query(put_staged);
  for (const FeedEntry& entry : entries) {
    row->bind(1, entry.position);
    records::bind_id(*row, 2, entry.id);
    row->bind(3, entry.type);
    row->bind(4, entry.own ? 1 : 0);
    row->bind_blob(5, entry.body);
    row->bind_text(6, entry.store);
    row->step();
  }
}

std::size_t count_staged(Database& database) {
  const auto row = database.query(count_of_staged);
  return row->step() ? static_cast<std::size_t>(row->integer(0)) : 0;
}

std::vector<FeedEntry> read_staged_after(Database& database, FeedPosition after,
                                         std::size_t limit) {
  std::vector<FeedEntry> entries;
  const auto row = database.query(read_staged);
  row->bind(1, after);
  row->bind(2, static_cast<std::int64_t>(limit));
  while (row->step())
    entries.push_back({row->integer(0), records::fact_id(*row, 1),
                       static_cast<std::uint16_t>(row->integer(2)), row->integer(3) != 0,
                       std::string(row->blob(4)), std::string(row->text(5))});
  return entries;
}

void drop_staged(Database& database, FeedPosition last) {
  const auto row = database.query(drop_staged_to);
  row->bind(1, last);
  row->step();
}

void drop_all_staged(Database& database) {
  drop_staged(database, std::numeric_limits<FeedPosition>::max());
  const auto row = database.query(drop_cursor);
  row->bind(1, waiting);
  row->step();
}

namespace {

Hash head_hash(Database& database) {
  if (const auto row = database.query(last_hash); row->step()) return records::hash_at(*row, 0);
  return first_hash(database);
}

}  // namespace

void append(Database& database, const FeedEntry& entry, const Record* own, bool understood) {
  const Hash before = head_hash(database);
  // The journal's word about an own fact counts, not that of a page.
  FeedEntry ours;
  if (own) {
    ours = entry;
    ours.type = own->type;
    ours.body = own->body;
  }
  const FeedEntry& whole = own ? ours : entry;
  const auto row = database.query(put_entry);
  row->bind(1, entry.position);
  records::bind_id(*row, 2, entry.id);
  row->bind(3, whole.type);
  if (own) {
    assert(own->id == entry.id);
    row->bind(4, own->seq);
    row->bind_null(5);
  } else {
    row->bind_null(4);
    row->bind_blob(5, whole.body);
  }
  row->bind_blob(6, view(next_hash(before, whole)));
  row->bind(7, understood ? 1 : 0);
  row->bind_text(8, entry.store);
  row->step();
}

std::vector<FeedEntry> not_understood(Database& database) {
  std::vector<FeedEntry> found;
  const auto row = database.query(read_riddles);
  while (row->step())
    found.push_back({row->integer(0), records::fact_id(*row, 1),
                     static_cast<std::uint16_t>(row->integer(2)), false, std::string(row->blob(3)),
                     std::string(row->text(4))});
  return found;
}

void set_understood(Database& database, FeedPosition position) {
  const auto row = database.query(put_understood);
  row->bind(1, position);
  row->step();
}

void clear(Database& database) { run(database, drop_entries); }

std::vector<Kept> read(Database& database, FeedPosition after, std::size_t limit) {
  std::vector<Kept> found;
  const auto row = database.query(read_entries);
  row->bind(1, after);
  row->bind(2, static_cast<std::int64_t>(limit));
  while (row->step()) found.push_back(kept_in(*row));
  return found;
}

Result<Done> verify(Database& database) {
  try {
    Hash before = first_hash(database);
    const auto row = database.query(read_entries);
    row->bind(1, 0);
    row->bind(2, -1);
    while (row->step()) {
      const FeedEntry entry = kept_in(*row).entry;
      const Hash now = next_hash(before, entry);
      if (now != records::hash_at(*row, 6))
        return Error{Failure::corrupt, "feed.broken", "What head office sent down was changed",
                     "position " + std::to_string(entry.position),
                     "Stop using this folder and restore the newest backup."};
      before = now;
    }
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

void put_unplaced(Database& database, const Unplaced& changes) {
  const auto row = database.query(put_changes);
  row->bind(1, changes.first);
  row->bind(2, changes.last);
  row->bind_blob(3, changes.changes);
  row->step();
}

std::optional<Unplaced> last_unplaced(Database& database) {
  const auto row = database.query(last_changes);
  if (!row->step()) return std::nullopt;
  return Unplaced{static_cast<Seq>(row->integer(0)), static_cast<Seq>(row->integer(1)),
                  std::string(row->blob(2))};
}

void drop_unplaced(Database& database, Seq last) {
  const auto row = database.query(drop_changes);
  row->bind(1, last);
  row->step();
}

void drop_unplaced_from(Database& database, Seq first) {
  const auto row = database.query(drop_changes_from);
  row->bind(1, first);
  row->step();
}

}  // namespace keepsake::feed
