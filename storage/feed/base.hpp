#pragma once
// What a terminal's records began with, where it did not pull everything: a snapshot's rows, in a file
// beside the book, and where in head office's order they stand. Rules: FEED.md, Snapshots. Functions on
// a Database run inside the caller's transaction and throw DatabaseError.

#include <filesystem>
#include <optional>
#include <span>

#include "storage/domain/feed_base.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {
class Database;
class Vault;
}  // namespace keepsake

namespace keepsake::feed {

/// nullopt: everything was pulled.
std::optional<FeedBase> base(Database& database);
void put_base(Database& database, const FeedBase& base);
void clear_base(Database& database);

/// DIR/base-<id>.db.
std::filesystem::path base_file(const std::filesystem::path& folder, const SnapshotId& id);

/// Empty records become what they were before the first entry of the feed, and stay empty where there
/// is no base. It is the caller's to let go of the rows (sqlite::let_go_of_rows). Failure::corrupt
/// "feed.base-missing" when the file is not there.
Result<Done> begin_records(Database& database, const std::filesystem::path& folder);

/// Whether the records began with this customer. false: the file is missing, or they began empty.
bool began_with(Database& database, const std::filesystem::path& folder,
                const CustomerRef& customer);

/// For whoever makes such a file: Failure::corrupt "feed.base-damaged" when its rows are not sound.
Result<Done> check_rows(const std::filesystem::path& file);

/// The file is there, sound and of this version's tables; only reads. Failure::corrupt
/// "feed.base-missing", "feed.base-damaged".
Result<Done> check_base(const std::filesystem::path& folder, const FeedBase& base);

/// Makes the rows of a file that head office made this folder's own: they are of this version's tables,
/// looked up by this vault's key, and have nothing personal of those whose keys are destroyed or who are
/// in `erased`. That they are sound whoever made them has seen (check_rows), and that the file is the one
/// that was made, whoever calls this. Nothing names the file yet: when this fails, or is cut short, it is
/// to be thrown away. Failure::refused "schema.newer", as the vault's and the database's.
Result<Done> make_own(const std::filesystem::path& file, Vault& vault,
                      std::span<const CustomerRef> erased);

/// Brings the file's tables up to date; nothing where there is no base, or its file is missing.
Result<Done> upgrade_base(Database& database, const std::filesystem::path& folder);

/// After an erasure: nothing personal of these people is left in the file, nor where it was deleted.
/// Doing it twice changes nothing. Failure as the database's.
Result<Done> strip_base(const std::filesystem::path& file, std::span<const CustomerRef> customers);

/// Those who became dormant since: nothing of them is open in the file any more, as in the records.
/// Nothing where the file is missing. Doing it twice changes nothing. Failure as the database's.
Result<Done> close_base(const std::filesystem::path& file, std::span<const CustomerRef> customers);

}  // namespace keepsake::feed
