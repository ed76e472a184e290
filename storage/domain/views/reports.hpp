#pragma once
// Sums that reports and totals are made of.

#include <cstdint>
#include <string>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// The figures that must be equal at both ends (kiosk/run, `report`, GET /v1/status). They travel in
/// a sync::StoreStatus, which belongs to the protocol and has a field of its own for each.
struct Totals {
  std::int64_t purchases = 0;
  std::int64_t purchase_minor = 0;
  std::int64_t returns = 0;
  std::int64_t return_minor = 0;  ///< positive
  std::int64_t customers = 0;
  std::int64_t warranties = 0;
  std::int64_t articles = 0;
  Points points_outstanding;  ///< sum over customers
  std::int64_t facts = 0;
  bool operator==(const Totals&) const = default;
};

struct DayTotal {
  Date day;
  std::int64_t purchases = 0, purchase_minor = 0, returns = 0, return_minor = 0;
};

struct ArticleTotal {
  std::string article, name;
  std::int64_t quantity_thousandths = 0, amount_minor = 0;
};

struct CustomerTotal {
  CustomerRef customer;
  std::string label;
  std::int64_t purchases = 0, amount_minor = 0;
  Points balance;
};

struct StaffTotal {
  std::string staff;
  std::int64_t purchases = 0, amount_minor = 0, returns = 0, return_minor = 0;
};

}  // namespace keepsake
