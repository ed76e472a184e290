#pragma once
// How many or how much, and what one costs.

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/domain/values/money.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

/// Pieces or kilograms in thousandths: 3 pieces are 3000, 0.742 kg is 742.
struct Quantity {
  std::int64_t thousandths = 0;

  static Quantity pieces(std::int64_t n) { return {n * 1000}; }
  bool is_whole() const { return thousandths % 1000 == 0; }
  auto operator<=>(const Quantity&) const = default;
};

enum class SoldBy { piece, weight };  ///< weight: quantity in kilograms

/// What is weighed is one thing however heavy. Lines of old documents do not say how they were
/// sold: there a quantity that is not whole was weighed.
inline bool is_weighed(SoldBy sold_by, Quantity quantity) {
  return sold_by == SoldBy::weight || !quantity.is_whole();
}

/// "12", "0.742", "-3": at most three decimals. Failure::bad_input "quantity.syntax",
/// Failure::limit.
Result<Quantity> parse_quantity(std::string_view text);
std::string to_decimal(Quantity quantity);  ///< shortest exact form: "3", "0.742"

/// The price of one piece or kilogram in thousandths of a minor unit, because real price lists
/// have them (fuel, screws; 0.001 GBP occurs in the demo data).
struct UnitPrice {
  std::int64_t milli_minor = 0;

  static UnitPrice from_minor(std::int64_t minor) { return {minor * 1000}; }
  auto operator<=>(const UnitPrice&) const = default;
};

/// "2.55" in the currency's major unit, at most exponent + 3 decimals. Failure::bad_input
/// "price.syntax".
Result<UnitPrice> parse_unit_price(std::string_view text, Currency currency);
/// Exponent decimals, more only if needed.
std::string to_decimal(UnitPrice price, Currency currency);

/// price x quantity, rounded once, half up. Failure::limit beyond limits::amount_minor.
Result<Money> line_amount(UnitPrice price, Quantity quantity, Currency currency);

}  // namespace keepsake
