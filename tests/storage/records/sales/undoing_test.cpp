// A purchase that came back whole is as if it had never been: points, lots, uses, visits.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/book/rebuild.hpp"
#include "tests/support/club.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

loyalty::Reward coupon(std::string id, std::string code, loyalty::OnReturn on_return) {
  loyalty::Reward reward;
  reward.id = std::move(id);
  reward.kind = loyalty::RewardKind::percent_off;
  reward.trigger = loyalty::Trigger::code;
  reward.basis_points = 1000;
  reward.codes = {{std::move(code), 1, 1}};
  reward.stock = 1;
  reward.on_return = on_return;
  return reward;
}

/// Limits of every kind, and rewards with uses that count.
struct Limited : Club {
  Limited() {
    rules.earning.rules.front().caps.per_day = Points{6'000};
    loyalty::EarningRule first;
    first.id = "first";
    first.kind = loyalty::EarnKind::event;
    first.event = loyalty::Event::first_purchase;
    first.points = {500};
    first.limits = {2, 1};
    loyalty::EarningRule order = first;
    order.id = "order";
    order.kind = loyalty::EarnKind::per_order;
    order.event = loyalty::Event::none;
    order.limits = {3, 2};
    rules.earning.rules.push_back(first);
    rules.earning.rules.push_back(order);
    rules.rewards.front().per_customer = 3;
    rules.rewards.front().stock = 4;
    rules.rewards.push_back(coupon("kept", "ONCE", loyalty::OnReturn::usual));
    rules.rewards.push_back(coupon("lent", "AGAIN", loyalty::OnReturn::restore));
  }
  /// What a programme asks of the member, but for when they last came and what their tier became.
  loyalty::Member asked() const {
    loyalty::Member found = state(member);
    found.last_activity.reset();
    found.tier.clear();
    found.tier_since.reset();
    return found;
  }
  std::string sound() const {
    std::string words = findings_of(data());
    const auto findings = rebuild_check(data(), {});
    REQUIRE(findings.ok());
    for (const Finding& finding : *findings) words += finding.what + "\n";
    return words;
  }
};

SaleRequest with_code(const char* code) {
  SaleRequest request;
  request.codes = {code};
  return request;
}

}  // namespace

TEST_CASE("a code stays used when its purchase comes back unless its reward says otherwise") {
  Limited club;
  const auto back = [&](const char* code) {
    const FactId sold = club.sell(Club::basket(1, 10'000), club.member, with_code(code));
    REQUIRE(club.try_return(sold, 0, Quantity::pieces(1), club.member).ok());
  };
  back("ONCE");
  back("AGAIN");
  CHECK(club.try_sell(Club::basket(1, 10'000), club.member, with_code("ONCE")).error().code ==
        "loyalty.refused");
  CHECK(club.try_sell(Club::basket(1, 10'000), club.member, with_code("AGAIN")).ok());
  CHECK(club.sound() == "");
}

TEST_CASE("what is handed over stays used and a part that comes back frees nothing") {
  Limited club;
  loyalty::Reward gift;
  gift.id = "gift";
  gift.kind = loyalty::RewardKind::gift;
  gift.article = "1002";
  gift.per_customer = 1;
  club.rules.rewards.push_back(gift);
  SaleRequest request;
  request.claims = {{"gift", 1, {}}};
  const FactId sold = club.sell(Club::basket(2, 10'000), club.member, request);
  CHECK(club.state(club.member).visits == 1);
  REQUIRE(club.try_return(sold, 0, Quantity::pieces(1), club.member).ok());
  CHECK(club.state(club.member).uses.at("order").times == 1);
  CHECK(club.state(club.member).visits == 1);
  REQUIRE(club.try_return(sold, 0, Quantity::pieces(1), club.member).ok());
  CHECK_FALSE(club.state(club.member).uses.contains("order"));
  CHECK(club.state(club.member).visits == 0);
  CHECK(club.state(club.member).uses.at("gift").times == 1);
  CHECK(club.state(club.member).uses_by_all.at("gift").times == 1);
  CHECK(club.sound() == "");
}

TEST_CASE("a visit that came back is none for a tier") {
  Limited club;
  club.rules.tiers.basis = loyalty::TierBasis::visits;
  club.rules.tiers.levels = {{"regular", "Regular", 2}};
  const FactId sold = club.sell(Club::basket(1, 10'000), club.member);
  CHECK(club.state(club.member).window.visits == 1);
  REQUIRE(club.try_return(sold, 0, Quantity::pieces(1), club.member).ok());
  CHECK(club.state(club.member).window.visits == 0);
  club.sell(Club::basket(1, 10'000), club.member);
  CHECK(club.state(club.member).tier.empty());
}

TEST_CASE("bringing everything back is never having bought it") {
  CHECK(rc::check("never bought", [] {
    Limited club;
    club.sell(Club::basket(1, 30'000), club.member);  // points to spend, and one use of each rule
    const loyalty::Member before = club.asked();
    std::vector<FactId> sold;
    const int purchases = *rc::gen::inRange(1, 4);
    for (int n = 0; n < purchases; ++n) {
      SaleRequest request;
      if (*rc::gen::arbitrary<bool>())
        request.claims = {{"five-off", *rc::gen::inRange<std::int64_t>(1, 3), {}}};
      if (*rc::gen::inRange(0, 3) == 0) request.codes = {"AGAIN"};
      const auto id =
          club.try_sell(Club::basket(2, *rc::gen::inRange(2'000, 40'000)), club.member, request);
      if (id) sold.push_back(*id);
      if (*rc::gen::inRange(0, 3) == 0) club.clock.advance(std::chrono::hours(24));
    }
    // In any order, in parts or whole.
    while (!sold.empty()) {
      const auto at = *rc::gen::inRange<std::size_t>(0, sold.size());
      const FactId id = sold[at];
      sold.erase(sold.begin() + static_cast<std::ptrdiff_t>(at));
      const std::int64_t first = *rc::gen::inRange<std::int64_t>(1, 3);
      RC_ASSERT(club.try_return(id, 0, Quantity::pieces(first), club.member).ok());
      if (first == 1) RC_ASSERT(club.try_return(id, 0, Quantity::pieces(1), club.member).ok());
    }
    loyalty::Member after = club.asked();
    const Date today = club.clock.local_now().date();
    RC_ASSERT(loyalty::balance(after.lots, today)->hundredths - after.debt.hundredths ==
              loyalty::balance(before.lots, today)->hundredths);
    RC_ASSERT(after.visits == before.visits);
    RC_ASSERT(after.window == before.window);
    for (const auto& [uses, were] :
         {std::pair(after.uses, before.uses), std::pair(after.uses_by_all, before.uses_by_all)}) {
      RC_ASSERT(uses.size() == were.size());
      for (const auto& [name, use] : were) {
        RC_ASSERT(uses.contains(name));
        RC_ASSERT(uses.at(name).times == use.times);
        RC_ASSERT(uses.at(name).points == use.points);
      }
    }
    if (*rc::gen::inRange(0, 5) == 0) RC_ASSERT(club.sound() == "");
  }));
}
