#pragma once
// What must be equal at both ends.

#include <optional>
#include <string_view>
#include <vector>

#include "storage/domain/values/money.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/engine/database.hpp"

namespace keepsake {
struct Totals;
}  // namespace keepsake

namespace keepsake::records {

/// `store`: one store's, or everything; `currency`: of what was sold and brought back in it, for a
/// store that took more than one. `facts` is left at 0, as records do not count facts.
Totals totals(Database& database, std::optional<std::string_view> store,
              std::optional<Currency> currency = std::nullopt);

/// In which the store has sold or taken back; money of different ones is never added up.
std::vector<Currency> currencies(Database& database, std::string_view store);

/// The day that it is in the store, by the clock of its newest purchase; in UTC before the first.
Date day_of_store(Database& database, std::string_view store, Instant now);

/// The currency of the store's newest purchase, else of its newest programme; nullopt: none yet.
std::optional<Currency> currency(Database& database, std::string_view store);

}  // namespace keepsake::records
