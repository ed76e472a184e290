#include "storage/domain/loyalty/rules_changes.hpp"

#include "tests/storage/domain/loyalty/scene.hpp"

using namespace keepsake;
using namespace keepsake::loyalty;
using namespace keepsake::loyalty::test;

TEST_CASE("what differs between two programmes is named") {
  using How = RulesChange::How;
  Rules before = basic();
  before.rewards = {reward("cinema", RewardKind::voucher), reward("half", RewardKind::percent_off)};
  CHECK(changes_between(before, before).empty());
  Rules after = before;
  after.rewards[1].basis_points = 5000;
  after.rewards[0].id = "theatre";
  after.tiers.levels.push_back({"gold", {}, 500'000});
  after.pending_days = 14;
  const std::vector<RulesChange> expected = {{How::added, "level", "gold"},
                                             {How::added, "reward", "theatre"},
                                             {How::changed, "reward", "half"},
                                             {How::removed, "reward", "cinema"},
                                             {How::changed, "setting", "pending"}};
  CHECK(changes_between(before, after) == expected);
}

TEST_CASE("another order of the same entries is a change, too") {
  Rules before = basic();
  before.rewards = {reward("a", RewardKind::voucher), reward("b", RewardKind::voucher)};
  Rules after = before;
  std::swap(after.rewards[0], after.rewards[1]);
  CHECK(changes_between(before, after) ==
        std::vector<RulesChange>{{RulesChange::How::changed, "setting", "order"}});
}
