#pragma once
// What must be equal at both ends.

#include <optional>
#include <string_view>

#include "storage/domain/values/money.hpp"
#include "storage/engine/database.hpp"

namespace keepsake {
struct Totals;
}  // namespace keepsake

namespace keepsake::records {

/// `store`: one store's, or everything. `facts` is left at 0, as records do not count facts.
Totals totals(Database& database, std::optional<std::string_view> store);

/// The currency of the store's newest purchase, else of its newest programme; nullopt: none yet.
std::optional<Currency> currency(Database& database, std::string_view store);

}  // namespace keepsake::records
