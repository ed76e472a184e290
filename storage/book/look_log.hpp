#pragma once
// DIR/looks.db: the audit trail of processes that only read. keepsake.db has one writing process
// (storage/engine/sqlite/open.hpp), and whoever looks at a person beside it leaves the trace here;
// the book takes it into its own trail when it is opened and when it does its retention.

#include <filesystem>
#include <span>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {
class Database;
struct AuditEntry;
}  // namespace keepsake

namespace keepsake::look_log {

/// Durable when it returns; by any number of processes. Failure::unavailable, ::busy, ::corrupt.
Result<Done> put(const std::filesystem::path& folder, std::span<const AuditEntry> entries);

/// What is not taken in yet, newest first; of everybody where `customers` is empty.
Result<std::vector<AuditEntry>> read(const std::filesystem::path& folder,
                                     std::span<const CustomerRef> customers, std::size_t limit);

/// Moves all of it into the trail of `book`, outside of a transaction. Broken off, it is done again
/// without an entry twice.
Result<Done> take_in(const std::filesystem::path& folder, Database& book);

}  // namespace keepsake::look_log
