#pragma once
// A shop with a loyalty programme and a member, for tests of the ledger.

#include "storage/book/enrolment.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "tests/support/shop.hpp"

namespace keepsake::test {

/// So many whole points.
constexpr Points p(std::int64_t whole) { return {whole * 100}; }

/// One point for each 10.00; a point pays 0.10; 10 points take 5.00 off; two tiers by spend.
inline loyalty::Rules club_rules() {
  loyalty::Rules rules;
  rules.name = "Fjord Club";
  rules.currency = nok();
  loyalty::EarningRule base;
  base.id = "base";
  base.name = "A point for each 10 kroner";
  base.points = {100};
  base.for_each_minor = 1000;
  rules.earning.rules = {base};
  rules.redeeming.point_value_milli_minor = 10'000;
  loyalty::Reward five;
  five.id = "five-off";
  five.name = "5 kroner off";
  five.kind = loyalty::RewardKind::money_off;
  five.cost = {1000};
  five.minor = 500;
  loyalty::Reward cash;
  cash.id = "cash";
  cash.name = "Points onto the wallet";
  cash.kind = loyalty::RewardKind::cash_out;
  cash.cost = {1000};
  cash.minor = 500;
  rules.rewards = {five, cash};
  rules.tiers.levels = {{"silver", "Silver", 100'000}, {"gold", "Gold", 500'000}};
  return rules;
}

struct Club : Shop {
  loyalty::Rules rules = club_rules();
  CustomerRef member;

  Club() {
    record(programme(1));
    member = enrol({}, "C-1");
  }

  SaleContext context(const CustomerRef& who) const {
    return {clock.local_now(), "anna", {}, who, programme(1), {}};
  }
  loyalty::Member state(const CustomerRef& who) const {
    auto found = reader()->member(who, rules, clock.local_now());
    REQUIRE_MESSAGE(found.ok(), why(found));
    return *found;
  }
  Points balance(const CustomerRef& who) const {
    return *loyalty::balance(state(who).lots, clock.local_now().date());
  }

  static Basket basket(std::int64_t pieces, std::int64_t price_minor) {
    Basket made;
    made.currency = nok();
    return *with_article(made, article("1001", "Mug", price_minor), Quantity::pieces(pieces));
  }

  /// Paid in cash after `before`; recorded.
  Result<FactId> try_sell(const Basket& basket, const CustomerRef& who, SaleRequest request = {},
                          std::vector<Tender> before = {}) {
    before.push_back({TenderKind::cash, kroner(0), kroner(100'000'000), ""});
    auto made = to_purchase(basket, before, context(who), request, rules, state(who));
    if (!made) return made.error();
    clock.advance(std::chrono::seconds(1));
    return book->record(*made);
  }
  FactId sell(const Basket& basket, const CustomerRef& who, SaleRequest request = {},
              std::vector<Tender> before = {}) {
    auto id = try_sell(basket, who, std::move(request), std::move(before));
    REQUIRE_MESSAGE(id.ok(), why(id));
    return *id;
  }

  Result<FactId> try_return(const FactId& purchase, std::uint32_t line, Quantity quantity,
                            const CustomerRef& who) {
    const auto basis =
        reader()->return_basis(who, std::span(&purchase, 1), rules, clock.local_now());
    if (!basis) return basis.error();
    auto made = to_return({{purchase, line, quantity}}, Refund{}, "changed mind", context(who),
                          *basis, rules);
    if (!made) return made.error();
    clock.advance(std::chrono::seconds(1));
    return book->record(*made);
  }
};

}  // namespace keepsake::test
