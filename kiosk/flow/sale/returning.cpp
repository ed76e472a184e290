#include "kiosk/flow/sale/returning.hpp"

#include <algorithm>
#include <cassert>

#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/loyalty/returns.hpp"
#include "storage/domain/sale/refund.hpp"
#include "storage/domain/sale/return.hpp"

namespace keepsake::flow {

std::string_view word_of(ReturnReason reason) {
  switch (reason) {
    case ReturnReason::unwanted:
      return "unwanted";
    case ReturnReason::faulty:
      return "faulty";
    case ReturnReason::wrong:
      return "wrong";
    case ReturnReason::unsaid:
      break;
  }
  return {};
}

Quantity left_of(const SoldPurchase& sold, std::size_t line) {
  std::int64_t left = sold.purchase.lines.at(line).quantity.thousandths;
  for (const loyalty::LineQuantity& back : sold.returned)
    if (back.line == line) left -= back.quantity.thousandths;
  return {std::max<std::int64_t>(left, 0)};
}

Points points_taken(const Return& returned) {
  const std::int64_t expired = returned.loyalty ? returned.loyalty->expired.hundredths : 0;
  return {returned.points_reversed.hundredths - expired};
}

namespace {

/// What paid most of it in money; points come back by themselves.
const Tender* main_tender(const Purchase& purchase) {
  const Tender* most = nullptr;
  for (const Tender& tender : purchase.tenders) {
    if (tender.kind == TenderKind::points || tender.kind == TenderKind::unknown) continue;
    if (tender.kind == TenderKind::wallet && purchase.customer.nobody()) continue;
    if (most == nullptr || tender.amount.minor > most->amount.minor) most = &tender;
  }
  return most;
}

}  // namespace

const SoldPurchase& Returning::sold() const {
  assert(basis && basis->purchases.size() == 1);
  return basis->purchases.front();
}

bool Returning::paid_in_parts() const {
  const Purchase& purchase = sold().purchase;
  return keepsake::paid_in_parts(purchase.tenders, purchase.customer);
}

Money going_by(const Returning& returning, TenderKind kind) {
  Money sum{0, returning.sold().purchase.currency};
  if (!returning.draft) return sum;
  for (const Tender& tender : returning.draft->tenders)
    if (tender.kind == kind) sum.minor += tender.amount.minor;
  return sum;
}

Money given_by(const Return& returned) {
  Money sum{0, returned.total.currency};
  for (const Tender& tender : returned.tenders) sum.minor += tender.amount.minor;
  return sum;
}

Returning opened(std::shared_ptr<const ReturnBasis> basis, std::vector<Tender> refunds) {
  Returning returning;
  returning.basis = std::move(basis);
  returning.refunds = std::move(refunds);
  returning.as_paid = returning.paid_in_parts();
  const Purchase& purchase = returning.sold().purchase;
  returning.chosen.resize(purchase.lines.size());
  if (returning.as_paid) {
    returning.kind = TenderKind::card;
    return returning;
  }
  const Tender* tender = main_tender(purchase);
  if (tender == nullptr) return returning;
  returning.kind = tender->kind;
  // The slip of a refund is a new one; a gift card is the same card.
  if (tender->kind == TenderKind::gift_card)
    returning.reference = returning.card = tender->reference;
  return returning;
}

}  // namespace keepsake::flow
