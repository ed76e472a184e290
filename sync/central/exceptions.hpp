#pragma once
// What waits for a person, of all stores: what the records note, and what was answered to facts.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"

namespace keepsake {
class Database;
struct ExceptionView;
}  // namespace keepsake

namespace keepsake::sync::central {

/// Those that nobody has settled, newest fact first. `store`: nullopt for those of every store. Throws
/// DatabaseError.
std::vector<ExceptionView> open_exceptions(Database& database,
                                           std::optional<std::string_view> store,
                                           std::size_t limit);
/// Of this terminal's facts.
std::int64_t count_open_exceptions(Database& database, TerminalNumber terminal);

}  // namespace keepsake::sync::central
