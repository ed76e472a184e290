#include "storage/domain/values/quantity.hpp"

#include "storage/domain/values/decimal.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/rounding.hpp"

namespace keepsake {

Result<Quantity> parse_quantity(std::string_view text) {
  auto thousandths =
      parse_scaled(text, {3, limits::quantity_thousandths, "quantity.syntax", "quantity.limit"});
  if (!thousandths) return thousandths.error();
  return Quantity{*thousandths};
}

std::string to_decimal(Quantity quantity) { return format_scaled(quantity.thousandths, 3, 0); }

Result<UnitPrice> parse_unit_price(std::string_view text, Currency currency) {
  if (text.starts_with('-'))
    return Error{Failure::bad_input, "price.syntax", "A price must not be negative", "column 1",
                 "Write the price without a sign"};
  auto milli = parse_scaled(
      text, {currency.exponent() + 3, limits::amount_minor * 1000, "price.syntax", "price.limit"});
  if (!milli) return milli.error();
  return UnitPrice{*milli};
}

std::string to_decimal(UnitPrice price, Currency currency) {
  return format_scaled(price.milli_minor, currency.exponent() + 3, currency.exponent());
}

Result<Money> line_amount(UnitPrice price, Quantity quantity, Currency currency) {
  auto minor = divide_half_up(Wide{price.milli_minor} * quantity.thousandths, 1'000'000);
  if (!minor || *minor > limits::amount_minor || *minor < -limits::amount_minor)
    return Error{Failure::limit, "money.limit", "The amount of a line is too large", "",
                 "Enter a smaller quantity"};
  return Money{*minor, currency};
}

}  // namespace keepsake
