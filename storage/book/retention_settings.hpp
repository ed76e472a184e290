#pragma once

#include <cstdint>

#include "storage/domain/customer/obligations.hpp"

namespace keepsake {

/// [retention] of keepsake.toml; 0: kept for ever.
struct Retention {
  std::int64_t customers_inactive_months = 0;  ///< then a customer is erased
  std::int64_t audit_days = 365;
  KeepingTerms keeping;  ///< of who is erased
  bool operator==(const Retention&) const = default;
};

}  // namespace keepsake
