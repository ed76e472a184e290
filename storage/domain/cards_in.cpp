#include "storage/domain/cards_in.hpp"

#include <algorithm>

#include "storage/domain/every_fact.hpp"
#include "storage/domain/values/overloaded.hpp"

namespace keepsake {

namespace {

void add(std::vector<CardNamed>& cards, const std::string& card, Currency currency) {
  CardNamed named{card, currency};
  if (std::ranges::find(cards, named) == cards.end()) cards.push_back(std::move(named));
}

void add_paid(std::vector<CardNamed>& cards, const std::vector<Tender>& tenders) {
  for (const Tender& tender : tenders)
    if (tender.kind == TenderKind::gift_card) add(cards, tender.reference, tender.amount.currency);
}

}  // namespace

std::vector<CardNamed> cards_in(const Fact& fact) {
  std::vector<CardNamed> cards;
  visit(Overloaded{[&](const Purchase& purchase) {
                     add_paid(cards, purchase.tenders);
                     for (const TopUp& top_up : purchase.top_ups)
                       if (top_up.kind == StoredValue::gift_card)
                         add(cards, top_up.card, purchase.currency);
                   },
                   [&](const Return& returned) { add_paid(cards, returned.tenders); },
                   [&](const PointsExpired& expired) {
                     for (const CardExpiry& each : expired.cards)
                       add(cards, each.card, expired.currency);
                   },
                   [&](const GiftCardChange& change) { add(cards, change.card, {}); },
                   [](const auto&) {}},
        fact);
  return cards;
}

}  // namespace keepsake
