#include "tests/kiosk/screens/fixtures.hpp"

#include <cassert>
#include <stdexcept>

#include "storage/domain/customer.hpp"
#include "storage/domain/warranty.hpp"
#include "tests/kiosk/screens/fixtures_customer.hpp"

namespace keepsake::test {
namespace {

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
  a.cover_months = cover;
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
  w.cover = makers_cover(day(start), months);
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
      warranty("Coffee maker Brygg Duo", "Kitchen", "BD-77310926", "2024-12-21", 24),
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

Till everyday_till() {
  Till till;
  till.basket.currency = nok();
  BasketLine machine = line_of(washer(), Quantity::pieces(1));
  machine.warranty =
      LineWarranty{"NW80417731", "NW8-0417731", "Nordwash", makers_cover(moment.date(), 60)};
  till.basket.lines = {line_of(kettle(), Quantity::pieces(1)), machine, line_of(apples(), {742}),
                       line_of(bulb(), Quantity::pieces(3))};
  till.member = ingrid();
  till.customer = till.member->ref;
  return till;
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
  return till;
}

Session base() {
  Session s;
  s.device.sync.link = LinkState::online;
  s.device.sync.store = "Lysvik sentrum";
  s.device.sync.terminal = {2};
  s.device.sync.acknowledged = 20412;
  s.device.sync.last_success = moment.at - std::chrono::minutes(1);
  ShiftView shift;
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

Session staff(Screen screen, Till till = {}) {
  Session s = base();
  s.visit.screen = std::move(screen);
  s.visit.staff = Staff{"7", "Marit", false};
  s.till = std::move(till);
  return s;
}

Sale over(SalePane pane) { return {std::move(pane), {}, 0}; }

Tendering entry(TenderKind kind, std::string amount, std::string reference,
                Field editing = Field::amount) {
  return {kind, editing, std::move(amount), std::move(reference)};
}

Session working(Session s, Write write) {
  s.visit.pending = Pending{{1}, write};
  return s;
}

Session noticed(Session s, flow::Tone tone, const char* code, Kept kept, int count = 0) {
  s.visit.notice = Notice{tone, code, kept, count};
  return s;
}

class Album {
 public:
  void add(std::string name, Session session) {
    all.push_back({std::move(name), std::move(session)});
  }
  std::vector<Look> all;
};

void doors(Album& a) {
  a.add("attract.plain", customer(Attract{}));
  a.add("start.plain", customer(Start{}));
  Session choosing = customer(Start{});
  choosing.visit.choosing_language = true;
  a.add("language.customer", choosing);
  Session at_work = staff(Sale{}, everyday_till());
  at_work.visit.choosing_language = true;
  a.add("language.staff", at_work);
  Session idle = customer(CustomerHome{.customer = ingrid()});
  idle.visit.idle.gone_at = moment.at + std::chrono::seconds(13);
  a.add("idle.warning", idle);
}

void members(Album& a) {
  a.add("identify.empty", customer(Identify{}));
  a.add("identify.typed", customer(Identify{.phone = "912 34 417"}));
  a.add("identify.not-found", customer(Identify{.phone = "+47 912 34 417", .not_found = true}));
  Session busy = customer(Identify{.phone = "912 34 417"});
  busy.visit.asked = {{{1}, Read::customer}};
  a.add("identify.working", busy);
  a.add("home.masked", customer(CustomerHome{.customer = ingrid()}));
  CustomerHome shown{.customer = ingrid(), .privacy = Privacy::shown};
  a.add("home.shown", customer(shown));
  shown.tab = HomeTab::purchases;
  a.add("home.purchases", customer(shown));
  shown.tab = HomeTab::warranties;
  a.add("home.warranties", customer(shown));
  shown.customer = long_name();
  a.add("home.warranties-long", customer(shown));
  shown.tab = HomeTab::points;
  a.add("home.long", customer(shown));
  shown.tab = HomeTab::purchases;
  a.add("home.purchases-long", customer(shown));
  a.add("home.purchases-masked",
        customer(CustomerHome{.customer = ingrid(), .tab = HomeTab::purchases}));
  CustomerHome fresh{.customer = newcomer(), .privacy = Privacy::shown};
  a.add("home.new",
        noticed(customer(fresh), flow::Tone::good, "join.welcome", Kept::nothing_to_keep));
  fresh.tab = HomeTab::purchases;
  a.add("home.no-purchases", customer(fresh));
  fresh.tab = HomeTab::warranties;
  a.add("home.no-warranties", customer(fresh));
  a.add("price.plain", customer(PriceCheck{kettle(), moment.at}));
  a.add("price.weighed", customer(PriceCheck{apples(), moment.at}));
  a.add("price.long", customer(PriceCheck{longest(), moment.at}));
}

void joining(Album& a) {
  a.add("join.empty", customer(Join{}));
  Join join;
  join.name = "Ingrid Haugen";
  Session shifted = customer(join);
  shifted.visit.keys = KeyPage::shifted;
  a.add("join.name", shifted);
  Session digits = customer(join);
  digits.visit.keys = KeyPage::digits;
  a.add("join.digits", digits);
  join.phone = "912 34 417";
  join.membership = true;
  join.editing = Field::phone;
  a.add("join.phone", customer(join));
  a.add("join.working", working(customer(join), Write::enrolment));
  a.add("join.refused", noticed(customer(join), flow::Tone::warning, "join.consent", Kept::form));
  join.name = long_name().profile.name;
  join.editing = Field::name;
  a.add("join.long", customer(join));
  a.add("join.staff", staff(join));
  join.editing = Field::phone;
  a.add("join.staff-phone", staff(join));
}

void warranties(Album& a) {
  WarrantyForm form;
  form.bought = day("2026-11-21");
  a.add("warranty.empty", customer(form));
  form.words = "wash";
  a.add("warranty.nothing", customer(form));
  form.found = {washer()};
  a.add("warranty.one", customer(form));
  form.found = {washer(), longest(), kettle(), washer(), longest(), kettle(), washer(), kettle()};
  a.add("warranty.found", customer(form));
  a.add("warranty.staff-found", staff(form));
  form.page = 1;
  a.add("warranty.list", customer(form));
  form = WarrantyForm{};
  form.bought = day("2026-10-03");
  form.article = washer();
  form.editing = Field::serial;
  a.add("warranty.serial", customer(form));
  a.add("warranty.staff-serial", staff(form));
  form.serial = "NW8-0417731";
  form.customer = ingrid().ref;
  form.page = 1;
  Session mine = customer(form);
  mine.visit.member = ingrid();
  a.add("warranty.ready", mine);
  a.add("warranty.working", working(mine, Write::warranty));
  form.article = longest();
  form.serial = "SN0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  a.add("warranty.long", customer(form));
  a.add("warranty.staff-long", staff(form, everyday_till()));
  WarrantyDone done;
  done.article_name = washer().name;
  done.serial_typed = "NW8-0417731";
  done.cover = makers_cover(day("2026-10-03"), 60);
  done.leaves_at = moment.at;
  a.add("warranty.done", customer(done));
  done.article_name = longest().name;
  a.add("warranty.done-long", customer(done));
  a.add("warranty.done-staff", staff(done));
}

void doors_of_staff(Album& a) {
  a.add("pin.empty", customer(PinEntry{}));
  a.add("pin.typed", customer(PinEntry{.digits = "123456"}));
  Session locked = customer(PinEntry{.digits = "12", .locked = true});
  locked.till = everyday_till();
  locked.till.member.reset();
  a.add("pin.locked", locked);
  a.add("pin.working", working(customer(PinEntry{}), Write::pin));
  a.add("pin.wrong", noticed(locked, flow::Tone::warning, "pin.wrong", Kept::basket, 2));
  Session no_shift = staff(ShiftOpen{});
  no_shift.device.shift.reset();
  a.add("shift.open", no_shift);
  no_shift.visit.screen = ShiftOpen{.counted = "2000.5"};
  a.add("shift.open-typed", working(no_shift, Write::shift_opening));
  a.add("shift.count", staff(ShiftClose{}));
  const ShiftView shift = *base().device.shift;
  a.add("shift.short", staff(ShiftClose{.counted = "14297.50", .shift = shift}));
  a.add("shift.right", staff(ShiftClose{.counted = "14347.50", .shift = shift, .closed = true}));
  ShiftView large = shift;
  large.expected = money(99999999999);
  Session over = staff(ShiftClose{.counted = "1000012345.67", .shift = large});
  over.device.sync.link = LinkState::offline;
  over.device.sync.waiting = 1234;
  a.add("shift.over", over);
}

void sales(Album& a) {
  a.add("sale.empty", staff(Sale{}));
  a.add("sale.everyday", staff(Sale{.pane = Lines{}, .touched = 0}, everyday_till()));
  Till anonymous = everyday_till();
  anonymous.member.reset();
  anonymous.customer = {};
  a.add("sale.anonymous", staff(Sale{.pane = Lines{}, .touched = 3}, anonymous));
  a.add("sale.forty-lines", staff(Sale{.pane = Lines{}, .touched = 39}, forty_lines()));
  Till loading = everyday_till();
  loading.member.reset();
  a.add("sale.member-loading", staff(Sale{}, loading));
  Till fresh = everyday_till();
  fresh.member = newcomer();
  fresh.customer = fresh.member->ref;
  a.add("sale.new-member",
        noticed(staff(Sale{}, fresh), flow::Tone::good, "join.welcome", Kept::nothing_to_keep));
  a.add("sale.search", staff(over(SearchPane{}), everyday_till()));
  a.add("sale.search-none", staff(over(SearchPane{"zzz", {}, 0}), everyday_till()));
  SearchPane found{"kettle", {}, 0};
  for (int i = 0; i < 12; ++i)
    found.found.push_back(i % 4 == 1 ? longest() : i % 3 == 2 ? apples() : kettle());
  a.add("sale.search-found", staff(over(found), everyday_till()));
  a.add("sale.weight", staff(over(WeightPane{apples(), "0.74"}), everyday_till()));
  a.add("sale.quantity", staff(over(QuantityPane{3, "12"}), everyday_till()));
  a.add("sale.customer", staff(over(CustomerPane{.phone = "912 34"}), anonymous));
  a.add("sale.customer-unknown",
        staff(over(CustomerPane{.phone = "912 34 417", .not_found = true}), anonymous));
  a.add("sale.serial", staff(over(SerialPane{0, "KK17-"}), everyday_till()));
  a.add("sale.clear", staff(over(ClearPane{}), everyday_till()));
  Session offline = staff(Sale{}, everyday_till());
  offline.device.sync.link = LinkState::offline;
  offline.device.sync.waiting = 3;
  offline.device.sync.last_success = moment.at - std::chrono::minutes(82);
  a.add("sale.offline", offline);
  a.add("sale.unknown-code",
        noticed(staff(Sale{}, everyday_till()), flow::Tone::warning, "scan.unknown", Kept::basket));
}

void paying(Album& a) {
  a.add("tender.cash", staff(Tendering{}, everyday_till()));
  Till split = everyday_till();
  split.tenders = {{TenderKind::card, money(500000), money(500000), "8802"},
                   {TenderKind::cash, money(50000), money(50000), ""}};
  Session offline = staff(entry(TenderKind::cash, "2200", ""), split);
  offline.device.sync.link = LinkState::offline;
  offline.device.sync.waiting = 3;
  offline.device.sync.last_success = moment.at - std::chrono::minutes(82);
  a.add("tender.split", offline);
  a.add("tender.card", staff(entry(TenderKind::card, "", ""), split));
  a.add("tender.card-reference", staff(entry(TenderKind::card, "", "A81-0042-8802"), split));
  a.add("tender.slip", staff(entry(TenderKind::card, "", "A81-0042", Field::reference), split));
  a.add("tender.large", staff(entry(TenderKind::cash, "4999999.99", ""), forty_lines()));
  Till many = everyday_till();
  for (int i = 0; i < 20; ++i)
    many.tenders.push_back({TenderKind::cash, money(10000), money(10000), ""});
  a.add("tender.twenty", staff(Tendering{}, many));
  a.add("tender.working", working(staff(Tendering{}, everyday_till()), Write::purchase));
  a.add("tender.disk-full", noticed(staff(Tendering{}, split), flow::Tone::error, "disk.full",
                                    Kept::basket_and_payments));
  SaleDone done;
  done.total = money(722661);
  done.change = money(3300);
  done.cash_rounding = money(39);
  done.cash = true;
  done.member = true;
  done.earned = {72200};
  done.balance = Points{200600};
  done.warranties = 1;
  a.add("done.member", staff(done));
  done.receipt = Receipt::printing;
  a.add("done.printing", staff(done));
  done.receipt = Receipt::failed;
  a.add("done.print-failed", noticed(staff(done), flow::Tone::error, "print.failed", Kept::sale));
  SaleDone plain;
  plain.total = money(99999999999);
  plain.change = money(0);
  plain.cash_rounding = money(0);
  a.add("done.card", staff(plain));
}

void lines_to_head_office(Album& a) {
  Session s = staff(SyncStatus{});
  a.add("sync.online", s);
  s.device.sync.waiting = 12;
  s.device.sync.oldest_waiting = moment.at - std::chrono::minutes(4);
  a.add("sync.sending", s);
  s.device.sync.link = LinkState::offline;
  s.device.sync.waiting = 20412;
  s.device.sync.exceptions = 2;
  s.device.sync.last_success = moment.at - std::chrono::hours(30);
  s.device.sync.oldest_waiting = moment.at - std::chrono::hours(30);
  s.device.sync.next_try = moment.at + std::chrono::minutes(4);
  s.device.sync.last_error = Error{Failure::unavailable, "link.down", "", "", ""};
  a.add("sync.offline", s);
  s.device.sync.link = LinkState::refused;
  s.device.sync.last_error = Error{Failure::refused, "sync.unauthorised", "", "", ""};
  a.add("sync.refused", s);
  s.device.sync = {};
  a.add("sync.not-enrolled", s);
  s.device.sync.link = LinkState::never_reached;
  s.device.sync.waiting = 1;
  a.add("sync.never", s);
}

void remarks(Album& a) {
  a.add("notice.attract",
        noticed(customer(Attract{}), flow::Tone::warning, "scan.unknown", Kept::nothing_to_keep));
  a.add("notice.unknown-customer",
        noticed(customer(Identify{.phone = "91234417", .not_found = true}), flow::Tone::warning,
                "customer.unknown", Kept::form));
  a.add("notice.good-over-keyboard",
        noticed(customer(Join{}), flow::Tone::info, "scan.receipt", Kept::form));
  a.add("notice.internal", noticed(staff(Sale{}, everyday_till()), flow::Tone::error,
                                   "failure.internal", Kept::basket));
}

}  // namespace

namespace {

std::vector<CustomerField> demo_fields() {
  CustomerField shoe;
  shoe.key = "shoe_size";
  shoe.labels = {{"", "Shoe size"}, {"nb", "Skostorrelse"}};
  shoe.kind = FieldKind::number;
  CustomerField credit;
  credit.key = "credit";
  credit.labels = {{"", "Credit class"}};
  credit.seen_by = SeenBy::managers;
  CustomerField kind;
  kind.key = "member_kind";
  kind.labels = {{"", "Kind of member"}};
  kind.kind = FieldKind::choice;
  kind.choices = {"Private", "Company", "School"};
  return {shoe, credit, kind};
}

}  // namespace

flow::Context shop_context() {
  flow::Context c;
  c.shop = "Lysvik Elektro";
  c.currency = nok();
  c.cash_step = {100};
  c.calling_code = "+47";
  c.country = "NO";
  c.customer_fields = demo_fields();
  c.has_printer = true;
  c.programme.version = 3;
  c.programme.currency = c.currency;
  c.programme.per_major_unit = {10};
  c.programme.point_value_milli_minor = 10000;
  return c;
}

const std::vector<Look>& looks() {
  static const std::vector<Look> all = [] {
    Album album;
    doors(album);
    members(album);
    add_member_looks([&](std::string name, Session s) { album.add(std::move(name), std::move(s)); },
                     base(), ingrid(), long_name());
    joining(album);
    const auto add = [&](std::string name, Session s) { album.add(std::move(name), std::move(s)); };
    Session boss = staff(Sale{});
    boss.visit.staff->manager = true;
    add_staff_customer_looks(add, staff(Sale{}), boss, ingrid(), long_name());
    add_known_looks(add, base(), staff(Sale{}));
    warranties(album);
    doors_of_staff(album);
    sales(album);
    paying(album);
    lines_to_head_office(album);
    remarks(album);
    return std::move(album.all);
  }();
  return all;
}

std::vector<Look> looks_of(std::string_view screen) {
  std::vector<Look> some;
  for (const Look& look : looks())
    if (look.name.starts_with(screen) && look.name.substr(screen.size()).starts_with('.'))
      some.push_back(look);
  return some;
}

const flow::Session& look(std::string_view name) {
  for (const Look& look : looks())
    if (look.name == name) return look.session;
  throw std::invalid_argument("no look of this name: " + std::string(name));
}

}  // namespace keepsake::test
