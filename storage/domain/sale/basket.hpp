#pragma once
// The basket on the screen, before it is a purchase. Pure; every figure is derived.

#include <optional>
#include <string>
#include <vector>

#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/cash.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/warranty/warranty.hpp"

namespace keepsake {

struct Purchase;

struct BasketLine {
  Article article;
  Quantity quantity;
  std::optional<LineWarranty> warranty;
  /// The line sells a gift card or tops a wallet up; see with_top_up.
  std::optional<TopUp> top_up = {};
  bool operator==(const BasketLine&) const = default;
};

struct Basket {
  Currency currency;
  std::vector<BasketLine> lines;
  bool operator==(const Basket&) const = default;
};

struct BasketTotals {
  Money total;
  Money tax;
  std::int64_t pieces = 0;  ///< whole pieces; a weighed line counts one
  bool operator==(const BasketTotals&) const = default;
};

/// Adds to the line of the same article when both are by piece and unwarranted, else a new line.
/// Failure::limit at limits::lines_per_purchase or quantity.
Result<Basket> with_article(Basket basket, const Article& article, Quantity quantity);
/// Quantity 0 removes the line. `index` must exist (assert). A warranted line stays at one piece.
Result<Basket> with_quantity(Basket basket, std::size_t index, Quantity quantity);
Basket without_line(Basket basket, std::size_t index);
/// Starts cover on the line's item; splits one piece off a line of several.
/// Failure::refused "warranty.none" when the article has no cover or no serial numbers,
/// "warranty.twice" when the serial is already in the basket, Failure::bad_input from read_plate().
/// `statutory`: as covers_from().
Result<Basket> with_warranty(Basket basket, std::size_t index, std::string_view serial, Date today,
                             const StatutoryCover* statutory, Plate plate = Plate::by_rule);
/// The line pays its amount in to a gift card or wallet; it stays one piece. `top_up.line` and
/// `top_up.amount` follow from the line. Failure::refused "top-up.line" for several pieces.
Result<Basket> with_top_up(Basket basket, std::size_t index, TopUp top_up);

/// Before any discount. Failure::limit "money.limit".
Result<BasketTotals> totals(const Basket& basket);

/// Fits the tenders to `purchase.total`, and sets them and the cash rounding. Failure::refused
/// "tender.short" or "tender.over".
Result<Done> settle(Purchase& purchase, std::vector<Tender> tenders, CashStep step);

}  // namespace keepsake
