#include "tests/kiosk/screens/fixtures_customer.hpp"

#include <utility>

namespace keepsake::test {
namespace {

using namespace flow;

Date day(const char* iso) { return *parse_date(iso); }
Points p(std::int64_t whole) { return {whole * 100}; }
LocalTime days_ago(int days) {
  return {moment.at - std::chrono::milliseconds(std::chrono::hours(24 * days)), 60};
}

loyalty::RewardInReach reward(std::string name, std::int64_t cost, loyalty::Reach reach) {
  loyalty::RewardInReach r;
  r.id = name;
  r.name = std::move(name);
  r.cost = p(cost);
  r.reach = reach;
  return r;
}

MemberStanding everyday() {
  MemberStanding m;
  loyalty::Overview& o = m.overview;
  o.balance = p(1284);
  o.tier = loyalty::TierStanding{"Silver", "Gold", loyalty::TierBasis::spend,
                                 34000,    720,    day("2026-12-31")};
  o.lapsing = {{day("2026-12-03"), p(120)},
               {day("2027-03-31"), p(310)},
               {day("2027-06-30"), p(454)},
               {std::nullopt, p(400)}};
  o.rewards = {reward("50 kroner off", 500, loyalty::Reach::now),
               reward("Coffee set", 1200, loyalty::Reach::now),
               reward("Day ticket on the fjord boat", 1500, loyalty::Reach::points_missing),
               reward("Ten percent off for gold", 300, loyalty::Reach::another_tier),
               reward("Birthday cake", 200, loyalty::Reach::used_up),
               reward("Signed poster", 900, loyalty::Reach::gone)};
  o.rewards[1].left = 3;
  o.rewards[1].until = day("2026-12-24");
  o.rewards[2].missing = p(216);
  o.rewards[3].tiers = {"Gold"};
  m.vouchers = {{"travel", "Day ticket on the fjord boat", "FJORD-7K2M", days_ago(40)},
                {"travel", "Day ticket on the fjord boat", "FJORD-9QXT", days_ago(400)}};
  return m;
}

MemberStanding extreme() {
  MemberStanding m = everyday();
  loyalty::Overview& o = m.overview;
  o.balance = p(1234567899);
  o.tier->level = "Grand Ambassador of the North";
  o.tier->next = "Honorary Friend of the House for Life";
  o.tier->missing = 12345678900;
  o.lapsing.clear();
  for (int i = 0; i < 12; ++i)
    o.lapsing.push_back({add_months(day("2026-11-30"), i * 3), p(102880658)});
  o.rewards[0].name = "The long promised weekend for two at the mountain hotel with breakfast";
  o.rewards[0].cost = p(1000000000);
  o.rewards[2].missing = p(123456789);
  o.rewards[3].tiers = {o.tier->next, o.tier->level};
  return m;
}

MemberStanding in_debt() {
  MemberStanding m;
  m.overview.debt = p(32);
  m.overview.tier =
      loyalty::TierStanding{"", "Silver", loyalty::TierBasis::visits, 4, 600, std::nullopt};
  m.overview.rewards = {reward("50 kroner off", 500, loyalty::Reach::points_missing)};
  m.overview.rewards[0].missing = p(500);
  return m;
}

PointsEntry moved(TimelineKind kind, int days, std::int64_t change) {
  PointsEntry e;
  e.kind = kind;
  e.at = days_ago(days);
  e.change = p(change);
  return e;
}

std::vector<PointsEntry> story() {
  const Currency nok = *Currency::parse("NOK");
  std::vector<PointsEntry> all;
  PointsEntry bought = moved(TimelineKind::purchase, 3, -150);
  bought.text = "Coffee maker Brygg Duo";
  bought.amount = Money{289640, nok};
  bought.earned = p(350);
  bought.rules = {{"A point for each ten kroner", p(290)}, {"Every tenth visit", p(60)}};
  bought.spent = p(500);
  bought.rewards = {{"50 kroner off", "", 1, p(500), Money{5000, nok}, {}}};
  all.push_back(bought);
  PointsEntry back = moved(TimelineKind::returned, 20, -18);
  back.amount = Money{49900, nok};
  back.earned = p(-50);
  back.owed = p(32);
  all.push_back(back);
  all.push_back(moved(TimelineKind::expired, 40, -75));
  PointsEntry welcome = moved(TimelineKind::event, 90, 50);
  welcome.text = "enrolled";
  welcome.earned = p(50);
  welcome.rules = {{"Welcome to Lysvik Bonus", p(50)}};
  all.push_back(welcome);
  all.push_back(moved(TimelineKind::merged, 100, 0));
  PointsEntry paid = moved(TimelineKind::purchase, 120, 1149);
  paid.text = "Dishwasher Nordwash 14 settings integrated, stainless, left door";
  paid.amount = Money{1249000, nok};
  paid.earned = p(1249);
  paid.rules = {{"A point for each ten kroner", p(1249)}};
  paid.spent = p(68);
  paid.owed = p(-32);
  all.push_back(paid);
  return all;
}

ConsentState consent(ConsentPurpose purpose, bool granted, int days, const char* place) {
  ConsentState c;
  c.purpose = purpose;
  c.granted = granted;
  c.last = {purpose, granted, std::string(wording_of(purpose)), "en", days_ago(days)};
  c.place = place;
  return c;
}

ProfileSeen known() {
  ProfileSeen seen;
  seen.profile.consents = {consent(ConsentPurpose::membership, true, 700, "Lysvik sentrum"),
                           consent(ConsentPurpose::marketing, false, 30, "Lysvik sentrum")};
  seen.profile.fields = {{std::string(customer_field::channel), "sms", {}},
                         {std::string(customer_field::language), "nb", {}}};
  return seen;
}

}  // namespace

void add_member_looks(const AddLook& add, const Session& base, const CustomerView& customer,
                      const CustomerView& wordy) {
  const auto with = [&](Screen screen) {
    Session s = base;
    s.visit.screen = std::move(screen);
    return s;
  };
  CustomerHome home{.customer = customer};
  home.standing = everyday();
  add("home.standing", with(home));
  home.tab = HomeTab::rewards;
  add("home.rewards", with(home));
  home.standing = MemberStanding{};
  add("home.no-rewards", with(home));
  home.tab = HomeTab::points;
  add("home.no-tiers", with(home));
  home.standing = in_debt();
  home.customer.balance = {};
  add("home.debt", with(home));
  CustomerHome large{.customer = wordy};
  large.standing = extreme();
  add("home.standing-long", with(large));
  large.tab = HomeTab::rewards;
  add("home.rewards-long", with(large));

  PointsWhy why{.customer = customer.ref, .standing = everyday()};
  add("why.loading", with(why));
  why.entries = story();
  add("why.story", with(why));
  why.more = true;
  why.standing = extreme();
  add("why.story-more", with(why));
  why.tab = WhyTab::expiry;
  add("why.expiry-many", with(why));
  why.standing = everyday();
  add("why.expiry", with(why));
  why.standing = in_debt();
  add("why.expiry-debt", with(why));

  MyData data{.customer = customer.ref};
  add("data.loading", with(data));
  data.seen = known();
  add("data.plain", with(data));
  data.asking = ConsentPurpose::membership;
  add("data.withdraw", with(data));
  data.asking = ConsentPurpose::sharing;
  add("data.give", with(data));
  data.asking.reset();
  data.choosing = Preference::language;
  add("data.language", with(data));
  data.choosing = Preference::channel;
  add("data.channel", with(data));
  data.choosing.reset();
  data.seen->profile.fields.push_back({std::string(customer_field::do_not_contact), "yes", {}});
  Session saving = with(data);
  saving.visit.pending = Pending{{1}, Write::consent};
  add("data.saving", saving);
}

}  // namespace keepsake::test
