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
  // Money paid in to gift cards and wallets is owed, not sold: apart from `purchases`, which counts
  // documents as they were recorded. A purchase may be both, a sale and a load.
  std::int64_t sales = 0;        ///< purchases that sold something
  std::int64_t sales_minor = 0;  ///< purchase_minor - loads_minor
  std::int64_t loads = 0;        ///< lines that paid in
  std::int64_t loads_minor = 0;
  std::int64_t loads_returned_minor = 0;  ///< part of return_minor, positive
  bool operator==(const Totals&) const = default;
};

struct DayTotal {
  Date day;
  std::int64_t purchases = 0, purchase_minor = 0, returns = 0, return_minor = 0;
  std::int64_t loads = 0, loads_minor = 0;  ///< within the purchases
};

/// Without lines that pay in.
struct ArticleTotal {
  std::string article, name;
  std::int64_t quantity_thousandths = 0, amount_minor = 0;
};

/// Purchases that sold something, and what was sold.
struct CustomerTotal {
  CustomerRef customer;
  std::string label;
  std::int64_t purchases = 0, amount_minor = 0;
  Points balance;
};

/// By what a breakdown groups. hour: of the shop's day; category: the one that the article has today.
enum class BreakdownBy { hour, category, tender, tax_rate };

/// One group of a breakdown. Over all groups of one each sum is that of Totals, to the minor unit:
/// that is why what rounding cash changed is a group of the tenders (`rounding`), below zero where
/// more was paid than was due.
struct GroupTotal {
  enum class Kind { named, unknown, rounding } kind = Kind::named;
  std::string name;         ///< category (may be empty) or tender
  std::int64_t number = 0;  ///< hour 0 to 23, or basis points
  // Purchases and returns of an hour; lines of a category or a rate; payments of a tender.
  std::int64_t count = 0, count_back = 0;
  std::int64_t purchase_minor = 0, return_minor = 0;
  std::int64_t loads = 0, loads_minor = 0, loads_returned_minor = 0;  ///< within the two
  std::int64_t tax_minor = 0, tax_returned_minor = 0;                 ///< of tenders: none

  std::int64_t sales_minor() const { return purchase_minor - loads_minor; }
  /// What was sold and did not come back.
  std::int64_t net_minor() const { return sales_minor() - (return_minor - loads_returned_minor); }
  bool operator==(const GroupTotal&) const = default;
};

struct StaffTotal {
  std::string staff;
  std::int64_t purchases = 0, amount_minor = 0, returns = 0, return_minor = 0;
  std::int64_t loads = 0, loads_minor = 0;  ///< within the purchases
};

}  // namespace keepsake
