#include "storage/domain/loyalty/member_after.hpp"

#include <rapidcheck.h>

#include "tests/storage/domain/loyalty/scene.hpp"

namespace keepsake::loyalty::test {

TEST_CASE("member after: lots and wallet and uses and level follow the quote") {
  Rules p = basic();
  p.tiers.levels = {{"silver", "Silver", 50'000}};
  Reward five = reward("five", RewardKind::money_off);
  five.trigger = Trigger::code;
  five.minor = 500;
  five.codes = {{"SPRING", 1, 1}};
  Reward cash = reward("cash", RewardKind::cash_out);
  cash.cost = pts(20);
  cash.minor = 200;
  p.rewards = {five, cash};
  Member buyer = member({lot("l", 100)});
  buyer.wallet_minor = 10'000;
  buyer.window.spend_minor = 1000;
  auto goods = basket({line("A", 50'500)});
  goods.codes = {"spring"};
  goods.claims = {{"cash", 2, {}}};
  goods.tenders = {{TenderKind::points, 500}, {TenderKind::wallet, 9000}};
  const Quote quote = quoted(p, goods, buyer);
  CHECK(quote.refused.empty());
  const Member next = member_after(p, goods, buyer, quote, saturday);
  // 100 points less 40 for the cash and 50 for 5.00; 495.00 earn 49.
  CHECK(next.lots[0].remaining == pts(10));
  CHECK(next.lots[1] == Lot{"new-1", pts(49), pts(49), day("2026-11-21"), std::nullopt});
  CHECK(next.wallet_minor == 10'000 - 9000 + 400);
  CHECK(next.window.spend_minor == 1000 + 49'500);
  CHECK(next.tier == "silver");
  CHECK(next.tier_since == day("2026-11-21"));
  CHECK(next.visits == buyer.visits + 1);
  CHECK(next.earned_today == pts(49));
  CHECK(next.last_activity == day("2026-11-21"));
  CHECK(next.uses.at("code:SPRING").times == 1);
  CHECK(next.uses_by_all.at("code:SPRING").times == 1);
  CHECK(next.uses.at("cash").times == 2);
  CHECK(next.uses.at("base") == Use{1, pts(49), pts(49), day("2026-11-21")});
  // The next purchase finds the code used, and names its lot anew.
  const Quote again = quoted(p, goods, next);
  CHECK(again.refused.front().why.code == "refuse.code-used");
  CHECK(new_lot_names(next, again) == std::vector<std::string>{"new-2"});
}

TEST_CASE("member after: money paid in and nobody") {
  auto goods = basket({line("TOP", 20'000)});
  goods.lines[0].labels = {"wallet"};
  const Member buyer = member();
  const Member next = member_after(basic(), goods, buyer, quoted(basic(), goods, buyer), saturday);
  CHECK(next.wallet_minor == 20'000);
  CHECK(next.visits == buyer.visits);
  CHECK(next.window == WindowFigures{});
  const auto quote = quoted(basic(), goods, Member{});
  CHECK(member_after(basic(), goods, Member{}, quote, saturday) == Member{});
}

TEST_CASE("member after: the balance of the next quote is what this one left") {
  CHECK(rc::check([] {
    Rules p = basic();
    p.expiry = {ExpiryKind::months, 12};
    Member buyer = member({lot("a", *rc::gen::inRange(0, 50))});
    buyer.debt = Points{*rc::gen::inRange<std::int64_t>(0, 2000)};
    for (int i = 0; i < 3; ++i) {
      auto goods = basket({line("A", *rc::gen::inRange<std::int64_t>(1, 40'000))});
      if (*rc::gen::arbitrary<bool>()) goods.tenders = {{TenderKind::points, 300}};
      const Quote quote = quoted(p, goods, buyer);
      buyer = member_after(p, goods, buyer, quote, saturday);
      const Quote next = quoted(p, basket({}), buyer);
      RC_ASSERT(next.balance_before == quote.balance_after);
      RC_ASSERT(buyer.debt == quote.debt_after);
    }
  }));
}

}  // namespace keepsake::loyalty::test
