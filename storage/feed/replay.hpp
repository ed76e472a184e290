#pragma once
// Stored facts into records: one, or all that a terminal has (I11).

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {
class Database;
class Vault;
}  // namespace keepsake

namespace keepsake::feed {

/// Applies a fact that has happened (records::Contradiction::note). One of a type that this version
/// does not know changes nothing. Failure as records::apply, and ::bad_input when it cannot be read.
Result<Done> apply_stored(Database& database, Vault& vault, const FactId& id, std::uint16_t type,
                          std::string_view body, std::string_view store);

/// Words of facts that cannot be read and changed nothing.
using Unreadable = std::vector<std::string>;

/// Into empty records: what they began with (base.hpp, begin_records: `folder` has its file), then
/// everything of the feed, in head office's order. Failure as begin_records().
Result<Done> replay_feed(Database& database, Vault& vault, const std::filesystem::path& folder,
                         Unreadable& unreadable);
/// Then the terminal's own facts that have no place there yet. `each` is told the fact that was
/// applied.
Result<Done> replay_own(Database& database, Vault& vault, Unreadable& unreadable,
                        const std::function<void(Seq)>& each);

}  // namespace keepsake::feed
