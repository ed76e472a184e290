#include "kiosk/flow/sale/figures.hpp"

#include <algorithm>
#include <cassert>

#include "kiosk/flow/sale/quoting.hpp"
#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/sale/cash.hpp"
#include "storage/domain/values/limits.hpp"

namespace keepsake::flow {

SaleFigures totals(const Till& till, const Context& context) {
  SaleFigures sums;
  sums.gross = sums.discount = sums.total = sums.tax = Money{0, context.currency};
  for (const BasketLine& line : till.basket.lines)
    sums.pieces += line.article.sold_by == SoldBy::weight ? 1 : line.quantity.thousandths / 1000;
  if (!till.quote) return sums;
  sums.gross = till.quote->gross;
  sums.discount = till.quote->discount;
  sums.total = till.quote->total;
  sums.tax = till.quote->tax;
  sums.points = till.quote->points_earned;
  return sums;
}

namespace {

std::int64_t paid_by(const Till& till, TenderKind kind, const std::string& reference) {
  std::int64_t paid = 0;
  for (const Tender& tender : till.tenders)
    if (tender.kind == kind && (reference.empty() || tender.reference == reference))
      paid += tender.amount.minor;
  return paid;
}

/// What there is to pay with, of kinds that can run out.
std::int64_t at_hand(const Till& till, const Tendering& tendering, const Context& context) {
  switch (tendering.kind) {
    case TenderKind::points:
      return till.quote
                 ? loyalty::points_worth(programme_of(till, context)->rules, *till.quote).minor
                 : 0;
    case TenderKind::wallet:
      return till.state ? till.state->wallet_minor - paid_by(till, tendering.kind, {}) : 0;
    case TenderKind::gift_card:
      if (!tendering.card) return 0;
      return tendering.card->offline.value_or(tendering.card->balance).minor -
             paid_by(till, tendering.kind, tendering.card->card);
    default:
      return limits::amount_minor;
  }
}

}  // namespace

TenderFigures figures(const Till& till, const Tendering& tendering, const Context& context) {
  TenderFigures f;
  const Currency currency = context.currency;
  f.total = totals(till, context).total;
  f.paid = Money{0, currency};
  for (const Tender& tender : till.tenders) {
    assert(tender.amount.currency == currency);
    f.paid.minor += tender.amount.minor;
  }
  f.left = Money{f.total.minor - f.paid.minor, currency};
  const auto rounded = round_to_cash(f.left, context.cash_step);
  f.left_cash = rounded.ok() ? *rounded : f.left;

  const bool cash = tendering.kind == TenderKind::cash;
  const Money due = cash ? f.left_cash : f.left;
  f.most = Money{std::clamp<std::int64_t>(at_hand(till, tendering, context), 0,
                                          std::max<std::int64_t>(0, due.minor)),
                 currency};
  f.entered = entered_amount(tendering.amount, currency).value_or(f.most);
  const loyalty::Rules& rules = programme_of(till, context)->rules;
  if (tendering.kind == TenderKind::points && rules.redeeming.point_value_milli_minor > 0) {
    if (const auto price = loyalty::points_price(rules, f.entered); price.ok()) f.cost = *price;
  }
  f.enough = f.entered.minor >= due.minor;
  f.change = Money{cash && f.enough ? f.entered.minor - due.minor : 0, currency};
  if (cash) f.quick = likely_tenders(f.left, context.cash_step, notes_of(currency));
  return f;
}

}  // namespace keepsake::flow
