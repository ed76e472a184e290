#pragma once
// A purchase as it happened: one fact, whole or not at all (I5).

#include <optional>
#include <string>
#include <vector>

#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/cash.hpp"
#include "storage/domain/sale/loyalty_result.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/warranty/warranty.hpp"

namespace keepsake {

struct Discount {
  std::string reason;  ///< shown on the receipt
  Money amount;        ///< positive: taken off
  bool operator==(const Discount&) const = default;
};

/// The item a line started cover for.
struct LineWarranty {
  std::string serial;  ///< normalised
  std::string serial_typed;
  std::string maker;
  Cover cover;
  bool operator==(const LineWarranty&) const = default;
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
  bool operator==(const PurchaseLine&) const = default;
};

/// unknown: imported sales that do not say. points, wallet: of the purchase's customer.
enum class TenderKind { cash, card, unknown, points, wallet, gift_card };

struct Tender {
  TenderKind kind = TenderKind::cash;
  Money amount;    ///< what it paid of the total (cash: including cash rounding)
  Money tendered;  ///< what was handed over; >= amount; the difference is change
  /// card: the terminal's reference, never a card number; gift_card: its card_name().
  std::string reference;
  bool operator==(const Tender&) const = default;
};

struct Purchase {
  LocalTime at;
  /// "" for a sale on this terminal; "online-retail:536365" for an imported one; unique.
  std::string origin;
  std::string staff;
  std::string shift;  ///< hex fact id of the shift, or empty
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
  std::vector<ValueLoad> loads;          ///< gift cards and wallets that lines pay in to
  bool operator==(const Purchase&) const = default;
};

/// Every rule a purchase must satisfy: sums, signs, currencies, limits, tenders cover the total.
/// Failure::bad_input or ::limit with the line in `where`.
Result<Done> check(const Purchase& purchase);

struct ReturnLine {
  std::string article;
  std::string name;
  Quantity quantity;  ///< > 0
  Money amount;       ///< given back for it, >= 0
  Money tax;
  std::optional<FactId> purchase;  ///< none: without receipt
  /// Index into that purchase's lines, from 0; set with purchase.
  std::optional<std::uint32_t> line_no;
  bool operator==(const ReturnLine&) const = default;
};

struct Return {
  LocalTime at;
  std::string origin;
  std::string staff;
  std::string shift;
  CustomerRef customer;
  Currency currency;
  std::string reason;
  std::vector<ReturnLine> lines;
  Money total;  ///< >= 0: what the customer got back
  Money tax;
  std::vector<Tender> tenders;  ///< how it was given back; amounts >= 0
  Points points_reversed;       ///< >= 0: taken back from the customer
  /// None: taken from any lots, a shortfall is the programme's loss.
  std::optional<ReturnResult> loyalty;
  bool operator==(const Return&) const = default;
};
Result<Done> check(const Return& returned);

struct PurchaseSummary {
  FactId id;
  LocalTime at;
  Money total;
  std::int64_t pieces = 0;
  std::string first_article;  ///< name of the largest line
  Points points_earned;
  bool operator==(const PurchaseSummary&) const = default;
};

/// A purchase or return that another system numbered.
struct ImportedDocument {
  std::string origin;
  FactId id;
  Money total;
};

}  // namespace keepsake
