#include "storage/domain/spending.hpp"

#include <map>

#include "storage/domain/every_fact.hpp"
#include "storage/domain/values/overloaded.hpp"

namespace keepsake {

namespace {

class Sum {
 public:
  void add(Resource resource, std::int64_t quantity) {
    if (quantity > 0) sums_[std::move(resource)] += quantity;
  }
  void add(const CustomerRef& customer, const LoyaltyResult& outcome) {
    for (const LotPoints& use : outcome.used) add(points_of(customer), use.points.hundredths);
  }
  void add(const CustomerRef& customer, const Tender& tender) {
    if (tender.kind == TenderKind::wallet)
      add(wallet_of(customer, tender.amount.currency), tender.amount.minor);
    if (tender.kind == TenderKind::gift_card)
      add(card_of(tender.reference, tender.amount.currency), tender.amount.minor);
  }
  std::vector<Spending> all() const {
    std::vector<Spending> found;
    for (const auto& [resource, quantity] : sums_) found.push_back({resource, quantity});
    return found;
  }

 private:
  std::map<Resource, std::int64_t> sums_;
};

}  // namespace

std::vector<Spending> spending_of(const Fact& fact) {
  Sum sum;
  visit(Overloaded{
            [&](const Purchase& purchase) {
              if (purchase.loyalty) sum.add(purchase.customer, *purchase.loyalty);
              for (const Tender& tender : purchase.tenders) sum.add(purchase.customer, tender);
            },
            [&](const LoyaltyEvent& event) { sum.add(event.customer, event.loyalty); },
            [](const auto&) {},
        },
        fact);
  return sum.all();
}

const std::vector<ReservationUse>& reservations_of(const Fact& fact) {
  static const std::vector<ReservationUse> none;
  if (const auto* purchase = get_if<Purchase>(&fact)) return purchase->reservations;
  if (const auto* event = get_if<LoyaltyEvent>(&fact)) return event->reservations;
  return none;
}

std::vector<ReservationUse>* reservations_in(Fact& fact) {
  if (auto* purchase = get_if<Purchase>(&fact)) return &purchase->reservations;
  if (auto* event = get_if<LoyaltyEvent>(&fact)) return &event->reservations;
  return nullptr;
}

}  // namespace keepsake
