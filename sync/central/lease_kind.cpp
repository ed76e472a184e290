#include "sync/central/lease_kind.hpp"

#include <algorithm>
#include <array>

#include "storage/book/chain_settings.hpp"
#include "storage/domain/cards_in.hpp"
#include "storage/domain/customers_in.hpp"
#include "storage/domain/every_fact.hpp"
#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/spending.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/till/chain_settings.hpp"
#include "storage/records/value/lots.hpp"
#include "storage/records/value/reservation_uses.hpp"
#include "storage/records/value/stored_value.hpp"
#include "storage/records/value/wallets.hpp"
#include "sync/central/known_cards.hpp"
#include "sync/central/known_customers.hpp"
#include "sync/central/register.hpp"
#include "sync/central/reservation_log.hpp"

namespace keepsake::sync::central {

namespace {

// Offsets of the world's shops lie between -12 and +14 hours: what is past its day here may be good
// there for that long, and what is still to come there may have begun.
Date latest_day(Instant now) { return LocalTime{now, 14 * 60}.date(); }
Date earliest_day(Instant now) { return LocalTime{now, -12 * 60}.date(); }

void add(std::vector<Resource>& resources, Resource resource) {
  if (std::ranges::find(resources, resource) == resources.end())
    resources.push_back(std::move(resource));
}

std::optional<Currency> currency_of(const Resource& resource) {
  const auto currency = Currency::parse(resource.unit);
  return currency ? std::optional(*currency) : std::nullopt;
}

/// Of a customer, under every reference.
class CustomersKind : public LeaseKind {
 public:
  std::vector<std::string> stores(Database& database, const Resource& resource,
                                  Instant since) const override {
    return stores_that_know(database, customer_of(resource), since);
  }

