#pragma once
// A purchase as it happened: one fact, whole or not at all (I5).

#include <optional>
#include <string>
#include <vector>

#include "storage/domain/sale/loyalty_result.hpp"
#include "storage/domain/sale/reservation.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/sale/tax.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/domain/warranty/warranty.hpp"

namespace keepsake {

struct Discount {
  std::string reason;  ///< shown on the receipt
  Money amount;        ///< positive: taken off
  bool operator==(const Discount&) const = default;
};

struct PurchaseLine {
  std::string article;  ///< Article::code
  std::string name;     ///< as printed
  Quantity quantity;    ///< > 0
  UnitPrice unit_price;
  std::vector<Discount> discounts;
  Money amount;  ///< line_amount - discounts, tax included, >= 0
  TaxRate tax_rate;
  Money tax;  ///< tax_included(amount, tax_rate)
  std::optional<LineWarranty> warranty;
  SoldBy sold_by = SoldBy::piece;  ///< ask is_weighed
  bool operator==(const PurchaseLine&) const = default;
};

struct Purchase {
  LocalTime at;
  /// "" for a sale on this terminal; "online-retail:536365" for an imported one; unique.
  std::string origin;
  std::string staff;
  std::optional<FactId> shift;  ///< the opening of the shift it was sold in
  CustomerRef customer;
  Currency currency;
  std::vector<PurchaseLine> lines;
  Money total;          ///< sum of the lines
  Money tax;            ///< sum of the lines
  Money cash_rounding;  ///< added to the total, or taken from it: paid = total + this
  std::vector<Tender> tenders;
  std::int32_t programme_version = 0;
  Points points_earned;
  std::optional<LoyaltyResult> loyalty;  ///< none: whatever it earned is one lot that never expires
  std::vector<TopUp> top_ups;            ///< gift cards and wallets that lines pay in to
  /// Of what it spends, what head office had set aside for this terminal.
  std::vector<ReservationUse> reservations = {};
  bool operator==(const Purchase&) const = default;
};

/// Every rule a purchase must satisfy: sums, signs, currencies, limits, tenders cover the total.
/// Failure::bad_input or ::limit with the line in `where`.
Result<Done> check(const Purchase& purchase);

}  // namespace keepsake
