#include "storage/domain/sale/return.hpp"

#include <algorithm>
#include <set>

#include "storage/domain/sale/cash.hpp"
#include "storage/domain/sale/document_checks.hpp"

namespace keepsake {
namespace {

using namespace document;

Result<Done> check_return_line(const ReturnLine& line, Currency currency) {
  using enum Presence;
  if (auto ok = check_text(line.article, limits::code_bytes, required, "article"); !ok) return ok;
  if (auto ok = check_text(line.name, limits::name_bytes, optional, "name"); !ok) return ok;
  if (auto ok = check_quantity(line.quantity); !ok) return ok;
  if (auto ok = check_amount(line.amount, currency); !ok) return ok;
  if (auto ok = check_amount(line.tax, currency); !ok) return ok;
  if (line.tax.minor > line.amount.minor)
    return wrong("line.tax", "The tax is more than the amount");
  if (line.purchase.has_value() != line.line_no.has_value())
    return wrong("return.line", "A return must name a purchase and its line, or neither");
  if (line.line_no && *line.line_no >= limits::lines_per_purchase)
    return beyond("lines.limit", "No purchase has so many lines");
  return Done{};
}

}  // namespace

Result<Done> check(const Return& returned) {
  if (auto ok = check_head(returned); !ok) return ok;
  if (auto ok = check_text(returned.reason, limits::text_bytes, Presence::optional, "reason"); !ok)
    return ok;
  std::int64_t total = 0;
  std::int64_t tax = 0;
  for (std::size_t i = 0; i < returned.lines.size(); ++i) {
    if (auto ok = check_return_line(returned.lines[i], returned.currency); !ok)
      return in_line(i, ok.error());
    total += returned.lines[i].amount.minor;
    tax += returned.lines[i].tax.minor;
  }
  if (returned.total.minor != total)
    return wrong("total.sum", "The total is not the sum of the lines", "total");
  if (returned.tax.minor != tax)
    return wrong("tax.sum", "The tax is not the sum of the lines", "tax");
  bool cash = false;
  auto paid = paid_by(returned.tenders, returned.currency, cash);
  if (!paid) return paid.error();
  // Parts round together with the earlier ones, so that one part may differ by nearly a coin.
  std::set<FactId> purchases;
  for (const ReturnLine& line : returned.lines)
    if (line.purchase) purchases.insert(*line.purchase);
  const std::int64_t most = coarsest_step(returned.currency) *
                            std::max<std::int64_t>(static_cast<std::int64_t>(purchases.size()), 1);
  const std::int64_t off = *paid > total ? *paid - total : total - *paid;
  if (off >= most || (total > 0 && returned.tenders.empty()))
    return wrong("tender.sum", "The refunds do not add up to the total", "tenders");
  if (auto ok = check_owners(returned, false); !ok) return ok;
  if (returned.loyalty)
    if (auto ok = check(*returned.loyalty, returned.points_reversed); !ok) return ok;
  return check_points(returned.points_reversed, returned.customer, "points_reversed");
}

}  // namespace keepsake
