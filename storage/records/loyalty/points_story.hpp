#pragma once

#include <optional>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/engine/database.hpp"

namespace keepsake {
struct HeldVoucher;
struct PointsEntry;
struct TimelinePlace;
}  // namespace keepsake

namespace keepsake::records {

/// What moved the points of a person, under all their references, newest first, older than
/// `before`. Merges show where something came over or went back.
std::vector<PointsEntry> points_story(Database& database, const CustomerRef& customer,
                                      std::optional<TimelinePlace> before, std::size_t limit);

/// Newest first.
std::vector<HeldVoucher> vouchers_of(Database& database, const CustomerRef& customer,
                                     std::size_t limit);

}  // namespace keepsake::records
