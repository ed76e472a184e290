#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "storage/records/core/applying.hpp"

namespace keepsake {
struct LotExpiry;
struct PointsExpired;
namespace loyalty {
struct Expiry;
}
}  // namespace keepsake

namespace keepsake::records {

/// Idempotent: takes what is still there of what the run names.
Result<Done> apply(Applying& applying, const PointsExpired& expired);

/// What is past its last day on `today`, under the programme's rule; nullopt: of all stores.
std::vector<LotExpiry> lots_due(Database& database, const loyalty::Expiry& rule, Date today,
                                std::optional<std::string_view> store = std::nullopt);

}  // namespace keepsake::records
