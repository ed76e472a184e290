#include "storage/domain/loyalty/level_grant.hpp"

#include "storage/domain/loyalty/member_after.hpp"
#include "tests/storage/domain/loyalty/scene.hpp"

using namespace keepsake;
using namespace keepsake::loyalty;
using namespace keepsake::loyalty::test;

namespace {

/// Silver from 1,000.00, gold from 5,000.00; who is gold earns double.
Rules levels() {
  Rules made = basic();
  made.tiers.levels = {{"silver", "Silver", 100'000}, {"gold", "Gold", 500'000}};
  Multiplier twice;
  twice.id = "gold-twice";
  twice.millionths = 2'000'000;
  twice.filter.order.tiers = {"gold"};
  made.earning.multipliers = {twice};
  return made;
}

/// Silver by what was bought, gold because it was given.
Member guest() {
  Member made = member();
  made.tier = "gold";
  made.tier_since = day("2026-11-01");
  made.given = GivenLevel{"silver", day("2026-06-01"), day("2026-12-31")};
  made.window.spend_minor = 150'000;
  return made;
}

}  // namespace

TEST_CASE("level grant: names a person, a reason and who gave it, until a day to come") {
  LevelGranted good{saturday, "marit", {}, "gold", day("2026-11-21"), "opening guest"};
  good.customer.bytes[0] = 1;
  CHECK(check(good).ok());
  const auto refused = [&](auto change) {
    LevelGranted bad = good;
    change(bad);
    return check(bad).error().code;
  };
  CHECK(refused([](LevelGranted& it) { it.customer = {}; }) == "level.nobody");
  CHECK(refused([](LevelGranted& it) { it.reason.clear(); }) == "text.missing");
  CHECK(refused([](LevelGranted& it) { it.staff.clear(); }) == "text.missing");
  CHECK(refused([](LevelGranted& it) { it.until = day("2026-11-20"); }) == "level.until");
  CHECK(refused([](LevelGranted& it) { it.level.clear(); }) == "level.until");
  good.level.clear();
  good.until.reset();
  CHECK(check(good).ok());
}

TEST_CASE("level grant: a given level earns as any other and no purchase makes it an earned one") {
  const Rules rules = levels();
  const Quote quote = quoted(rules, basket({line("MUG", 10'000)}), guest());
  CHECK(quote.points_earned == pts(20));
  CHECK(quote.tier_before == "gold");
  CHECK(quote.tier_after == "gold");
  CHECK(quote.earned_after == "silver");
  const Member after = member_after(rules, basket({line("MUG", 10'000)}), guest(), quote, saturday);
  CHECK(after.given == guest().given);
}

TEST_CASE("level grant: a purchase that reaches the given level earns it, and then it stays") {
  const Rules rules = levels();
  const loyalty::Basket large = basket({line("TV", 400'000)});
  const Quote quote = quoted(rules, large, guest());
  CHECK(quote.tier_after == "gold");
  CHECK(quote.earned_after == "gold");
  const Member after = member_after(rules, large, guest(), quote, saturday);
  CHECK(after.given->earned == "gold");
  CHECK(after.given->earned_since == saturday.date());
}

TEST_CASE("level grant: the higher of two levels, whichever is first") {
  const Tiers tiers = levels().tiers;
  CHECK(higher(tiers, "silver", "gold") == "gold");
  CHECK(higher(tiers, "gold", "silver") == "gold");
  CHECK(higher(tiers, "", "silver") == "silver");
  CHECK(higher(tiers, "silver", "") == "silver");
  CHECK(higher(tiers, "silver", "unknown") == "silver");
}
