// What loyalty did at a purchase of nobody: rewards that are limited for all together.
#include "storage/records/loyalty/outcomes.hpp"

#include <doctest/doctest.h>

#include "tests/storage/records/value/ledger.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

/// Ten kroner off for anybody, twice a day and five times in all, and a code that is good once.
struct Counting : Club {
  Counting() {
    loyalty::Reward ten;
    ten.id = "ten";
    ten.name = "10 off";
    ten.kind = loyalty::RewardKind::money_off;
    ten.trigger = loyalty::Trigger::automatic;
    ten.minor = 1000;
    ten.max_steps = 1;
    ten.per_day = 2;
    ten.stock = 5;
    loyalty::Reward code = ten;
    code.id = "code";
    code.trigger = loyalty::Trigger::code;
    code.per_day.reset();
    code.stock.reset();
    code.codes = {{"ONCE", 1, 1}};
    rules.rewards = {ten, code};
  }
  Money total(const FactId& id) const { return reader()->purchase(id).value()->total; }
  Money sell_one(SaleRequest request = {}) {
    return total(sell(basket(1, 10'000), {}, std::move(request)));
  }
};

SaleRequest showing(std::string code) {
  SaleRequest request;
  request.codes = {std::move(code)};
  return request;
}

}  // namespace

TEST_CASE("nobody's purchases count towards what is limited on a day and in all") {
  Counting shop;
  set_day(shop, 2026, 11, 2);
  CHECK(shop.sell_one() == kroner(9000));
  CHECK(shop.total(shop.sell(Club::basket(1, 10'000), shop.member)) == kroner(9000));
  CHECK(shop.sell_one() == kroner(10'000));
  set_day(shop, 2026, 11, 3);
  CHECK(shop.sell_one() == kroner(9000));
  CHECK(shop.sell_one() == kroner(9000));
  CHECK(shop.state({}).uses_by_all.at("ten").times == 4);
  CHECK(shop.state({}).uses_by_all.at("ten").times_today == 2);
  set_day(shop, 2026, 11, 4);
  CHECK(shop.sell_one() == kroner(9000));
  CHECK(shop.sell_one() == kroner(10'000));  // five in all
  CHECK(sound(shop) == "");
}

TEST_CASE("nobody's code is good once, and what comes back whole counts no more") {
  Counting shop;
  set_day(shop, 2026, 11, 2);
  const FactId sold = shop.sell(Club::basket(1, 10'000), {}, showing("ONCE"));
  CHECK(shop.total(sold) == kroner(8000));
  const auto bought = *shop.reader()->purchase(sold);
  REQUIRE(bought->loyalty.has_value());
  CHECK(bought->loyalty->rewards.size() == 2);
  CHECK(bought->points_earned == Points{});
  CHECK(shop.try_sell(Club::basket(1, 10'000), {}, showing("ONCE")).error().code ==
        "loyalty.refused");
  REQUIRE(shop.try_return(sold, 0, Quantity::pieces(1), {}).ok());
  CHECK_FALSE(shop.state({}).uses_by_all.contains("ten"));
  CHECK(shop.state({}).uses_by_all.at("code:ONCE").times == 1);  // a code stays used
  CHECK(sound(shop) == "");
}

TEST_CASE("an outcome without a customer holds rewards and nothing else") {
  Counting shop;
  const auto refused = [&](auto change) {
    Purchase bought = purchase(shop.clock, {line("1001", 1, 10'000)});
    bought.programme_version = 1;
    LoyaltyResult outcome;
    outcome.rewards = {{"ten", "", 1, {}, kroner(0), {}}};
    outcome.lines = {{kroner(10'000), {}, {}}};
    outcome.to_wallet = outcome.paid_out = kroner(0);
    change(outcome);
    bought.loyalty = outcome;
    const auto ok = check(bought);
    return ok ? std::string() : ok.error().code;
  };
  CHECK(refused([](LoyaltyResult&) {}) == "");
  CHECK(refused([](LoyaltyResult& it) { it.rewards.clear(); }) == "points.nobody");
  CHECK(refused([](LoyaltyResult& it) { it.to_wallet = kroner(100); }) == "points.nobody");
  CHECK(refused([](LoyaltyResult& it) { it.paid_out = kroner(100); }) == "points.nobody");
  CHECK(refused([](LoyaltyResult& it) { it.tier_after = "gold"; }) == "points.nobody");
  CHECK(refused([](LoyaltyResult& it) { it.rules = {{"base", {}}}; }) == "points.nobody");
  CHECK(refused([](LoyaltyResult& it) { it.debt_settled = {100}; }) == "points.nobody");
  CHECK(refused([](LoyaltyResult& it) {
          it.rewards[0].cost = {100};
          it.used = {{{{}, 0}, {100}}};
        }) == "points.nobody");
}
