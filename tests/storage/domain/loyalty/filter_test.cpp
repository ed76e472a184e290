#include "storage/domain/loyalty/filter.hpp"

#include "tests/storage/domain/loyalty/scene.hpp"

namespace keepsake::loyalty::test {
namespace {

BasketLine load(const char* label, std::int64_t price_minor) {
  BasketLine made = line("LOAD", price_minor);
  made.labels = {label};
  made.tax = {0};
  return made;
}

LineFilter only(std::vector<std::string> LineFilter::*list, const char* word) {
  LineFilter made;
  made.*list = {word};
  return made;
}

const char* const kinds[] = {"gift-card", "wallet"};

}  // namespace

TEST_CASE("filter: money paid in is let through by its label or article alone") {
  for (const char* kind : kinds) {
    CAPTURE(kind);
    const BasketLine paid_in = load(kind, 50'000);
    CHECK(is_load(paid_in));
    CHECK(!matches(LineFilter{}, paid_in));
    CHECK(!matches(only(&LineFilter::brands, ""), paid_in));
    CHECK(!matches(only(&LineFilter::categories, ""), paid_in));
    CHECK(!matches(only(&LineFilter::not_articles, "OTHER"), paid_in));
    CHECK(matches(only(&LineFilter::labels, kind), paid_in));
    CHECK(matches(only(&LineFilter::articles, "LOAD"), paid_in));
    LineFilter but = only(&LineFilter::labels, kind);
    but.not_articles = {"LOAD"};
    CHECK(!matches(but, paid_in));
    CHECK(leaves(LineFilter{}, paid_in));
  }
  CHECK(matches(LineFilter{}, line("A", 1000)));
}

TEST_CASE("filter: money paid in earns nothing, whatever the kind of rule") {
  for (const char* kind : kinds) {
    const auto paid_in = basket({load(kind, 50'000)});
    const auto mixed = basket({line("A", 10'000), load(kind, 50'000)});
    CHECK(earned(basic(), paid_in) == pts(0));
    CHECK(earned(basic(), mixed) == pts(10));
    CHECK(earned(programme({rule("each", EarnKind::per_item, pts(2))}), mixed) == pts(2));
    CHECK(earned(programme({rule("order", EarnKind::per_order, pts(7))}), paid_in) == pts(0));
    CHECK(earned(programme({rule("order", EarnKind::per_order, pts(7))}), mixed) == pts(7));
    auto minimum = rule("large", EarnKind::per_order, pts(9));
    minimum.minimum.minor = 20'000;
    CHECK(earned(programme({minimum}), mixed) == pts(0));
    auto named = rule("named", EarnKind::per_amount, pts(1), 1000);
    named.filter.lines.labels = {kind};
    CHECK(earned(programme({named}), mixed) == pts(50));
  }
}

TEST_CASE("filter: money paid in is no first purchase and no visit, and reaches no level") {
  Rules p = programme({event_rule("first", Event::first_purchase, pts(100))});
  p.tiers.levels = {{"silver", "", 100'000}};
  Member fresh = member();
  fresh.visits = 0;
  for (const char* kind : kinds) {
    CHECK(quoted(p, basket({load(kind, 1'000'000)}), fresh).points_earned == pts(0));
    CHECK(quoted(p, basket({load(kind, 1'000'000)}), fresh).tier_after.empty());
    const auto mixed = basket({line("A", 99'999), load(kind, 1'000'000)});
    CHECK(quoted(p, mixed, fresh).points_earned == pts(100));
    CHECK(quoted(p, mixed, fresh).tier_after.empty());
    CHECK(quoted(p, basket({line("A", 100'000), load(kind, 1)}), fresh).tier_after == "silver");
  }
  p.tiers.basis = TierBasis::visits;
  p.tiers.levels = {{"silver", "", 1}};
  CHECK(quoted(p, basket({load("wallet", 100)}), fresh).tier_after.empty());
}

TEST_CASE("filter: no reward makes money paid in cheaper or comes with it, unless it names it") {
  struct Kind {
    RewardKind kind;
    RewardScope scope;
  };
  const Kind discounts[] = {{RewardKind::percent_off, RewardScope::order},
                            {RewardKind::percent_off, RewardScope::cheapest},
                            {RewardKind::money_off, RewardScope::order},
                            {RewardKind::money_off, RewardScope::lines},
                            {RewardKind::free_item, RewardScope::lines},
                            {RewardKind::buy_x_get_y, RewardScope::lines}};
  for (const char* label : kinds) {
    for (const auto& [kind, scope] : discounts) {
      CAPTURE(static_cast<int>(kind));
      Reward off = reward("off", kind);
      off.scope = scope;
      off.trigger = Trigger::automatic;
      off.minor = 20'000;
      off.basis_points = 5000;
      off.buy = off.get = 1;
      Rules p = basic();
      p.rewards = {off};
      const auto loads = basket({load(label, 1000), load(label, 1000)});
      CHECK(quoted(p, loads, member()).discount == kr(0));
      const auto mixed = basket({load(label, 1000), line("A", 9000, 2)});
      CHECK(quoted(p, mixed, member()).lines[0].discount == kr(0));
      p.rewards[0].filter.lines.labels = {label};
      CHECK(quoted(p, loads, member()).discount.minor > 0);
    }
    Rules p = basic();
    p.rewards = {reward("gift", RewardKind::gift)};
    p.rewards[0].trigger = Trigger::automatic;
    CHECK(quoted(p, basket({load(label, 1000)}), member()).issued.empty());
    CHECK(quoted(p, basket({load(label, 1000), line("A", 1)}), member()).issued.size() == 1);
  }
}

}  // namespace keepsake::loyalty::test
