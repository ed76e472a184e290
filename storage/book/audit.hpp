#pragma once
// Who looked at or changed whom: terminal-local, append-only but for the retention rule. Functions
// throw DatabaseError.

#include <span>
#include <vector>

#include "storage/domain/values/ids.hpp"

namespace keepsake {
class Database;
struct AuditEntry;
struct Fact;
}  // namespace keepsake

namespace keepsake::terminal {

void put_audit(Database& database, const AuditEntry& entry);
/// Unless this very entry stands there already.
void put_audit_once(Database& database, const AuditEntry& entry);
/// The entry of a fact about a customer, after it was applied; nothing for other facts.
void audit_fact(Database& database, const Fact& fact);
/// Newest first; of everybody where `customers` is empty.
std::vector<AuditEntry> audit(Database& database, std::span<const CustomerRef> customers,
                              std::size_t limit);
std::int64_t count_audit_before(Database& database, Instant before);
std::int64_t drop_audit_before(Database& database, Instant before);

}  // namespace keepsake::terminal