 protected:
  static CustomerRef person(Database& database, const Resource& resource) {
    return records::canonical(database, customer_of(resource));
  }
};

class PointsKind final : public CustomersKind {
 public:
  std::string_view name() const override { return resource::points; }
  std::vector<Resource> moved_by(Database&, const Fact& fact, std::string_view) const override {
    std::vector<Resource> found;
    const auto of = [&](const auto& each) {
      for (const CustomerRef& customer : customers_in(each)) add(found, points_of(customer));
    };
    visit(
        Overloaded{[&](const Purchase& purchase) {
                     if (purchase.points_earned.hundredths != 0 || purchase.loyalty) of(fact);
                   },
                   [&](const Return&) { of(fact); }, [&](const LoyaltyEvent&) { of(fact); },
                   [&](const PointsExpired&) { of(fact); }, [&](const CustomerMerge&) { of(fact); },
                   [&](const CustomerErasure&) { of(fact); }, [](const auto&) {}},
        fact);
    return found;
  }
  std::int64_t spendable(Database& database, const Resource& resource, Instant now) const override {
    std::int64_t sum = 0;
    for (const loyalty::Lot& lot : records::lots_of(database, person(database, resource)))
      if (!loyalty::expired(lot, earliest_day(now)) && !loyalty::pending(lot, latest_day(now)))
        sum += lot.remaining.hundredths;
    return sum;
  }
  std::int64_t step(const Resource&) const override { return 100; }  // a point
};

/// A whole unit of the currency: smaller sums pay for nothing.
std::int64_t a_unit(const Resource& resource) {
  const auto currency = currency_of(resource);
  return currency ? currency->minor_per_major() : 1;
}

class WalletKind final : public CustomersKind {
 public:
  std::string_view name() const override { return resource::wallet; }
  std::vector<Resource> moved_by(Database&, const Fact& fact, std::string_view) const override {
    std::vector<Resource> found;
    const auto paid = [&](const auto& document) {
      for (const Tender& tender : document.tenders)
        if (tender.kind == TenderKind::wallet)
          add(found, wallet_of(document.customer, tender.amount.currency));
    };
    visit(Overloaded{[&](const Purchase& purchase) {
                       paid(purchase);
                       const auto fills = [](const TopUp& top_up) {
                         return top_up.kind == StoredValue::wallet;
                       };
                       const bool rewarded =
                           purchase.loyalty && purchase.loyalty->to_wallet.minor > 0;
                       if (rewarded || std::ranges::any_of(purchase.top_ups, fills))
                         add(found, wallet_of(purchase.customer, purchase.currency));
                     },
                     [&](const Return& returned) { paid(returned); },
                     [&](const LoyaltyEvent& event) {
                       if (event.loyalty.to_wallet.minor > 0)
                         add(found, wallet_of(event.customer, event.currency));
                     },
                     [&](const PointsExpired& expired) {
                       for (const WalletExpiry& each : expired.wallets)
                         add(found, wallet_of(each.customer, expired.currency));
                     },
                     [](const auto&) {}},
          fact);
    return found;
  }
  std::int64_t spendable(Database& database, const Resource& resource, Instant now) const override {
    const auto currency = currency_of(resource);
    if (!currency) return 0;
    const auto wallet =
        records::wallet(database, person(database, resource), *currency, earliest_day(now));
    return wallet.state == WalletState::active ? wallet.balance.minor : 0;
  }
  std::int64_t step(const Resource& resource) const override { return a_unit(resource); }
};

class GiftCardKind final : public LeaseKind {
 public:
  std::string_view name() const override { return resource::gift_card; }
  std::vector<Resource> moved_by(Database&, const Fact& fact, std::string_view) const override {
    std::vector<Resource> found;
    for (const CardNamed& each : cards_in(fact))
      if (each.currency != Currency{}) add(found, card_of(each.card, each.currency));
    return found;
  }
  std::int64_t spendable(Database& database, const Resource& resource, Instant now) const override {
    const auto card = records::gift_card(database, resource.owner, earliest_day(now));
    if (!card || card->state == GiftCardState::blocked) return 0;
    return card->balance.currency.code() == resource.unit ? card->balance.minor : 0;
  }
  std::vector<std::string> stores(Database& database, const Resource& resource,
                                  Instant) const override {
    return stores_that_know_card(database, resource.owner);
  }
  std::int64_t step(const Resource& resource) const override { return a_unit(resource); }
};

RiskBudget risk_at(Database& database, std::string_view store) {
  return chain_word(records::chain_settings(database, store)).values.offline.risk;
}

/// What a till may let customers spend without hold or lease, by its store's settings. Facts that have come
/// are no risk any more: the budget is there again.
class RiskKind final : public LeaseKind {
 public:
  std::string_view name() const override { return resource::risk; }
  std::vector<Resource> moved_by(Database& database, const Fact& fact,
                                 std::string_view store) const override {
    std::vector<Resource> found;
    for (const ReservationUse& use : reservations_of(fact))
      if (const auto kept = find_reservation(database, use.id);
          kept && kept->reservation.resource.kind == name())
        add(found, kept->reservation.resource);
    if (get_if<ChainSettings>(&fact) == nullptr) return found;
    for (const Terminal& each : terminals_of(database, store))
      for (Resource& budget : of_terminal(database, each.number, store))
        add(found, std::move(budget));
    return found;
  }
  std::int64_t spendable(Database& database, const Resource& resource, Instant) const override {
    const auto number = terminal_at_risk(resource);
    const auto terminal = number ? find_terminal(database, *number) : std::nullopt;
    if (!terminal) return 0;
    const RiskBudget budget = risk_at(database, terminal->store);
    if (resource.unit.empty()) return budget.points.hundredths;
    for (const Money& each : budget.money)
      if (each.currency.code() == resource.unit) return each.minor;
    return 0;
  }
  std::vector<std::string> stores(Database&, const Resource&, Instant) const override { return {}; }
  std::optional<TerminalNumber> only_for(const Resource& resource) const override {
    return terminal_at_risk(resource);
  }
  std::vector<Resource> of_terminal(Database& database, TerminalNumber terminal,
                                    std::string_view store) const override {
    const RiskBudget budget = risk_at(database, store);
    std::vector<Resource> found = leased_to(database, terminal, name());
    if (budget.points.hundredths > 0) add(found, risk_of(terminal, {}));
    for (const Money& each : budget.money) add(found, risk_of(terminal, each.currency.code()));
    return found;
  }
  std::int64_t step(const Resource&) const override { return 1; }
};

}  // namespace

std::optional<TerminalNumber> LeaseKind::only_for(const Resource&) const { return std::nullopt; }

std::vector<Resource> LeaseKind::of_terminal(Database&, TerminalNumber, std::string_view) const {
  return {};
}

std::vector<Resource> LeaseKind::names(Database& database, const Resource& resource) const {
  return records::names_of(database, resource);
}

LeaseKinds lease_kinds() {
  static const PointsKind points;
  static const WalletKind wallets;
  static const GiftCardKind gift_cards;
  static const RiskKind risk;
  static const std::array<const LeaseKind*, 4> all{&points, &wallets, &gift_cards, &risk};
  return all;
}

}  // namespace keepsake::sync::central
