#include "tests/kiosk/screens/fixtures_data.hpp"

#include <cassert>

#include "kiosk/flow/sale/quoting.hpp"
#include "storage/domain/customer/customer.hpp"
#include "storage/domain/warranty/warranty.hpp"
#include "tests/support/covers.hpp"

namespace keepsake::test::made {

using namespace flow;

Currency nok() { return *Currency::parse("NOK"); }
Money money(std::int64_t minor) { return {minor, nok()}; }
Date day(const char* iso) { return *parse_date(iso); }
LocalTime days_ago(int days) {
  return {moment.at - std::chrono::milliseconds(std::chrono::hours(24 * days)), 60};
}

Article article(std::string code, std::string name, std::string category, const char* price,
                SoldBy sold_by = SoldBy::piece, int cover = 0) {
  Article a;
  a.code = std::move(code);
  a.name = std::move(name);
  a.category = std::move(category);
  a.maker = cover > 0 ? "Nordwash" : "";
  a.price = *parse_unit_price(price, nok());
  a.tax = {sold_by == SoldBy::weight ? 1500 : 2500};
  a.sold_by = sold_by;
  a.cover = terms_of({cover, PeriodUnit::month});
  return a;
}

Article kettle() {
  return article("KET-17", "Kettle Kok 1.7 l", "Kitchen", "499.00", SoldBy::piece, 24);
}
Article washer() {
  return article("WAS-N8", "Washing machine Nordwash 8", "Large appliances", "5990.00",
                 SoldBy::piece, 60);
}
Article apples() { return article("APP-D", "Apples, Discovery", "Fruit", "39.90", SoldBy::weight); }
Article bulb() { return article("LED-E27", "LED bulb E27 8 W", "Light", "59.00"); }
Article longest() {
  return article("DIS-14-XL-PREMIUM-0001",
                 "Dishwasher Nordwash 14 settings integrated, stainless, left door",
                 "Large appliances", "12490.00", SoldBy::piece, 60);
}

WarrantySummary warranty(std::string name, std::string category, std::string serial,
                         const char* start, int months) {
  WarrantySummary w;
  w.article_name = std::move(name);
  w.category = std::move(category);
  w.serial_typed = std::move(serial);
  w.cover = test::covered(day(start), months).front().dates;
  return w;
}

PurchaseSummary purchase(int days, std::int64_t total, std::int64_t pieces, std::string first,
                         std::int64_t points) {
  PurchaseSummary p;
  p.at = days_ago(days);
  p.total = money(total);
  p.pieces = pieces;
  p.first_article = std::move(first);
  p.points_earned = {points * 100};
  return p;
}

CustomerView ingrid() {
  CustomerView c;
  c.ref.bytes[0] = 7;
  c.profile.name = "Ingrid Haugen";
  c.profile.phone = "+4791234417";
  c.card = "4417123456784417";
  c.member_since = {{1615000000000}, 60};
  c.balance = {128400};
  c.balance_as_of = moment.at;
  c.last_purchases = {purchase(3, 289640, 4, "Coffee maker Brygg Duo", 290),
                      purchase(31, 49900, 1, "Kettle Kok 1.7 l", 50),
                      purchase(96, 1249000, 12, "Dishwasher Nordwash 14 settings", 1249),
                      purchase(180, 9980, 2, "Coffee filters 100 pcs", 10),
                      purchase(214, 149000, 1, "Headphones Stille 2", 149)};
  c.warranties = {
      warranty("Headphones Stille 2", "Sound", "ST2-000918223", "2024-08-04", 24),
      warranty("Coffee maker Brygg Duo", "Kitchen", "BD-77310926", "2024-12-20", 24),
      warranty("Laptop Fjell 14", "Computers", "FJ14-5510", "2025-05-02", 36),
      warranty("Washing machine Nordwash 8", "Large appliances", "NW8-0417731", "2025-01-14", 60)};
  return c;
}

CustomerView long_name() {
  CustomerView c = ingrid();
  c.profile.name = "Wilhelmina Alexandrovna van der Westhuizen-Zachariassen";
  c.balance = {123456789900};
  c.last_purchases[0].first_article = longest().name;
  c.last_purchases[0].total = money(123456789);
  c.warranties[0].article_name = longest().name;
  return c;
}

CustomerView newcomer() {
  CustomerView c;
  c.ref.bytes[0] = 8;
  c.profile.name = "Bo Li";
  c.profile.phone = "+4740000001";
  c.member_since = moment;
  c.balance_as_of = moment.at;
  return c;
}

BasketLine line_of(const Article& article, Quantity quantity) { return {article, quantity, {}}; }

Till quoted(Till till) {
  auto quote = flow::quote_of(till, shop_context(), moment);
  assert(quote.ok());
  till.quote = *std::move(quote);
  till.quoted_at = moment;
  return till;
}

loyalty::Member standing() {
  loyalty::Member m;
  m.known = true;
  m.lots = {{"00000000000000000000000000000001:0",
             {12000},
             {12000},
             day("2025-12-03"),
             day("2026-12-03")},
            {"00000000000000000000000000000002:0",
             {116400},
             {116400},
             day("2026-05-02"),
             day("2028-05-31")}};
  m.tier = "silver";
  m.wallet_minor = 25000;
  m.visits = 17;
  return m;
}

Till everyday_till() {
  Till till;
  till.basket.currency = nok();
  BasketLine machine = line_of(washer(), Quantity::pieces(1));
  machine.warranty =
      LineWarranty{"NW80417731", "NW8-0417731", "Nordwash", test::covered(moment.date(), 60)};
  till.basket.lines = {line_of(kettle(), Quantity::pieces(1)), machine, line_of(apples(), {742}),
                       line_of(bulb(), Quantity::pieces(3))};
  till.member = ingrid();
  till.customer = till.member->ref;
  till.state = standing();
  return quoted(till);
}

Till rupiah_till() {
  Till till = everyday_till();
  const std::int64_t prices[] = {99'999'999'999, 1'299'900'000, 14'500'000, 5'900'000};
  for (std::size_t i = 0; i < till.basket.lines.size(); ++i)
    till.basket.lines[i].article.price = UnitPrice::from_minor(prices[i]);
  return quoted(till);
}

Till forty_lines() {
  Till till;
  till.basket.currency = nok();
  for (int i = 0; i < 40; ++i) {
    const std::string n = std::to_string(i);
    Article a = i % 7 == 3 ? longest() : i % 5 == 2 ? apples() : i % 3 == 0 ? kettle() : bulb();
    a.code += n;
    till.basket.lines.push_back(
        line_of(a, a.sold_by == SoldBy::weight ? Quantity{1250 + i} : Quantity::pieces(1 + i * 9)));
  }
  till.member = long_name();
  till.customer = till.member->ref;
  till.state = standing();
  return quoted(till);
}

Session base() {
  Session s;
  s.device.sync.link = LinkState::online;
  s.device.sync.store = "Lysvik sentrum";
  s.device.sync.terminal = {4'711'205};
  s.device.sync.till = 2;
  s.device.sync.acknowledged = 20412;
  s.device.sync.last_success = moment.at - std::chrono::minutes(1);
  s.device.sync.up_to_date = moment.at;
  ShiftView shift;
  shift.id = FactId::make({}, {4'711'205}, {1}, 20240);
  shift.opening = {days_ago(0), "7", money(200000)};
  shift.opening.at.at = moment.at - std::chrono::hours(6);
  shift.purchases = 143;
  shift.cash_taken = money(1284650);
  shift.cash_returned = money(49900);
  shift.expected = money(1434750);
  s.device.shift = shift;
  return s;
}

Session customer(Screen screen) {
  Session s = base();
  s.visit.screen = std::move(screen);
  return s;
}

Session staff(Screen screen, Till till) {
  Session s = base();
  s.visit.screen = std::move(screen);
  s.visit.staff = StaffMember{"7", "Marit", false};
  s.till = std::move(till);
  return s;
}

Sale over(SalePane pane) { return {std::move(pane), {}, 0}; }

Tendering entry(TenderKind kind, std::string amount, std::string reference, Field editing) {
  return {kind, editing, std::move(amount), std::move(reference), {}, {}};
}

Session working(Session s, QuestionId write) {
  s.visit.pending = Asked{{1}, write};
  return s;
}

Session noticed(Session s, flow::Tone tone, const char* code, Kept kept, int count) {
  s.visit.notice = Notice{tone, code, kept, count};
  return s;
}

Article pays_in(const char* code, const char* name) {
  Article a;
  a.code = code;
  a.name = name;
  return a;
}

namespace {

loyalty::EarningRule light_week() {
  loyalty::EarningRule week;
  week.id = "light-week";
  week.name = {"Double points on light",
               {{"nb", "Doble poeng p\u00e5 lys"},
                {"nl", "Dubbele punten op licht"},
                {"uk",
                 "\u041f\u043e\u0434\u0432\u0456\u0439\u043d\u0456 \u0431\u0430\u043b\u0438 "
                 "\u0437\u0430 \u0441\u0432\u0456\u0442\u043b\u043e"},
                {"id", "Poin ganda untuk lampu"},
                {"fil", "Dobleng puntos sa ilaw"}}};
  week.kind = loyalty::EarnKind::per_item;
  week.points = {500};
  week.filter.lines.categories = {"Light"};
  return week;
}

loyalty::EarningRule brought_a_friend() {
  loyalty::EarningRule friends;
  friends.id = "friends";
  friends.name = "You brought a friend";
  friends.kind = loyalty::EarnKind::event;
  friends.event = loyalty::Event::referrer;
  friends.points = {10000};
  return friends;
}

loyalty::Multiplier silver_members() {
  loyalty::Multiplier silver;
  silver.id = "silver-bonus";
  silver.name = "Silver members";
  silver.millionths = 1'250'000;
  silver.filter.order.tiers = {"silver"};
  return silver;
}

std::vector<loyalty::TierLevel> levels() {
  return {{"silver",
           {"Silver",
            {{"nb", "S\u00f8lv"},
             {"nl", "Zilver"},
             {"uk", "\u0421\u0440\u0456\u0431\u043b\u043e"},
             {"id", "Perak"},
             {"fil", "Pilak"}}},
           1'000'000},
          {"gold",
           {"Gold",
            {{"nb", "Gull"},
             {"nl", "Goud"},
             {"uk", "\u0417\u043e\u043b\u043e\u0442\u043e"},
             {"id", "Emas"},
             {"fil", "Ginto"}}},
           2'500'000},
          {"grand", "Grand Ambassador of the North", 1'000'000'000'000},
          {"honorary", "Honorary Friend of the House for Life", 2'000'000'000'000}};
}

loyalty::Reward reward(const char* id, const char* name, std::int64_t points) {
  loyalty::Reward r;
  r.id = id;
  r.name = name;
  r.cost = {points * 100};
  return r;
}

std::vector<loyalty::Reward> rewards() {
  loyalty::Reward off = reward("kr-50", "50 kroner off", 500);
  off.minor = 5000;
  off.name.translated = {{"nb", "50 kroner avslag"},
                         {"nl", "50 kroon korting"},
                         {"uk", "\u0417\u043d\u0438\u0436\u043a\u0430 50 \u043a\u0440\u043e\u043d"},
                         {"id", "Potongan 50 krone"},
                         {"fil", "50 kroner na bawas"}};
  loyalty::Reward set = reward("coffee-set", "Coffee set of four cups with saucers", 1800);
  set.kind = loyalty::RewardKind::gift;
  set.article = "SET-4";
  set.minor = 17900;
  loyalty::Reward rescue = reward("sea-rescue", "50 kroner to the sea rescue", 400);
  rescue.kind = loyalty::RewardKind::donation;
  rescue.minor = 5000;
  loyalty::Reward free = reward("bulb", "LED bulb free", 0);
  free.kind = loyalty::RewardKind::buy_x_get_y;
  free.name = "Three bulbs for two";
  free.trigger = loyalty::Trigger::automatic;
  free.buy = 2;
  free.get = 1;
  free.basis_points = 10'000;
  free.filter.lines.categories = {"Light"};
  loyalty::Reward home = reward("new-home", "New home: 150 kroner off", 0);
  home.trigger = loyalty::Trigger::code;
  home.minor = 15000;
  home.codes = {{"NEWHOME", std::nullopt, 1}};
  loyalty::Reward large = home;
  large.id = "large";
  large.name = "Large basket";
  large.minimum.minor = 5'000'000;
  large.codes = {{"LARGE", std::nullopt, 1}};
  return {off, set, rescue, free, home, large};
}

}  // namespace

loyalty::Rules rules(const Programme& programme) {
  loyalty::Rules p = loyalty::of_rate(programme);
  p.name = "Lysvik Bonus";
  p.earning.rules.push_back(light_week());
  p.earning.rules.push_back(brought_a_friend());
  p.earning.multipliers = {silver_members()};
  p.tiers.levels = levels();
  p.rewards = rewards();
  return p;
}

}  // namespace keepsake::test::made

