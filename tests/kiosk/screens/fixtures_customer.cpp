#include "tests/kiosk/screens/fixtures_customer.hpp"

#include <utility>

#include "kiosk/flow/question.hpp"
#include "storage/domain/customer/customer.hpp"

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
  r.id = std::move(name);
  r.cost = p(cost);
  r.reach = reach;
  return r;
}

MemberStanding everyday() {
  MemberStanding m;
  loyalty::Overview& o = m.overview;
  o.balance = p(1284);
  o.tier = loyalty::TierStanding{"silver", "gold", loyalty::TierBasis::spend,
                                 34000,    720,    day("2026-12-31")};
  o.lapsing = {{day("2026-12-03"), p(120)},
               {day("2027-03-31"), p(310)},
               {day("2027-06-30"), p(454)},
               {std::nullopt, p(400)}};
  o.rewards = {reward("kr-50", 500, loyalty::Reach::now),
               reward("Coffee set", 1200, loyalty::Reach::now),
               reward("Day ticket on the fjord boat", 1500, loyalty::Reach::points_missing),
               reward("Ten percent off for gold", 300, loyalty::Reach::another_tier),
               reward("Birthday cake", 200, loyalty::Reach::used_up),
               reward("Signed poster", 900, loyalty::Reach::gone)};
  o.rewards[1].left = 3;
  o.rewards[1].until = day("2026-12-24");
  o.rewards[2].missing = p(216);
  o.rewards[3].tiers = {"gold"};
  m.vouchers = {{"Day ticket on the fjord boat", "FJORD-7K2M", days_ago(40)},
                {"Day ticket on the fjord boat", "FJORD-9QXT", days_ago(400)}};
  return m;
}

MemberStanding extreme() {
  MemberStanding m = everyday();
  loyalty::Overview& o = m.overview;
  o.balance = p(1234567899);
  o.tier->level = "grand";
  o.tier->next = "honorary";
  o.tier->missing = 12345678900;
  o.wallet_minor = 12345678900;
  o.wallet_state = WalletState::blocked;
  o.wallet_until = day("2026-12-31");
  o.lapsing.clear();
  for (int i = 0; i < 12; ++i)
    o.lapsing.push_back({add_months(day("2026-11-30"), i * 3), p(102880658)});
  o.rewards[0].id = "The long promised weekend for two at the mountain hotel with breakfast";
  o.rewards[0].cost = p(1000000000);
  o.rewards[2].missing = p(123456789);
  o.rewards[3].tiers = {o.tier->next, o.tier->level};
  return m;
}

/// Right after joining, which gave 50 points.
MemberStanding first_day() {
  MemberStanding m;
  loyalty::Overview& o = m.overview;
  o.balance = p(50);
  o.tier =
      loyalty::TierStanding{"", "silver", loyalty::TierBasis::spend, 500000, 0, day("2026-12-31")};
  o.lapsing = {{day("2027-11-30"), p(50)}};
  o.rewards = {reward("50 kroner off", 500, loyalty::Reach::points_missing),
               reward("Coffee set", 1200, loyalty::Reach::points_missing)};
  o.rewards[0].missing = p(450);
  o.rewards[1].missing = p(1150);
  return m;
}

MemberStanding in_debt() {
  MemberStanding m;
  m.overview.debt = p(32);
  m.overview.tier =
      loyalty::TierStanding{"", "silver", loyalty::TierBasis::visits, 4, 600, std::nullopt};
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
  all.push_back(moved(TimelineKind::given_up, 60, -30));
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
  c.last = {purpose, granted, std::string(product_version(purpose)), "en", days_ago(days)};
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

void add_pending_looks(const AddLook& add, Session looking, const CustomerView& customer,
                       const CustomerView& wordy) {
  CustomerHome home{.customer = customer};
  home.standing = everyday();
  home.standing->overview.pending = {p(40), day("2026-12-05")};
  looking.visit.screen = home;
  add("home.pending", looking);
  CustomerHome large{.customer = wordy};
  large.standing = extreme();
  large.standing->overview.pending = {p(123456789), day("2026-12-05")};
  looking.visit.screen = large;
  add("home.pending-long", looking);
}

}  // namespace

