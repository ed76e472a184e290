#pragma once
// Totals of a store by hour, category, tender or tax rate, that sum to its Totals.

#include <string_view>
#include <vector>

#include "storage/engine/database.hpp"

namespace keepsake {
enum class BreakdownBy;
struct GroupTotal;
}  // namespace keepsake

namespace keepsake::records {

/// In order of the hour, the name, the tender or the rate; what is not known and the rounding last.
std::vector<GroupTotal> breakdown(Database& database, std::string_view store, BreakdownBy by);

}  // namespace keepsake::records
