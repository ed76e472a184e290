#pragma once
// The dates that facts bear, beside when they came: a till whose clock is wrong sells on, and what it
// sells is marked. Throws DatabaseError.

#include <optional>

#include "sync/central/fact_log.hpp"

namespace keepsake {
struct Fact;
}

namespace keepsake::sync::central {

/// "date.ahead": it bears a day that had not come when it came here, by head office's clock or by what
/// was believed of it, whichever is later. "date.behind": a sale or return that was not brought in from
/// elsewhere bears an earlier day than facts before it. By more than a day either way; nullopt: neither.
std::optional<FactOutcome> doubt_of_date(Database& database, const SetAside& came,
                                         const Fact& fact);

}  // namespace keepsake::sync::central
