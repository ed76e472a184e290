#include "storage/domain/loyalty/minimums.hpp"

#include "storage/domain/loyalty/filter.hpp"
#include "storage/domain/sale/tax.hpp"

namespace keepsake::loyalty {
namespace {

std::vector<std::size_t> goods_of(const Basket& basket) {
  std::vector<std::size_t> lines;
  for (std::size_t i = 0; i < basket.lines.size(); ++i)
    if (!is_load(basket.lines[i])) lines.push_back(i);
  return lines;
}

}  // namespace

std::optional<Why> falls_short(const Minimum& minimum, const std::string& rule,
                               const Basket& basket, const std::vector<std::int64_t>& minor,
                               const std::vector<std::size_t>& fitting) {
  if (minimum == Minimum{}) return std::nullopt;
  Money amount{0, basket.currency};
  Quantity quantity;
  for (const std::size_t i : minimum.of == MinimumOf::order ? goods_of(basket) : fitting) {
    amount.minor += minor[i];
    quantity.thousandths += basket.lines[i].quantity.thousandths;
    if (minimum.tax == TaxBasis::included) continue;
    const auto tax = tax_included({minor[i], basket.currency}, basket.lines[i].tax);
    if (tax) amount.minor -= tax->minor;
  }
  const Money least{minimum.minor, basket.currency};
  if (amount.minor < least.minor)
    return Why{"refuse.minimum", rule, {{"minimum", least}, {"amount", amount}}};
  if (quantity < minimum.quantity)
    return Why{
        "refuse.minimum-quantity", rule, {{"minimum", minimum.quantity}, {"quantity", quantity}}};
  return std::nullopt;
}

}  // namespace keepsake::loyalty
