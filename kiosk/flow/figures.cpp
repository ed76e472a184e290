#include "kiosk/flow/figures.hpp"

#include "kiosk/flow/turn.hpp"
#include "storage/domain/cash.hpp"
#include "storage/domain/warranty.hpp"

namespace keepsake::flow {

BasketTotals totals(const Till& till, const Context& context) {
  Basket basket = till.basket;
  if (basket.lines.empty()) basket.currency = context.currency;
  const auto sums = keepsake::totals(basket, context.programme, !till.customer.nobody());
  assert(sums.ok());  // on_sale.cpp refuses the line that would make it fail
  return *sums;
}

TenderFigures figures(const Till& till, const Tendering& tendering, const Context& context) {
  TenderFigures f;
  const Currency currency = context.currency;
  f.total = totals(till, context).total;
  f.paid = Money{0, currency};
  for (const Tender& tender : till.tenders) f.paid.minor += tender.amount.minor;
  f.left = Money{f.total.minor - f.paid.minor, currency};
  const auto rounded = round_to_cash(f.left, context.cash_step);
  f.left_cash = rounded.ok() ? *rounded : f.left;

  const bool cash = tendering.kind == TenderKind::cash;
  const Money due = cash ? f.left_cash : f.left;
  f.entered = entered_amount(tendering.amount, currency).value_or(due);
  f.enough = f.entered.minor >= due.minor;
  f.change = Money{cash && f.enough ? f.entered.minor - due.minor : 0, currency};
  if (cash) f.quick = likely_tenders(f.left, context.cash_step, notes_of(currency));
  return f;
}

std::optional<Money> difference(const ShiftClose& close, const Context& context) {
  if (!close.shift) return std::nullopt;
  const auto counted = entered_amount(close.counted, context.currency);
  if (!counted) return std::nullopt;
  return Money{counted->minor - close.shift->expected.minor, context.currency};
}

std::optional<Cover> cover_of(const WarrantyForm& form) {
  if (!form.article || form.article->cover_months <= 0) return std::nullopt;
  return makers_cover(form.bought, form.article->cover_months);
}

}  // namespace keepsake::flow
