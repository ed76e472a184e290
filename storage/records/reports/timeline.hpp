#pragma once

#include <optional>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/engine/database.hpp"

namespace keepsake {
struct TimelineEntry;
struct TimelinePlace;
}  // namespace keepsake

namespace keepsake::records {

/// Everything of a person under all their references, newest first, older than `before`.
std::vector<TimelineEntry> timeline(Database& database, const CustomerRef& customer,
                                    std::optional<TimelinePlace> before, std::size_t limit);

}  // namespace keepsake::records
