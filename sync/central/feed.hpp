#pragma once
// What goes down to terminals: the facts of their store, in the order in which the centre took them.
// Functions run inside the caller's transaction and throw DatabaseError.

#include <filesystem>
#include <string_view>

#include "storage/domain/feed.hpp"
#include "sync/central/fact_log.hpp"

namespace keepsake {
class Vault;
}

namespace keepsake::sync::central {

/// The next place of the order is this fact's; of terminal 0: head office's own (publication_log.hpp).
/// 0: it came before and has none.
FeedPosition publish(Database& database, const Chain& chain, std::string_view store, Seq seq,
                     FactState state);

/// The number of the present order, drawn where there is none.
std::int64_t generation(Database& database);
/// Positions are given anew from here on: terminals pull from the start.
void draw_generation(Database& database);
/// In a copy of the database: whoever opens it draws another number. Failure as the database's.
Result<Done> forget_generation(const std::filesystem::path& copy);
/// The last place that was given; 0: none.
FeedPosition last_position(Database& database);

/// What a terminal of the store that has done nothing itself gets after `cursor`, of this generation;
/// without keys.
FeedPage page_of_store(Database& database, std::string_view store, const FeedCursor& cursor);

/// What `terminal` gets after `cursor`. One of another generation gets an empty, incomplete page from
/// the start of this one. Keys that `vault` has come with the facts that enrol their customers.
/// Failure as the vault's.
Result<FeedPage> page_for(Database& database, Vault& vault, const Terminal& terminal,
                          const FeedCursor& cursor);

}  // namespace keepsake::sync::central