namespace {

/// Of my data: a PIN is chosen, and typed once more.
void add_pin_looks(const AddLook& add, Session at_data) {
  MyData& data = get<MyData>(at_data.visit.screen);
  data.seen->has_pin = true;
  data.pin = NewPin{"47"};
  add("data.pin", at_data);
  data.pin = NewPin{"47", "4711"};
  add("data.pin-again", at_data);
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
  add_pending_looks(add, base, customer, wordy);
  CustomerHome first{.customer = customer};
  first.customer.balance = p(50);
  first.standing = first_day();
  Session welcome = with(first);
  welcome.visit.notice =
      Notice{Tone::good, "join.welcome", Kept::nothing_to_keep, 0, first.customer.balance};
  add("home.welcome", welcome);
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
  Session changed = with(data);
  changed.visit.notice = Notice{Tone::good, "profile.saved", Kept::nothing_to_keep, 0, {}};
  add("data.saved", changed);
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
  add_pin_looks(add, with(data));
  data.seen->profile.fields.push_back({std::string(customer_field::do_not_contact), "yes", {}});
  Session saving = with(data);
  saving.visit.pending = Asked{{1}, question_id<ChangeConsents>};
  add("data.saving", saving);
}

namespace {

Contact contact(ContactKind kind, std::string value) {
  Contact c;
  c.kind = kind;
  c.value = std::move(value);
  return c;
}

ProfileSeen file_of(const CustomerView& view, Viewer viewer) {
  ProfileSeen seen = known();
  seen.profile.fields.push_back({std::string(customer_field::name), view.profile.name, {}});
  seen.profile.fields.push_back({std::string(customer_field::birthday), "1979-12-31", {}});
  seen.profile.fields.push_back({"custom.shoe_size", "42", {}});
  seen.profile.fields.push_back({"custom.credit", "B", {}});
  seen.profile.member_since = view.member_since;
  seen.profile.contacts = {contact(ContactKind::phone, view.profile.phone),
                           contact(ContactKind::email, "ingrid.haugen@lysvik.no"),
                           contact(ContactKind::address, "Storgata 14 B, 9750 Honningsvag"),
                           contact(ContactKind::card, "7044416000013"),
                           contact(ContactKind::key_fob, "FOB-00417"),
                           contact(ContactKind::label, "VIP")};
  seen.profile = seen_by(std::move(seen.profile), viewer, shop_context().customer_fields);
  seen.view = view;
  seen.view.profile = {};
  seen.standing = everyday();
  if (viewer == Viewer::manager) seen.merges = {{{1, 2}, {}, {}, days_ago(9), "7", "phone"}};
  return seen;
}

std::vector<TimelineEntry> happened() {
  std::vector<TimelineEntry> all;
  const auto add = [&](TimelineKind kind, int days, std::string text) {
    TimelineEntry e;
    e.kind = kind;
    e.at = days_ago(days);
    e.staff = "marit";
    e.text = std::move(text);
    all.push_back(std::move(e));
  };
  add(TimelineKind::note, 1, "Wants to hear when the blue kettle is back, and only by post.");
  add(TimelineKind::purchase, 3, "Coffee maker Brygg Duo");
  all.back().amount = Money{289640, *Currency::parse("NOK")};
  all.back().points = p(290);
  add(TimelineKind::warranty, 3, "Coffee maker Brygg Duo, BD-77310926");
  add(TimelineKind::returned, 20, "changed mind");
  all.back().amount = Money{49900, *Currency::parse("NOK")};
  all.back().points = p(-50);
  add(TimelineKind::consent, 30, "marketing withdrawn, marketing-1 (en), Lysvik sentrum");
  add(TimelineKind::changed, 40, "phone");
  add(TimelineKind::merged, 50, "phone");
  add(TimelineKind::enrolled, 700, "");
  return all;
}

/// What stored value and rewards say of themselves.
std::vector<TimelineEntry> paid_in() {
  std::vector<TimelineEntry> all;
  const auto add = [&](TimelineKind kind, std::string text, std::int64_t minor = 0) {
    TimelineEntry e;
    e.kind = kind;
    e.at = days_ago(static_cast<int>(all.size()) + 1);
    e.staff = "marit";
    e.text = std::move(text);
    if (minor != 0) e.amount = Money{minor, *Currency::parse("NOK")};
    all.push_back(std::move(e));
  };
  add(TimelineKind::reward, "Birthday cake");
  all.back().points = p(-200);
  add(TimelineKind::gift_card, "4417", 50000);
  add(TimelineKind::wallet_filled, "", 20000);
  add(TimelineKind::wallet_blocked, "lost phone");
  add(TimelineKind::wallet_freed, "");
  add(TimelineKind::wallet_expired, "", 15000);
  add(TimelineKind::level_given, "gold: won the raffle");
  add(TimelineKind::level_ended, "raffle was void");
  add(TimelineKind::given_up, "");
  all.back().points = p(-30);
  return all;
}

/// A photo, a photo that is at another till, and a document.
std::vector<FileSeen> shown_files() {
  auto sunset = std::make_shared<Picture>();
  sunset->width = 240;
  sunset->height = 160;
  for (int y = 0; y < sunset->height; ++y)
    for (int x = 0; x < sunset->width; ++x)
      for (const int value : {250 - y / 2, 120 + x / 4, 60 + y})
        sunset->rgb.push_back(static_cast<std::uint8_t>(value));
  FileSeen photo;
  photo.file.kind = FileKind::photo;
  photo.file.type = FileType::jpeg;
  photo.file.name = "Washing machine, before.jpg";
  photo.file.at = days_ago(40);
  photo.thumbnail = sunset;
  FileSeen elsewhere = photo;
  elsewhere.file.kind = FileKind::document;
  elsewhere.file.name.clear();
  elsewhere.thumbnail.reset();
  FileSeen invoice = elsewhere;
  invoice.file.kind = FileKind::invoice;
  invoice.file.type = FileType::pdf;
  invoice.file.name = "Invoice 2026-0417 from Lysvik Elektro AS, Storgata 12, 6789 Lysvik.pdf";
  return {photo, elsewhere, invoice};
}

void profiles(const AddLook& add, const Session& cashier, const Session& manager,
              const CustomerView& customer, const CustomerView& wordy) {
  const auto with = [](Session s, Screen screen) {
    s.visit.screen = std::move(screen);
    return s;
  };
  CustomerPage page{.customer = customer.ref};
  add("profile.loading", with(cashier, page));
  page.seen = file_of(customer, Viewer::staff);
  add("profile.cashier", with(cashier, page));
  page.editing = FieldEntry{"phone", std::nullopt, "912 34", Field::phone};
  add("profile.phone", with(cashier, page));
  page.editing = FieldEntry{"email", std::nullopt, "ingrid.haugen", Field::value};
  add("profile.email", with(cashier, page));
  page.editing = FieldEntry{"note", std::nullopt, "Wants to hear", Field::note};
  add("profile.note", with(cashier, page));
  page.editing = FieldEntry{"birthday", std::nullopt, "197912", Field::day};
  add("profile.birthday", with(cashier, page));
  page.editing = FieldEntry{"language", std::nullopt, "nb", Field::value};
  add("profile.language", with(cashier, page));
  page.editing = FieldEntry{"custom.member_kind", std::nullopt, "", Field::value};
  add("profile.choice", with(cashier, page));
  page.editing.reset();
  page.seen = file_of(wordy, Viewer::manager);
  page.seen->standing = extreme();
  add("profile.manager-long", with(manager, page));
  page.undoing = FactId{1, 2};
  add("profile.undo", with(manager, page));
  page.undoing.reset();
  page.asking_wallet = true;
  add("profile.wallet-free", with(manager, page));
  page.seen->standing->overview.wallet_state = WalletState::active;
  add("profile.wallet-block", with(manager, page));
  page.asking_wallet = false;
  page.asking_consent = ConsentPurpose::membership;
  add("profile.consent", with(manager, page));
  page.asking_consent.reset();
  page.seen = file_of(customer, Viewer::manager);
  if (page.seen->standing && page.seen->standing->overview.tier)
    page.seen->standing->overview.tier->given =
        loyalty::GivenLevel{"", std::nullopt, std::chrono::year(2027) / 12 / 31};
  add("profile.manager", with(manager, page));
  using Step = LevelGiving::Step;
  page.editing = FieldEntry{"level", std::nullopt, "", Field::value};
  add("profile.level", with(manager, page));
  page.editing->giving = {Step::day, "gold", std::nullopt};
  page.editing->keys = Field::day;
  add("profile.level-day", with(manager, page));
  page.editing->giving.step = Step::reason;
  page.editing->keys = Field::value;
  page.editing->entry = "Opening guest";
  add("profile.level-reason", with(manager, page));
  page.editing.reset();
  page.seen->files = shown_files();
  add("profile.files", with(manager, page));
  for (const std::size_t file : {0, 1, 2}) {
    page.file = file;
    add("profile.file-" + std::to_string(file), with(manager, page));
  }
  page.file.reset();
  page.tab = ProfileTab::timeline;
  page.timeline = happened();
  page.more = true;
  add("profile.timeline", with(manager, page));
  page.timeline = paid_in();
  add("profile.timeline-value", with(manager, page));
}

}  // namespace

void add_staff_customer_looks(const AddLook& add, const Session& cashier, const Session& manager,
                              const CustomerView& customer, const CustomerView& wordy) {
  const auto with = [](Session s, Screen screen) {
    s.visit.screen = std::move(screen);
    return s;
  };
  CustomerSearch search;
  add("people.empty", with(cashier, search));
  search.words = "zzz";
  search.searched = true;
  add("people.nobody", with(manager, search));
  Sale sale;
  sale.pane = PeoplePane{.search = search};
  add("sale.nobody", with(cashier, sale));
  search.words = "ha";
  for (int i = 0; i < 12; ++i) {
    FoundPerson person;
    person.ref.bytes[0] = static_cast<std::uint8_t>(i + 1);
    person.name = i % 5 == 3 ? wordy.profile.name : i % 4 == 2 ? "" : customer.profile.name;
    person.detail = i % 4 == 2 ? "KC4417123456784417" : masked_phone(customer.profile.phone);
    search.found.push_back(std::move(person));
  }
  add("people.found", with(cashier, search));
  search.searched = true;
  sale.pane = PeoplePane{.search = search};
  add("sale.people", with(cashier, sale));
  profiles(add, cashier, manager, customer, wordy);
  MergeReview review;
  add("merge.loading", with(manager, review));
  review.loaded = true;
  add("merge.none", with(manager, review));
  DuplicatePair pair;
  pair.similarity = {740,
                     {SimilarityReason::similar_name, SimilarityReason::birthday,
                      SimilarityReason::address, SimilarityReason::other_name}};
  review.pairs = {pair, pair};
  add("merge.pair-loading", with(manager, review));
  review.pair = PairSeen{file_of(customer, Viewer::manager), file_of(wordy, Viewer::manager)};
  add("merge.pair", with(manager, review));
  review.pairs[0].similarity = {990, {SimilarityReason::phone, SimilarityReason::name}};
  review.asking = true;
  add("merge.asking", with(manager, review));
}

void add_known_looks(const AddLook& add, const Session& base, const Session& cashier) {
  Join join;
  join.name = "Ingrid Haugen";
  join.phone = "912 34 417";
  join.membership = true;
  join.editing = Field::phone;
  join.known = CustomerRef{};
  join.known_as = "I. H.";
  Session s = base;
  s.visit.screen = join;
  add("join.known", s);
  s = cashier;
  join.known_as.clear();
  s.visit.screen = join;
  add("join.known-staff", s);
  join.known.reset();
  for (const char* name :
       {"Ingrid Haugen", "Ingrid Haugen-Solberg av Lysvik og omegn", "I. Haugen"}) {
    FoundPerson person;
    person.name = name;
    person.detail = "\u2022\u2022\u2022\u2022 4417";
    join.similar.push_back(person);
  }
  s.visit.screen = join;
  add("join.similar", s);
}

}  // namespace keepsake::test
