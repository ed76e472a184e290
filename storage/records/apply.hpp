#pragma once
// Facts into records. The same code serves a terminal (facts of its own journal) and the centre
// (facts of many terminals, in the centre's commit order), so nothing here assumes one terminal.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/records/core/applying.hpp"

namespace keepsake {
struct Fact;
}  // namespace keepsake

namespace keepsake::records {

/// Applies one fact inside the caller's transaction, once: applying a fact id twice breaks a
/// primary key and throws DatabaseError (Failure::refused). The fact is expected to satisfy its
/// check(). `vault` opens profiles; where it is null or lacks the key the profile stays sealed
/// (reveal() later). Throws DatabaseError when the database fails.
Result<std::vector<Exception>> apply(Database& database, const FactHeader& header, const Fact& fact,
                                     Vault* vault, Contradiction contradiction);

}  // namespace keepsake::records
