#include "storage/domain/loyalty/overview.hpp"

#include <doctest/doctest.h>

#include "tests/storage/domain/loyalty/scene.hpp"

using namespace keepsake;
using namespace keepsake::loyalty;
using keepsake::loyalty::test::day;

namespace {

constexpr LocalTime now{{1795269720000}, 60};  // 2026-11-21

Points p(std::int64_t whole) { return {whole * 100}; }

Lot lot(const char* id, std::int64_t points, std::optional<Date> expires) {
  return {id, p(points), p(points), day("2026-01-01"), expires};
}

Reward costing(const char* id, std::int64_t points) {
  Reward reward;
  reward.id = id;
  reward.name = id;
  reward.cost = p(points);
  reward.minor = 100;
  return reward;
}

Member with_points(std::int64_t points) {
  Member member;
  member.known = true;
  member.lots = {lot("a", points, std::nullopt)};
  return member;
}

}  // namespace

TEST_CASE("lots of one day stand together and the next to expire comes first") {
  Member member;
  member.lots = {lot("a", 10, std::nullopt), lot("b", 5, day("2027-06-30")),
                 lot("c", 7, day("2026-12-03")), lot("d", 3, day("2027-06-30")),
                 lot("e", 9, day("2026-11-20"))};
  member.debt = p(2);
  const Overview view = overview({}, member, now);
  CHECK(view.balance == p(25));
  CHECK(view.debt == p(2));
  CHECK(view.lapsing == std::vector<Lapsing>{{day("2026-12-03"), p(7)},
                                             {day("2027-06-30"), p(8)},
                                             {std::nullopt, p(10)}});
  CHECK_FALSE(view.tier.has_value());
}

TEST_CASE("pending points are in the balance and bring no reward within reach") {
  loyalty::Rules programme;
  programme.rewards = {costing("cheap", 20), costing("dear", 40)};
  Member member = with_points(30);
  Lot held = lot("held", 25, std::nullopt);
  held.spendable_from = day("2026-12-05");
  member.lots.push_back(held);
  const Overview view = overview(programme, member, now);
  CHECK(view.balance == p(55));
  CHECK(view.pending == Pending{p(25), day("2026-12-05")});
  CHECK(view.spendable() == p(30));
  REQUIRE(view.rewards.size() == 2);
  CHECK(view.rewards[0].reach == Reach::now);
  CHECK(view.rewards[1].reach == Reach::points_missing);
  CHECK(view.rewards[1].missing == p(10));
}

TEST_CASE("what inactivity has ended is in no balance") {
  loyalty::Rules programme;
  programme.expiry = {ExpiryKind::inactivity, 6};
  Member member = with_points(30);
  member.last_activity = day("2026-05-20");
  CHECK(overview(programme, member, now).balance == p(0));
  member.last_activity = day("2026-05-21");
  CHECK(overview(programme, member, now).balance == p(30));
}

TEST_CASE("the way to the next tier is told with its last day") {
  loyalty::Rules programme;
  programme.tiers.window = TierWindow::calendar_year;
  programme.tiers.levels = {{"silver", "Silver", 100'000}, {"gold", "Gold", 500'000}};
  Member member;
  member.tier = "silver";
  member.window.spend_minor = 300'000;
  const auto tier = overview(programme, member, now).tier;
  REQUIRE(tier.has_value());
  CHECK(tier->level == "silver");
  CHECK(tier->next == "gold");
  CHECK(tier->missing == 200'000);
  CHECK(tier->per_mille == 500);
  CHECK(tier->by == day("2026-12-31"));
  programme.tiers.window = TierWindow::calendar_month;
  CHECK(overview(programme, member, now).tier->by == day("2026-11-30"));
  programme.tiers.window = TierWindow::rolling_months;
  CHECK_FALSE(overview(programme, member, now).tier->by.has_value());
  member.tier = "gold";
  member.window.spend_minor = 600'000;
  CHECK(overview(programme, member, now).tier->next.empty());
  CHECK(overview(programme, member, now).tier->per_mille == 1000);
}

TEST_CASE("rewards within reach come first and then the nearest") {
  loyalty::Rules programme;
  programme.tiers.levels = {{"gold", "Gold", 500'000}};
  programme.rewards = {costing("far", 900),  costing("near", 160), costing("cheap", 50),
                       costing("dear", 100), costing("gold", 10),  costing("shown", 10),
                       costing("over", 10)};
  programme.rewards[4].filter.order.tiers = {"gold"};
  programme.rewards[5].trigger = Trigger::code;
  programme.rewards[6].filter.order.until = day("2026-11-20");
  const auto rewards = overview(programme, with_points(100), now).rewards;
  REQUIRE(rewards.size() == 5);
  CHECK(rewards[0].id == "cheap");
  CHECK(rewards[1].id == "dear");
  CHECK(rewards[1].reach == Reach::now);
  CHECK(rewards[2].id == "near");
  CHECK(rewards[2].missing == p(60));
  CHECK(rewards[3].id == "far");
  CHECK(rewards[4].reach == Reach::another_tier);
  CHECK(rewards[4].tiers == std::vector<std::string>{"gold"});
}

TEST_CASE("a reward that is gone or used up says so whatever the points") {
  loyalty::Rules programme;
  programme.rewards = {costing("stock", 10), costing("once", 10), costing("codes", 10)};
  programme.rewards[0].stock = 3;
  programme.rewards[1].per_customer = 1;
  programme.rewards[2].kind = RewardKind::voucher;
  programme.rewards[2].pool = {"A", "B"};
  Member member = with_points(100);
  member.uses_by_all["stock"].times = 3;
  member.uses["once"].times = 1;
  member.uses_by_all["codes"].times = 1;
  const auto rewards = overview(programme, member, now).rewards;
  REQUIRE(rewards.size() == 3);
  CHECK(rewards[0].id == "codes");
  CHECK(rewards[0].left == 1);
  CHECK(rewards[1].reach == Reach::used_up);
  CHECK(rewards[2].reach == Reach::gone);
}
