#include "storage/domain/sale/purchase.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "storage/domain/sale/document_checks.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {
namespace {

using namespace document;

Result<Done> check_line_warranty(const PurchaseLine& line) {
  // By its receipt line several pieces are covered as one.
  if (!line.warranty->serial.empty() && line.quantity != Quantity::pieces(1))
    return wrong("warranty.quantity", "A warranty covers one piece");
  return check(*line.warranty);
}

/// amount = price x quantity - discounts, tax as its rate says.
Result<Done> check_line_sums(const PurchaseLine& line, Currency currency) {
  auto expected = line_amount(line.unit_price, line.quantity, currency);
  if (!expected) return beyond("money.limit", "The amount of a line is too large");
  for (const Discount& discount : line.discounts) {
    if (auto ok = check_amount(discount.amount, currency, "discount"); !ok) return ok;
    if (discount.amount.minor == 0) return wrong("discount.zero", "A discount must be above zero");
    if (auto ok = check_text(discount.reason, limits::name_bytes, Presence::optional, "discount");
        !ok)
      return ok;
    expected = subtract(*expected, discount.amount);
    if (!expected) return expected.error();
  }
  if (auto ok = check_amount(line.amount, currency); !ok) return ok;
  if (line.amount != *expected)
    return wrong("line.amount", "The amount is not price times quantity less discounts");
  auto tax = tax_included(line.amount, line.tax_rate);
  if (!tax) return wrong("tax.rate", "A tax rate must lie between 0 and 100 %");
  if (line.tax != *tax) return wrong("line.tax", "The tax does not match its rate");
  return Done{};
}

Result<Done> check_line(const PurchaseLine& line, Currency currency) {
  using enum Presence;
  if (auto ok = check_text(line.article, limits::code_bytes, required, "article"); !ok) return ok;
  if (auto ok = check_text(line.name, limits::name_bytes, optional, "name"); !ok) return ok;
  if (auto ok = check_quantity(line.quantity); !ok) return ok;
  if (line.unit_price.milli_minor < 0)
    return wrong("price.negative", "A price must not be negative");
  if (line.unit_price.milli_minor > limits::amount_minor * 1000)
    return beyond("price.limit", "The price is too large");
  if (line.discounts.size() > limits::discounts_per_line)
    return beyond("discounts.limit", "There are too many discounts");
  if (auto ok = check_line_sums(line, currency); !ok) return ok;
  return line.warranty ? check_line_warranty(line) : Result<Done>(Done{});
}

Result<Done> check_loads(const Purchase& purchase) {
  if (purchase.top_ups.size() > purchase.lines.size())
    return beyond("loads.limit", "There are more top-ups than lines", "loads");
  std::set<std::size_t> lines;
  for (const TopUp& top_up : purchase.top_ups) {
    if (top_up.line >= purchase.lines.size() || !lines.insert(top_up.line).second)
      return wrong("top-up.line", "Each top-up must name its own line", "loads");
    const std::string where = line_at(top_up.line);
    if (auto ok = check_amount(top_up.amount, purchase.currency, where); !ok) return ok;
    if (top_up.amount.minor == 0 || purchase.lines[top_up.line].quantity != Quantity::pieces(1))
      return wrong("top-up.amount", "A top-up must be one piece and one amount above zero", where);
    const bool wallet = top_up.kind == StoredValue::wallet;
    if (wallet ? !top_up.card.empty() : !is_card_name(top_up.card))
      return wrong("gift-card.form", "A line's gift card number is not normalised", where);
    if (wallet && purchase.customer.nobody())
      return wrong("wallet.nobody", "A wallet needs a customer", where);
  }
  return Done{};
}

Result<Done> check_tenders(const Purchase& purchase) {
  bool cash = false;
  auto paid = paid_by(purchase.tenders, purchase.currency, cash);
  if (!paid) return paid.error();
  const Money rounding = purchase.cash_rounding;
  if (rounding.currency != purchase.currency)
    return wrong("money.currency", "An amount is in another currency", "cash_rounding");
  const std::int64_t most = cash_rounding_major * purchase.currency.minor_per_major();
  if (rounding.minor < -most || rounding.minor > most || (rounding.minor != 0 && !cash))
    return wrong("cash.rounding", "This rounding cannot come from cash", "cash_rounding");
  if (*paid != purchase.total.minor + rounding.minor)
    return wrong("tender.sum", "The payments do not add up to the total", "tenders");
  return Done{};
}

}  // namespace

Result<Done> check(const Purchase& purchase) {
  if (auto ok = check_head(purchase); !ok) return ok;
  if (auto ok = check(purchase.reservations); !ok) return ok;
  std::int64_t total = 0;
  std::int64_t tax = 0;
  std::set<std::pair<std::string_view, std::string_view>> items;
  for (std::size_t i = 0; i < purchase.lines.size(); ++i) {
    const PurchaseLine& line = purchase.lines[i];
    if (auto ok = check_line(line, purchase.currency); !ok) return in_line(i, ok.error());
    total += line.amount.minor;  // at most 2000 amounts of 10^12
    tax += line.tax.minor;
    if (line.warranty && !line.warranty->serial.empty() &&
        !items.emplace(line.warranty->maker, line.warranty->serial).second)
      return wrong("warranty.twice", "The same item is registered twice", line_at(i));
  }
  if (purchase.total.minor != total)
    return wrong("total.sum", "The total is not the sum of the lines", "total");
  if (purchase.tax.minor != tax)
    return wrong("tax.sum", "The tax is not the sum of the lines", "tax");
  if (auto ok = check_tenders(purchase); !ok) return ok;
  if (auto ok = check_owners(purchase, purchase.loyalty.has_value()); !ok) return ok;
  if (auto ok = check_loads(purchase); !ok) return ok;
  if (purchase.loyalty) {
    if (purchase.programme_version <= 0)
      return wrong("programme.version", "Points need a programme", "programme_version");
    if (auto ok = check(*purchase.loyalty, purchase.points_earned, purchase.currency,
                        purchase.lines.size());
        !ok)
      return ok;
  }
  if (purchase.programme_version < 0 ||
      (purchase.programme_version == 0 && purchase.points_earned.hundredths != 0))
    return wrong("programme.version", "Points need a programme", "programme_version");
  return check_points(purchase.points_earned, purchase.customer, "points_earned");
}

}  // namespace keepsake