namespace keepsake::test {

namespace {

std::vector<CustomerField> demo_fields() {
  CustomerField shoe;
  shoe.key = "shoe_size";
  shoe.label = {"Shoe size", {{"nb", "Skost\u00f8rrelse"}}};
  shoe.kind = FieldKind::number;
  CustomerField credit;
  credit.key = "credit";
  credit.label = "Credit class";
  credit.seen_by = SeenBy::managers;
  CustomerField kind;
  kind.key = "member_kind";
  kind.label = "Kind of member";
  kind.kind = FieldKind::choice;
  kind.choices = {"Private", "Company", "School"};
  return {shoe, credit, kind};
}

}  // namespace

flow::Context shop_context() {
  flow::Context c;
  c.shop = "Lysvik Elektro";
  c.currency = made::nok();
  c.cash_step = {100};
  c.calling_code = "+47";
  c.country = "NO";
  c.customer_fields = demo_fields();
  c.has_printer = true;
  ActiveProgramme active;
  active.programme.version = 3;
  active.programme.currency = c.currency;
  active.programme.per_major_unit = {10};
  active.programme.point_value_milli_minor = 10000;
  active.rules = made::rules(active.programme);
  c.active = std::make_shared<const ActiveProgramme>(std::move(active));
  c.gift_card = made::pays_in("GIFT-CARD", "Gift card");
  c.wallet = made::pays_in("WALLET", "Wallet");
  return c;
}

}  // namespace keepsake::test
