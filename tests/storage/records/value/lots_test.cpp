#include "storage/records/value/lots.hpp"

#include <doctest/doctest.h>

#include "storage/book/rebuild.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "tests/support/club.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

SaleRequest claiming(const char* reward) {
  SaleRequest request;
  request.claims = {{reward, 1, {}}};
  return request;
}

Result<LoyaltyEvent> cash_out(const Club& club) {
  return to_event(club.context(club.member), claiming("cash"), "", club.rules,
                  club.state(club.member));
}

}  // namespace

TEST_CASE("a purchase's points are kept with their first day and pay from it on") {
  Club club;
  club.rules.pending_days = 14;
  const FactId first = club.sell(Club::basket(10, 10'000), club.member);
  const Date bought = club.clock.local_now().date();
  const auto lots = club.state(club.member).lots;
  REQUIRE(lots.size() == 1);
  CHECK(lots[0].spendable_from == from_days(to_days(bought) + 14));
  CHECK(club.balance(club.member) == Points{10'000});
  REQUIRE_FALSE(cash_out(club).ok());
  CHECK(cash_out(club).error().code == "loyalty.refused");
  club.clock.advance(std::chrono::hours(24 * 13));
  CHECK_FALSE(cash_out(club).ok());
  // A later rule does not move what was earned before it.
  club.rules.pending_days = 0;
  CHECK_FALSE(cash_out(club).ok());
  club.clock.advance(std::chrono::hours(24));
  const auto event = cash_out(club);
  REQUIRE_MESSAGE(event.ok(), why(event));
  REQUIRE(club.book->record(*event).ok());
  CHECK(club.balance(club.member) == Points{9000});
  CHECK(club.try_return(first, 0, Quantity::pieces(10), club.member).ok());
  const auto findings = rebuild_check(club.data(), {});
  REQUIRE(findings.ok());
  CHECK(findings->empty());
}

TEST_CASE("a return takes the pending points of its own sale") {
  Club club;
  club.sell(Club::basket(10, 10'000), club.member);  // 100 points at once
  club.rules.pending_days = 14;
  const FactId second = club.sell(Club::basket(3, 10'000), club.member);
  REQUIRE(club.try_return(second, 0, Quantity::pieces(2), club.member).ok());
  const auto lots = club.state(club.member).lots;
  REQUIRE(lots.size() == 2);
  CHECK(lots[0].remaining == Points{10'000});
  CHECK(lots[1].remaining == Points{1000});
  const Date today = club.clock.local_now().date();
  CHECK(loyalty::pending_of(lots, today).points == Points{1000});
  CHECK(*loyalty::spendable(lots, today) == Points{10'000});
}
