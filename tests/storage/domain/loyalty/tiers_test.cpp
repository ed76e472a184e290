#include "tests/storage/domain/loyalty/scene.hpp"

namespace keepsake::loyalty::test {

namespace {

Tiers three_levels() {
  Tiers tiers;
  tiers.levels = {{"silver", "", 100'000}, {"gold", "", 500'000}, {"platinum", "", 1'000'000}};
  return tiers;
}

}  // namespace

TEST_CASE("tiers: a threshold is reached at exactly its figure") {
  const struct {
    std::int64_t figure;
    const char* level;
  } cases[] = {{0, ""},
               {99'999, ""},
               {100'000, "silver"},
               {100'001, "silver"},
               {499'999, "silver"},
               {500'000, "gold"},
               {999'999, "gold"},
               {1'000'000, "platinum"},
               {INT64_MAX, "platinum"}};
  for (const auto& c : cases) CHECK(reached(three_levels(), c.figure) == c.level);
}

TEST_CASE("tiers: upgrade at once or at the period's end") {
  Tiers tiers = three_levels();
  CHECK(after_purchase(tiers, "", 500'000) == "gold");
  CHECK(after_purchase(tiers, "gold", 100'000) == "gold");
  tiers.upgrade = Upgrade::period_end;
  CHECK(after_purchase(tiers, "", 500'000) == "");
  CHECK(after_period(tiers, "", 500'000) == "gold");
}

TEST_CASE("tiers: each way down at the period's end") {
  const struct {
    Downgrade how;
    const char* assigned;
    const char* current;
    std::int64_t figure;
    const char* expected;
  } cases[] = {
      {Downgrade::none, "", "platinum", 0, "platinum"},
      {Downgrade::none, "", "silver", 500'000, "gold"},
      {Downgrade::gradual, "", "platinum", 0, "gold"},
      {Downgrade::gradual, "", "platinum", 999'999, "gold"},
      {Downgrade::gradual, "", "gold", 500'000, "gold"},
      {Downgrade::gradual, "", "silver", 0, ""},
      {Downgrade::assigned, "silver", "platinum", 0, "silver"},
      {Downgrade::assigned, "silver", "platinum", 500'000, "gold"},
      {Downgrade::assigned, "gold", "silver", 0, "silver"},
      {Downgrade::assigned, "", "platinum", 0, ""},
  };
  for (const auto& c : cases) {
    Tiers tiers = three_levels();
    tiers.downgrade = c.how;
    tiers.assigned = c.assigned;
    CHECK(after_period(tiers, c.current, c.figure) == c.expected);
  }
}

TEST_CASE("tiers: windows and periods") {
  Tiers tiers = three_levels();
  CHECK_FALSE(window_start(tiers, day("2026-11-21")));
  CHECK_FALSE(period_end(tiers, day("2026-11-21")));
  tiers.window = TierWindow::calendar_year;
  CHECK(to_iso(*window_start(tiers, day("2026-11-21"))) == "2026-01-01");
  CHECK(to_iso(*period_end(tiers, day("2026-11-21"))) == "2026-12-31");
  tiers.window = TierWindow::rolling_months;
  tiers.months = 12;
  CHECK(to_iso(*window_start(tiers, day("2026-11-21"))) == "2025-11-22");
  CHECK(to_iso(*period_end(tiers, day("2026-11-21"))) == "2027-11-20");
}

TEST_CASE("tiers: calendar windows begin and end with their month, quarter or year") {
  const struct {
    TierWindow window;
    const char* today;
    const char* first;
    const char* last;
  } cases[] = {
      {TierWindow::calendar_month, "2026-11-01", "2026-11-01", "2026-11-30"},
      {TierWindow::calendar_month, "2026-11-30", "2026-11-01", "2026-11-30"},
      {TierWindow::calendar_month, "2026-12-31", "2026-12-01", "2026-12-31"},
      {TierWindow::calendar_month, "2026-02-01", "2026-02-01", "2026-02-28"},
      {TierWindow::calendar_month, "2028-02-28", "2028-02-01", "2028-02-29"},
      {TierWindow::calendar_month, "2028-02-29", "2028-02-01", "2028-02-29"},
      {TierWindow::calendar_month, "2100-02-03", "2100-02-01", "2100-02-28"},
      {TierWindow::calendar_quarter, "2028-01-01", "2028-01-01", "2028-03-31"},
      {TierWindow::calendar_quarter, "2028-02-29", "2028-01-01", "2028-03-31"},
      {TierWindow::calendar_quarter, "2028-03-31", "2028-01-01", "2028-03-31"},
      {TierWindow::calendar_quarter, "2028-04-01", "2028-04-01", "2028-06-30"},
      {TierWindow::calendar_quarter, "2028-06-30", "2028-04-01", "2028-06-30"},
      {TierWindow::calendar_quarter, "2028-07-01", "2028-07-01", "2028-09-30"},
      {TierWindow::calendar_quarter, "2028-10-01", "2028-10-01", "2028-12-31"},
      {TierWindow::calendar_quarter, "2028-12-31", "2028-10-01", "2028-12-31"},
      {TierWindow::calendar_year, "2028-01-01", "2028-01-01", "2028-12-31"},
      {TierWindow::calendar_year, "2028-12-31", "2028-01-01", "2028-12-31"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.today);
    Tiers tiers = three_levels();
    tiers.window = c.window;
    CHECK(window_start(tiers, day(c.today)) == day(c.first));
    CHECK(period_end(tiers, day(c.today)) == day(c.last));
    CHECK(counts_until(tiers, day(c.today)) == day(c.last));
    CHECK(progress(tiers, "", 99'999, day(c.today)) == TierProgress{"silver", 1, day(c.last)});
  }
  Tiers tiers = three_levels();
  CHECK_FALSE(counts_until(tiers, day("2028-02-29")));
  tiers.window = TierWindow::rolling_months;
  CHECK_FALSE(counts_until(tiers, day("2028-02-29")));
}

TEST_CASE("tiers: a purchase counts spend or points or a visit") {
  Rules p = basic();
  p.tiers = three_levels();
  Member m = member({lot("l", 1000)});
  m.window = {99'000, 0, 9};
  auto goods = basket({line("A", 1000)});
  Quote quote = quoted(p, goods, m);
  CHECK(quote.tier_after == "silver");
  CHECK(quote.next_tier == TierProgress{"gold", 400'000});
  m.window.spend_minor = 98'999;
  quote = quoted(p, goods, m);
  CHECK(quote.tier_after == "");
  CHECK(quote.next_tier == TierProgress{"silver", 1});
  m.window.spend_minor = 99'000;
  goods.tenders = {{TenderKind::points, 500}};  // points do not buy a tier
  CHECK(quoted(p, goods, m).tier_after == "");
  goods.tenders.clear();
  p.tiers.basis = TierBasis::visits;
  p.tiers.levels = {{"regular", "", 10}};
  quote = quoted(p, goods, m);
  CHECK(quote.tier_after == "regular");
  CHECK_FALSE(quote.next_tier);
  CHECK(quoted(p, basket({}), m).tier_after == "");
  p.tiers.basis = TierBasis::points;
  p.tiers.levels = {{"regular", "", 100}};
  CHECK(quoted(p, goods, m).tier_after == "regular");
}

TEST_CASE("tiers: a level reached by this purchase counts at once where wished") {
  Rules p = basic();
  p.tiers = three_levels();
  Multiplier silver{"silver x 2", "", 2'000'000, {}};
  silver.filter.order.tiers = {"silver"};
  p.earning.multipliers = {silver};
  Reward tenth = reward("tenth", RewardKind::percent_off);
  tenth.trigger = Trigger::automatic;
  tenth.basis_points = 1000;
  tenth.filter.order.tiers = {"silver"};
  p.rewards = {tenth};
  const auto goods = basket({line("A", 100'000)});
  CHECK(earned(p, goods) == pts(100));
  p.tiers.counts = LevelCounts::this_purchase;
  Quote quote = quoted(p, goods, member());
  CHECK(quote.points_earned == pts(200));
  CHECK(quote.tier_before.empty());
  CHECK(quote.tier_after == "silver");
  CHECK(quote.total == kr(100'000));  // what it takes off could undo the level
  CHECK(earned(p, basket({line("A", 99'999)})) == pts(99));
  p.tiers.upgrade = Upgrade::period_end;
  CHECK(earned(p, goods) == pts(100));
}

}  // namespace keepsake::loyalty::test
