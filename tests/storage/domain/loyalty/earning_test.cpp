#include "storage/domain/loyalty/multipliers.hpp"
#include "tests/storage/domain/loyalty/scene.hpp"

namespace keepsake::loyalty::test {

TEST_CASE("earning: points for an amount at any rate and rounding") {
  const struct {
    Points points;
    std::int64_t for_each, amount;
    int decimals;
    RoundingMode mode;
    std::int64_t expected;
  } cases[] = {
      {pts(1), 1000, 49'900, 0, RoundingMode::down, 4900},
      {pts(1), 1000, 999, 0, RoundingMode::down, 0},
      {pts(1), 1000, 1000, 0, RoundingMode::down, 100},
      {{230}, 100, 10'000, 0, RoundingMode::down, 23'000},  // 2.3 for each krone
      {{230}, 100, 99, 2, RoundingMode::down, 227},         // 2.277
      {{230}, 100, 99, 2, RoundingMode::half_up, 228},
      {{230}, 100, 99, 1, RoundingMode::up, 230},
      {pts(1), 3000, 10'000, 2, RoundingMode::down, 333},  // a third is exact until rounded
      {pts(1), 3000, 10'000, 0, RoundingMode::half_up, 300},
      {pts(1), 1000, 2500, 0, RoundingMode::half_up, 300},
      {pts(1), 1000, 2500, 0, RoundingMode::half_even, 200},
      {pts(1), 1000, 3500, 0, RoundingMode::half_even, 400},
      {pts(1), 1000, 2500, 0, RoundingMode::down, 200},
  };
  for (const auto& c : cases) {
    CAPTURE(c.amount);
    CAPTURE(c.expected);
    Rules p = programme({rule("r", EarnKind::per_amount, c.points, c.for_each)});
    p.earning.rounding = {c.decimals, c.mode, RoundedPer::order};
    CHECK(earned(p, basket({line("A", c.amount)})).hundredths == c.expected);
  }
}

TEST_CASE("earning: rounding on the order or line by line") {
  Rules p = basic();
  const auto three = basket({line("A", 1500), line("B", 1500), line("C", 1500)});
  CHECK(earned(p, three) == pts(4));  // 4.5
  p.earning.rounding.per = RoundedPer::line;
  CHECK(earned(p, three) == pts(3));
  const Quote quote = quoted(p, three, member());
  for (const QuotedLine& each : quote.lines) CHECK(each.points == pts(1));
}

TEST_CASE("earning: per item and per order and fixed for an article or category") {
  auto fixed = rule("kettle", EarnKind::per_item, pts(50));
  fixed.filter.lines.articles = {"KET"};
  auto category = rule("kitchen", EarnKind::per_item, pts(5));
  category.filter.lines.categories = {"Kitchen"};
  const auto order = rule("visit", EarnKind::per_order, pts(7));
  auto kettle = line("KET", 49'900, 2);
  kettle.category = "Kitchen";
  const auto goods = basket({kettle, line("A", 1000, 3)});
  CHECK(earned(programme({rule("each", EarnKind::per_item, pts(2))}), goods) == pts(10));
  CHECK(earned(programme({fixed}), goods) == pts(100));
  CHECK(earned(programme({category}), goods) == pts(10));
  CHECK(earned(programme({order}), goods) == pts(7));
  CHECK(earned(programme({fixed, category, order}), goods) == pts(117));
  CHECK(earned(programme({order}), basket({})) == pts(0));
  auto weighed = line("APP", 1000);
  weighed.quantity = {742};
  CHECK(earned(programme({rule("kilo", EarnKind::per_item, pts(100))}), basket({weighed})) ==
        pts(74));
}

namespace {

struct FilterCase {
  const char* name;
  Filter yes, no;
};

const auto f = [](auto set) {
  Filter filter;
  set(filter);
  return filter;
};

/// A member of the gold tier buys a kettle by card; `yes` lets it through and `no` does not.
void check_filters(const std::vector<FilterCase>& cases) {
  auto good = line("KET", 10'000);
  good.category = "Kitchen";
  good.brand = "Kok";
  good.labels = {"eco", "new"};
  Member gold = member();
  gold.tier = "gold";
  gold.segments = {"students"};
  auto goods = basket({good});
  goods.tenders = {{TenderKind::card, 10'000}};
  for (const auto& c : cases) {
    CAPTURE(c.name);
    Rules p = basic();
    p.earning.rules[0].filter = c.yes;
    CHECK(earned(p, goods, gold) == pts(10));
    p.earning.rules[0].filter = c.no;
    CHECK(earned(p, goods, gold) == pts(0));
  }
}

}  // namespace

TEST_CASE("earning: each filter of lines lets through what it names and nothing else") {
  check_filters({
      {"article", f([](Filter& x) {
         x.lines.articles = {"X", "KET"};
       }),
       f([](Filter& x) { x.lines.articles = {"X"}; })},
      {"category", f([](Filter& x) { x.lines.categories = {"Kitchen"}; }),
       f([](Filter& x) { x.lines.categories = {"Garden"}; })},
      {"brand", f([](Filter& x) { x.lines.brands = {"Kok"}; }),
       f([](Filter& x) { x.lines.brands = {"Bosk"}; })},
      {"label", f([](Filter& x) { x.lines.labels = {"new"}; }),
       f([](Filter& x) { x.lines.labels = {"old"}; })},
      {"not article", f([](Filter& x) { x.lines.not_articles = {"X"}; }),
       f([](Filter& x) { x.lines.not_articles = {"KET"}; })},
      {"not category", f([](Filter& x) { x.lines.not_categories = {"X"}; }),
       f([](Filter& x) { x.lines.not_categories = {"Kitchen"}; })},
      {"not label", f([](Filter& x) { x.lines.not_labels = {"X"}; }),
       f([](Filter& x) { x.lines.not_labels = {"eco"}; })},
  });
}

TEST_CASE("earning: each filter of the order lets through what it names and nothing else") {
  check_filters({
      {"store", f([](Filter& x) { x.order.stores = {"S1"}; }),
       f([](Filter& x) { x.order.stores = {"S2"}; })},
      {"segment", f([](Filter& x) { x.order.segments = {"students"}; }),
       f([](Filter& x) { x.order.segments = {"staff"}; })},
      {"tier", f([](Filter& x) { x.order.tiers = {"gold"}; }),
       f([](Filter& x) { x.order.tiers = {"silver"}; })},
      {"weekday", f([](Filter& x) { x.order.weekdays = 0b0100000; }),  // Saturday
       f([](Filter& x) { x.order.weekdays = 0b0011111; })},
      {"hours", f([](Filter& x) {
         x.order.hours = Hours{720, 721};
       }),
       f([](Filter& x) {
         x.order.hours = Hours{600, 720};
       })},
      {"hours past midnight", f([](Filter& x) {
         x.order.hours = Hours{700, 60};
       }),
       f([](Filter& x) {
         x.order.hours = Hours{1200, 600};
       })},
      {"from", f([](Filter& x) { x.order.from = day("2026-11-21"); }),
       f([](Filter& x) { x.order.from = day("2026-11-22"); })},
      {"not store", f([](Filter& x) { x.order.not_stores = {"S2"}; }),
       f([](Filter& x) { x.order.not_stores = {"S1"}; })},
      {"not segment", f([](Filter& x) { x.order.not_segments = {"staff"}; }),
       f([](Filter& x) { x.order.not_segments = {"students"}; })},
      {"not tier", f([](Filter& x) { x.order.not_tiers = {"silver"}; }),
       f([](Filter& x) { x.order.not_tiers = {"gold"}; })},
      {"until", f([](Filter& x) { x.order.until = day("2026-11-21"); }),
       f([](Filter& x) { x.order.until = day("2026-11-20"); })},
      {"tender", f([](Filter& x) { x.order.tenders = {TenderKind::card}; }),
       f([](Filter& x) { x.order.tenders = {TenderKind::cash}; })},
  });
}

TEST_CASE("earning: hours past midnight belong to the night that they began") {
  Rules p = programme({rule("night", EarnKind::per_order, pts(5))});
  auto& order = p.earning.rules[0].filter.order;
  order.hours = Hours{22 * 60, 2 * 60};
  order.weekdays = 0b0010000;  // Friday
  const auto goods = basket({line("A", 1000)});
  const struct {
    const char* day;
    int minute;
    std::int64_t points;
  } cases[] = {{"2026-11-20", 60, 0},       // Friday 01:00 is Thursday's night
               {"2026-11-20", 23 * 60, 5},  // Friday 23:00
               {"2026-11-21", 60, 5},       // Saturday 01:00
               {"2026-11-21", 2 * 60, 0},
               {"2026-11-21", 23 * 60, 0}};
  for (const auto& c : cases)
    CHECK(earned(p, goods, member(), at(c.day, c.minute)) == pts(c.points));
  order.weekdays = 0;
  order.from = order.until = day("2026-11-20");
  for (const auto& c : cases)
    CHECK(earned(p, goods, member(), at(c.day, c.minute)) == pts(c.points));
}

TEST_CASE("earning: rules around the birthday") {
  Rules p = programme({rule("treat", EarnKind::per_order, pts(5))});
  const auto goods = basket({line("A", 1000)});
  Member buyer = member();
  const struct {
    std::int32_t days;
    const char* born;
    std::int64_t points;
  } cases[] = {{0, "1990-11-21", 5}, {0, "1990-11-22", 0}, {3, "1990-11-24", 5},
               {3, "1990-11-25", 0}, {3, "1990-11-18", 5}, {60, "1990-01-05", 5}};
  for (const auto& c : cases) {
    CAPTURE(c.born);
    p.earning.rules[0].filter.order.birthday = c.days;
    buyer.birthday = day(c.born);
    CHECK(earned(p, goods, buyer) == pts(c.points));
  }
  buyer.birthday.reset();
  CHECK(earned(p, goods, buyer) == pts(0));
  p.earning.rules[0].filter.order.birthday = 1;
  buyer.birthday = day("1992-02-29");
  CHECK(earned(p, goods, buyer, at("2027-02-27")) == pts(5));
}

TEST_CASE("earning: change earns nothing") {
  Rules p = basic();
  p.earning.rules[0].filter.order.tenders = {TenderKind::cash};
  auto goods = basket({line("A", 10'000)});
  goods.tenders = {{TenderKind::cash, 9000}, {TenderKind::card, 6000}};
  CHECK(earned(p, goods) == pts(4));
  CHECK(quoted(p, goods, member()).due == kr(-5000));
  goods.tenders = {{TenderKind::cash, 9000}, {TenderKind::card, 10'000}};
  CHECK(earned(p, goods) == pts(0));
}

TEST_CASE("earning: a tender filter counts the part that the tender pays") {
  Rules p = basic();
  p.earning.rules[0].filter.order.tenders = {TenderKind::card};
  auto goods = basket({line("A", 10'000), line("B", 30'000)});
  goods.tenders = {{TenderKind::card, 10'000}, {TenderKind::cash, 30'000}};
  CHECK(earned(p, goods) == pts(10));
}

TEST_CASE("earning: minimum amount before and after tax and minimum quantity") {
  Rules p = basic();
  Minimum& minimum = p.earning.rules[0].minimum;
  const auto hundred = basket({line("A", 5000, 2)});  // 100.00, of which 20.00 tax
  minimum.minor = 10'000;
  CHECK(earned(p, hundred) == pts(10));
  minimum.minor = 10'001;
  CHECK(earned(p, hundred) == pts(0));
  minimum = {8000, TaxBasis::excluded, {}};
  CHECK(earned(p, hundred) == pts(10));
  minimum.minor = 8001;
  CHECK(earned(p, hundred) == pts(0));
  minimum = {0, TaxBasis::included, Quantity::pieces(2)};
  CHECK(earned(p, hundred) == pts(10));
  minimum.quantity = Quantity::pieces(3);
  CHECK(earned(p, hundred) == pts(0));
}

TEST_CASE("earning: lines that never earn") {
  Rules p = programme({rule("base", EarnKind::per_amount, pts(1), 1000),
                       rule("each", EarnKind::per_item, pts(1)),
                       rule("order", EarnKind::per_order, pts(100))});
  p.earning.never.not_labels = {"gift card"};
  p.earning.never.not_articles = {"DELIVERY"};
  auto card = line("CARD", 50'000);
  card.labels = {"gift card"};
  CHECK(earned(p, basket({card, line("DELIVERY", 9900)})) == pts(0));
  CHECK(earned(p, basket({card, line("A", 10'000)})) == pts(111));
}

TEST_CASE("earning: multipliers compose as the programme says") {
  const std::int64_t two = 2 * one_times, three = 3 * one_times;
  CHECK(composed(Compose::multiply, {two, three}) == 6 * one_times);
  CHECK(composed(Compose::add, {two, three}) == 4 * one_times);
  CHECK(composed(Compose::best, {two, three}) == three);
  CHECK(composed(Compose::multiply, {}) == one_times);
  CHECK(composed(Compose::multiply, {1'500'000, 1'500'000}) == 2'250'000);
  CHECK(composed(Compose::multiply, {1000 * one_times, 1000 * one_times}) == 1000 * one_times);
  CHECK(composed(Compose::add, {0, 0}) == 0);

  Rules p = basic();
  Multiplier article{"kettles", "", two, {}}, tier{"gold", "", 1'500'000, {}},
      campaign{"weekend", "", three, {}};
  article.filter.lines.articles = {"KET"};
  tier.filter.order.tiers = {"gold"};
  campaign.filter.order.weekdays = 0b1100000;
  p.earning.multipliers = {article, tier, campaign};
  Member gold = member();
  gold.tier = "gold";
  const auto goods = basket({line("KET", 10'000), line("A", 10'000)});
  CHECK(earned(p, goods) == pts(60 + 30));
  CHECK(earned(p, goods, gold) == pts(90 + 45));
  CHECK(earned(p, goods, gold, at("2026-11-20")) == pts(30 + 15));
  p.earning.compose = Compose::best;
  CHECK(earned(p, goods, gold) == pts(30 + 30));
  p.earning.compose = Compose::add;
  CHECK(earned(p, goods, gold) == pts(45 + 35));
  p.earning.rules[0].multiplied = Multiplied::no;
  CHECK(earned(p, goods, gold) == pts(20));
}

TEST_CASE("earning: caps per purchase and day and customer") {
  const auto goods = basket({line("A", 60'000), line("B", 40'000)});  // 100 points
  Rules p = basic();
  Caps& caps = p.earning.rules[0].caps;
  caps.per_purchase = pts(30);
  const Quote quote = quoted(p, goods, member());
  CHECK(quote.points_earned == pts(30));
  CHECK(quote.earned[0].before_caps == pts(100));
  CHECK(quote.lines[0].points == pts(18));
  CHECK(sentence(quote.earned[0].why).find("cap per purchase") != std::string::npos);
  Member busy = member();
  busy.uses["base"] = {3, pts(500), pts(60), day("2026-11-21")};
  busy.earned_today = pts(80);
  caps = {.per_purchase = {}, .per_day = pts(70), .per_customer = {}};
  CHECK(earned(p, goods, busy) == pts(10));
  caps = {.per_purchase = {}, .per_day = {}, .per_customer = pts(505)};
  CHECK(earned(p, goods, busy) == pts(5));
  caps = {.per_purchase = {}, .per_day = {}, .per_customer = pts(400)};
  CHECK(earned(p, goods, busy) == pts(0));
  caps = {};
  p.earning.caps.per_day = pts(100);
  CHECK(earned(p, goods, busy) == pts(20));
  p.earning.caps = {.per_purchase = pts(45), .per_day = {}, .per_customer = {}};
  p.earning.rules.push_back(rule("more", EarnKind::per_order, pts(9)));
  p.earning.rules[0].caps.per_purchase = pts(40);
  CHECK(earned(p, goods) == pts(45));
  CHECK(quoted(p, goods, member()).earned[1].points == pts(5));
}

TEST_CASE("earning: usage limits of all and of each customer") {
  const auto goods = basket({line("A", 10'000)});
  Rules p = basic();
  Member used = member();
  used.uses["base"].times = 2;
  used.uses_by_all["base"].times = 9;
  p.earning.rules[0].limits = {.by_all = 10, .per_customer = 3};
  CHECK(earned(p, goods, used) == pts(10));
  p.earning.rules[0].limits = {.by_all = 9, .per_customer = {}};
  CHECK(earned(p, goods, used) == pts(0));
  p.earning.rules[0].limits = {.by_all = {}, .per_customer = 2};
  CHECK(earned(p, goods, used) == pts(0));
}

TEST_CASE("earning: several rules in a group give the sum or the best or the first") {
  auto low = rule("low", EarnKind::per_amount, pts(1), 1000);
  auto high = rule("high", EarnKind::per_amount, pts(3), 1000);
  high.filter.lines.articles = {"KET"};
  auto third = rule("third", EarnKind::per_order, pts(5));
  auto fourth = rule("fourth", EarnKind::per_order, pts(8));
  for (auto* each : {&low, &high, &third, &fourth}) each->group = "g";
  const auto goods = basket({line("KET", 10'000), line("A", 10'000)});
  for (const auto& [how, expected] :
       {std::pair{Combine::sum, pts(20 + 30 + 5 + 8)}, std::pair{Combine::best, pts(30 + 10 + 8)},
        std::pair{Combine::first, pts(20 + 5)}}) {
    Rules p = programme({low, high, third, fourth});
    p.earning.groups = {{"g", how}};
    CHECK(earned(p, goods) == expected);
  }
}

TEST_CASE("earning: event bonuses") {
  const auto goods = basket({line("A", 100)});
  Member fresh = member();
  fresh.visits = 0;
  CHECK(earned(programme({event_rule("e", Event::first_purchase, pts(50))}), goods, fresh) ==
        pts(50));
  CHECK(earned(programme({event_rule("e", Event::first_purchase, pts(50))}), goods) == pts(0));
  for (const Event event : {Event::enrolled, Event::referred, Event::referrer, Event::survey,
                            Event::warranty_registered}) {
    const Rules p = programme({event_rule("e", event, pts(20))});
    Basket alone = basket({});
    CHECK(earned(p, alone) == pts(0));
    alone.events = {event};
    CHECK(earned(p, alone) == pts(20));
  }
  auto tenth = event_rule("tenth", Event::nth_visit, pts(100));
  tenth.every_nth_visit = 10;
  for (const auto& [visits, expected] : {std::pair{8, 0}, {9, 100}, {10, 0}, {19, 100}}) {
    Member regular = member();
    regular.visits = visits;
    CHECK(earned(programme({tenth}), goods, regular) == pts(expected));
  }
}

TEST_CASE("earning: a birthday counts once in its window") {
  auto birthday = event_rule("birthday", Event::birthday, pts(100));
  birthday.days_before = 3;
  birthday.days_after = 7;
  const Rules p = programme({birthday});
  const auto goods = basket({line("A", 100)});
  const struct {
    const char* born;
    const char* today;
    const char* given;
    int expected;
  } cases[] = {
      {"1980-11-21", "2026-11-21", nullptr, 100},
      {"1980-11-21", "2026-11-17", nullptr, 0},
      {"1980-11-21", "2026-11-18", nullptr, 100},
      {"1980-11-21", "2026-11-28", nullptr, 100},
      {"1980-11-21", "2026-11-29", nullptr, 0},
      {"1980-11-21", "2026-11-25", "2026-11-19", 0},
      {"1980-11-21", "2026-11-25", "2025-11-21", 100},
      {"1980-01-02", "2026-12-31", nullptr, 100},
      {"1980-12-30", "2027-01-03", nullptr, 100},
      {"1980-02-29", "2026-02-28", nullptr, 100},
  };
  for (const auto& c : cases) {
    CAPTURE(c.today);
    Member m = member();
    m.birthday = day(c.born);
    if (c.given != nullptr) m.uses["birthday"].last_on = day(c.given);
    CHECK(earned(p, goods, m, at(c.today)) == pts(c.expected));
  }
  CHECK(earned(p, goods) == pts(0));
}

TEST_CASE("earning: tax and discounts and points tenders reduce it unless told otherwise") {
  Rules p = basic();
  auto off = reward("off", RewardKind::money_off);
  off.trigger = Trigger::automatic;
  off.minor = 2000;
  off.max_steps = 1;
  auto goods = basket({line("A", 10'000)});
  const Member rich = member({lot("l", 1000)});
  p.earning.tax = TaxBasis::excluded;
  CHECK(earned(p, goods) == pts(8));
  p.earning.tax = TaxBasis::included;
  p.rewards = {off};
  CHECK(earned(p, goods) == pts(8));
  p.earning.discounted = Counts::yes;
  CHECK(earned(p, goods) == pts(10));
  p.rewards.clear();
  goods.tenders = {{TenderKind::points, 3000}, {TenderKind::card, 7000}};
  CHECK(earned(p, goods, rich) == pts(7));
  p.earning.paid_with_points = Counts::yes;
  CHECK(earned(p, goods, rich) == pts(10));
  p.earning.paid_with_points = Counts::no;
  Member holder = member();
  holder.wallet_minor = 10'000;
  for (const TenderKind kind : {TenderKind::wallet, TenderKind::gift_card, TenderKind::cash}) {
    goods.tenders = {{kind, 10'000}};
    CHECK(earned(p, goods, holder) == pts(10));
  }
}

TEST_CASE("earning: nobody earns nothing") {
  CHECK(earned(basic(), basket({line("A", 10'000)}), Member{}) == pts(0));
}

}  // namespace keepsake::loyalty::test
