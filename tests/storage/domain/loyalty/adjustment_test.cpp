#include "storage/domain/loyalty/adjustment.hpp"

#include "tests/storage/domain/loyalty/scene.hpp"

namespace keepsake::loyalty::test {
namespace {

SaleContext by_marit() {
  SaleContext context;
  context.at = saturday;
  context.staff = "marit";
  context.customer.bytes[0] = 1;
  context.programme.version = 3;
  return context;
}

Lot old_lot(std::int64_t points, std::uint32_t n, const char* expires) {
  Lot made = lot("", points, expires);
  made.id = to_text(LotId{{}, n});
  return made;
}

}  // namespace

TEST_CASE("adjustment: given points settle debt and expire as the programme says") {
  Rules p = basic();
  p.expiry = {ExpiryKind::days, 30};
  Member buyer = member();
  buyer.debt = pts(20);
  buyer.tier = "gold";
  const auto event = adjustment(by_marit(), p, buyer, pts(50), "Late parcel");
  REQUIRE(event.ok());
  CHECK(event->points_earned == pts(50));
  CHECK(event->loyalty.debt_settled == pts(20));
  CHECK(event->loyalty.issued == std::vector<IssuedLot>{{pts(30), day("2026-12-21")}});
  REQUIRE(event->loyalty.rules.size() == 1);
  CHECK(adjustment_reason(event->loyalty.rules[0].rule) == "Late parcel");
  CHECK(event->loyalty.tier_after == "gold");
  CHECK(event->staff == "marit");
  CHECK(adjustment_reason("base").empty());
  buyer.debt = pts(80);
  CHECK(adjustment(by_marit(), p, buyer, pts(50), "Late parcel")->loyalty.issued.empty());
}

TEST_CASE("adjustment: taken points go as a payment would, and never below zero") {
  const Member buyer =
      member({old_lot(30, 1, nullptr), old_lot(20, 2, "2026-12-31"), old_lot(9, 3, "2026-11-20")});
  const auto event = adjustment(by_marit(), basic(), buyer, pts(-40), "Counted twice");
  REQUIRE(event.ok());
  CHECK(event->points_earned == pts(0));
  CHECK(event->loyalty.used == std::vector<LotPoints>{{{{}, 2}, pts(20)}, {{{}, 1}, pts(20)}});
  CHECK(event->loyalty.rewards[0].cost == pts(40));
  const auto more = adjustment(by_marit(), basic(), buyer, pts(-51), "Counted twice");
  REQUIRE_FALSE(more.ok());
  CHECK(more.error().code == "points.short");
  CHECK(adjustment(by_marit(), basic(), buyer, pts(5), "").error().code == "adjustment.reason");
  CHECK(adjustment(by_marit(), basic(), buyer, Points{50}, "Half").error().code ==
        "adjustment.points");
  CHECK(adjustment(by_marit(), basic(), buyer, pts(0), "None").error().code == "adjustment.points");
}

}  // namespace keepsake::loyalty::test
