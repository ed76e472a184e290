#pragma once
// What a screen or a command shows of one customer.

#include <string>
#include <vector>

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/domain/warranty/warranty.hpp"

namespace keepsake {

/// One customer as the person in front of them may see it.
struct CustomerView {
  CustomerRef ref;
  Profile profile;  ///< empty fields: unknown or erased
  std::string card;
  LocalTime member_since;
  Points balance;
  Instant balance_as_of;
  std::vector<PurchaseSummary> last_purchases;  ///< newest first, at most 5
  std::vector<WarrantySummary> warranties;      ///< by end date, at most 50
  bool operator==(const CustomerView&) const = default;
};

}  // namespace keepsake
