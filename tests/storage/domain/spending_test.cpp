#include "storage/domain/spending.hpp"

#include <doctest/doctest.h>

#include "storage/domain/every_fact.hpp"

using namespace keepsake;

namespace {

const Currency norwegian = *Currency::parse("NOK");
const CustomerRef kari_spends{{1, 2, 3}};

Tender by(TenderKind kind, std::int64_t minor, const std::string& reference = "") {
  return {kind, {minor, norwegian}, {minor, norwegian}, reference, {}};
}

}  // namespace

TEST_CASE("payments of one sale with one card are one sum, each kind by itself") {
  Purchase purchase;
  purchase.customer = kari_spends;
  purchase.tenders = {by(TenderKind::gift_card, 100, "GC1"),
                      by(TenderKind::wallet, 30),
                      by(TenderKind::gift_card, 250, "GC1"),
                      by(TenderKind::gift_card, 7, "GC2"),
                      by(TenderKind::cash, 1000),
                      by(TenderKind::card, 500, "4711")};
  purchase.loyalty.emplace();
  purchase.loyalty->used = {{{FactId{1, 1}, 0}, {300}}, {{FactId{1, 2}, 0}, {200}}};
  const auto spending = spending_of(purchase);
  const std::vector<Spending> expected{{card_of("GC1", norwegian), 350},
                                       {card_of("GC2", norwegian), 7},
                                       {points_of(kari_spends), 500},
                                       {wallet_of(kari_spends, norwegian), 30}};
  CHECK(spending == expected);
}

TEST_CASE("a reward without a sale spends points, and what earns or comes back spends nothing") {
  LoyaltyEvent event;
  event.customer = kari_spends;
  event.loyalty.used = {{{FactId{1, 1}, 0}, {300}}};
  CHECK(spending_of(event) == std::vector<Spending>{{points_of(kari_spends), 300}});
  Return back;
  back.customer = kari_spends;
  back.tenders = {by(TenderKind::gift_card, 100, "GC1")};
  CHECK(spending_of(back).empty());
  Purchase earning;
  earning.customer = kari_spends;
  earning.points_earned = {100};
  earning.tenders = {by(TenderKind::cash, 1000)};
  CHECK(spending_of(earning).empty());
}

TEST_CASE("a resource knows whose it is, where it is a customer's") {
  CHECK(customer_of(points_of(kari_spends)) == kari_spends);
  CHECK(customer_of(wallet_of(kari_spends, norwegian)) == kari_spends);
  // A card's name of sixteen characters is nobody's reference.
  CHECK(customer_of(card_of("GC41700000000001", norwegian)).nobody());
}

TEST_CASE("a reservation is named once and above zero") {
  const ReservationId one{{1}}, other{{2}};
  CHECK(check(std::vector<ReservationUse>{{one, 1}, {other, 1}}).ok());
  CHECK(check(std::vector<ReservationUse>{{one, 1}, {one, 2}}).error().code == "reservation.use");
  CHECK(check(std::vector<ReservationUse>{{one, 0}}).error().code == "reservation.use");
  CHECK(check(std::vector<ReservationUse>(101, {one, 1})).error().kind == Failure::limit);
}
