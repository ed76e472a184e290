#pragma once
// [offline] of what head office says to its stores (SETTINGS.md): what tills may spend without a line.

#include <cstdint>
#include <vector>

#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"

namespace keepsake {

/// What one till may let customers spend without hold or lease before head office hears of it. Nothing:
/// no such thing, as it is until the owner says otherwise.
struct RiskBudget {
  Points points;
  std::vector<Money> money;  ///< each currency once, above zero
  bool operator==(const RiskBudget&) const = default;
};

struct OfflineTerms {
  /// Of what somebody has, all leases together, 0 to 100.
  std::int64_t lease_percent = 30;
  /// How long after its last contact a till spends its leases, 24 to 720.
  std::int64_t lease_hours = 24;
  /// Tills of so many stores have leases of what somebody has, 1 to 20.
  std::int64_t lease_stores = 3;
  RiskBudget risk;
  bool operator==(const OfflineTerms&) const = default;
};

}  // namespace keepsake
