#pragma once
// The feed as a terminal keeps it. Format and rules: FEED.md. Functions run inside the caller's
// transaction and throw DatabaseError.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/domain/feed.hpp"
#include "storage/domain/record.hpp"
#include "storage/domain/values/hash.hpp"

namespace keepsake {

class Database;

namespace feed {

/// An entry as it is kept; `body` of one of our own comes from the journal.
struct Kept {
  FeedEntry entry;
  std::optional<Seq> own;
};

FeedCursor applied(Database& database);  ///< what the records hold
/// What is staged behind it, or is to replace it (of another generation); nullopt: nothing.
std::optional<FeedCursor> staged(Database& database);
/// Where the next page must begin.
FeedCursor wanted(Database& database);
Seq placed(Database& database);  ///< own facts up to here have their place

void set_applied(Database& database, const FeedCursor& cursor, Seq placed);
void set_staged(Database& database, const FeedCursor& cursor);
void stage(Database& database, std::span<const FeedEntry> entries);
std::size_t count_staged(Database& database);
std::vector<FeedEntry> read_staged_after(Database& database, FeedPosition after, std::size_t limit);
void drop_staged(Database& database, FeedPosition last);  ///< up to here
void drop_all_staged(Database& database);                 ///< nothing is staged any more

/// `own`: the record of the journal that this is the place of. `understood`: it is in the records.
void append(Database& database, const FeedEntry& entry, const Record* own, bool understood);
/// Of others; the version that took them in could not read them.
std::vector<FeedEntry> not_understood(Database& database);
void set_understood(Database& database, FeedPosition position);
void clear(Database& database);
std::vector<Kept> read(Database& database, FeedPosition after, std::size_t limit);
/// The chain after this entry; its body is the fact's, of an own one too.
Hash next_hash(const Hash& before, const FeedEntry& entry);
/// Recomputes the chain. Failure::corrupt "feed.broken" with the position in `where`.
Result<Done> verify(Database& database);

/// Changes of own facts first..last, kept to be taken back.
struct Unplaced {
  Seq first = 0;
  Seq last = 0;
  std::string changes;
};
void put_unplaced(Database& database, const Unplaced& changes);
std::optional<Unplaced> last_unplaced(Database& database);
void drop_unplaced(Database& database, Seq last);  ///< those that end up to here
void drop_unplaced_from(Database& database, Seq first);

}  // namespace feed

}  // namespace keepsake
