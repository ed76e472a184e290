#include "tests/kiosk/screens/fixtures.hpp"

#include <stdexcept>

#include "kiosk/flow/question.hpp"
#include "tests/kiosk/screens/fixtures_customer.hpp"
#include "tests/kiosk/screens/fixtures_data.hpp"
#include "tests/kiosk/screens/fixtures_return.hpp"
#include "tests/kiosk/screens/fixtures_sale.hpp"
#include "tests/kiosk/screens/fixtures_staff.hpp"
#include "tests/support/covers.hpp"

namespace keepsake::test {
namespace {

using namespace flow;
using namespace made;

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
  a.add("identify.points", customer(Identify{.phone = "+47 912 34 417", .points = Points{128400}}));
  a.add("identify.pending", customer(Identify{.phone = "+47 912 34 417",
                                              .points = Points{128400},
                                              .pending = {Points{4000}, day("2026-12-05")}}));
  a.add("identify.none", customer(Identify{.phone = "+47 912 34 417", .points = Points{}}));
  a.add("identify.pin",
        customer(Identify{.phone = "+47 912 34 417", .points = Points{128400}, .pin = "471"}));
  Session busy = customer(Identify{.phone = "912 34 417"});
  busy.visit.asked = {{{1}, question_id<FindPoints>}};
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
  a.add("home.remark", noticed(customer(CustomerHome{.customer = ingrid()}), flow::Tone::info,
                               "scan.gift-card", Kept::nothing_to_keep));
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
  Session others = customer(join);
  others.visit.keys = KeyPage::accents;
  a.add("join.accents", others);
  others = staff(join);
  others.visit.keys = KeyPage::accents_shifted;
  a.add("join.accents-staff", others);
  join.phone = "912 34 417";
  join.membership = true;
  join.editing = Field::phone;
  a.add("join.phone", customer(join));
  Join own = join;
  for (const auto& [name, field, keys] : {std::tuple("choice", "custom.member_kind", Field::value),
                                          std::tuple("number", "custom.shoe_size", Field::quantity),
                                          std::tuple("text", "custom.credit", Field::value),
                                          std::tuple("day", "custom.credit", Field::day)}) {
    own.asking_own = FieldEntry{field, std::nullopt, keys == Field::day ? "197912" : "42", keys};
    a.add("join.own-" + std::string(name), customer(own));
    a.add("join.own-staff-" + std::string(name), staff(own));
  }
  a.add("join.working", working(customer(join), question_id<Enrol>));
  a.add("join.refused", noticed(customer(join), flow::Tone::warning, "join.consent", Kept::form));
  Join brought = join;
  brought.asking_referrer = true;
  a.add("join.referrer-asked", customer(brought));
  a.add("join.referrer-asked-staff", staff(brought));
  brought.referrer = "+380 67 123 45 67";
  a.add("join.referrer-typed", customer(brought));
  a.add("join.referrer-unknown",
        noticed(customer(brought), flow::Tone::warning, "referrer.unknown", Kept::form));
  brought.asking_referrer = false;
  a.add("join.referred", customer(brought));
  a.add("join.referred-staff", staff(brought));
  brought.referrer.clear();
  brought.referrer_card = "KC4417123456789113";
  a.add("join.referred-card", customer(brought));
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
  a.add("warranty.working", working(mine, question_id<RecordFact>));
  form.article = longest();
  form.serial = "SN0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  a.add("warranty.long", customer(form));
  a.add("warranty.staff-long", staff(form, everyday_till()));
  WarrantyDone done;
  done.article_name = washer().name;
  done.serial_typed = "NW8-0417731";
  done.cover = test::covered(day("2026-10-03"), 60).front().dates;
  done.leaves_at = moment.at;
  a.add("warranty.done", customer(done));
  done.article_name = longest().name;
  a.add("warranty.done-long", customer(done));
  a.add("warranty.done-staff", staff(done));
}

ItemSeen washer_seen() {
  ItemSeen seen;
  ItemView& item = seen.item;
  item.id = {FactId::make({1}, {7}, {1}, 1284), 0};
  item.article = washer().code;
  item.article_name = washer().name;
  item.maker = washer().maker;
  item.serial = "NW80417731";
  item.serial_typed = "NW8-0417731";
  const StatutoryCover law{"NO", {5, PeriodUnit::year}, "Sale of goods act"};
  CoverTerms terms = terms_of({24, PeriodUnit::month});
  terms.covered = "Parts and labour, at home";
  item.covers = covers_from(day("2025-01-14"), terms, &law);
  item.owner = ingrid().ref;
  item.purchase = item.id.registration;
  item.at = days_ago(676);
  item.history = {{ItemEvent::Kind::sold, item.at}};
  seen.owner = "Ingrid H.";
  return seen;
}

void items(Album& a) {
  ItemSeen washer = washer_seen();
  a.add("item.staff", staff(ItemPage{{washer}, 0}));
  ItemSeen hard = washer;
  hard.item.article_name = longest().name;
  hard.item.serial_typed = "SN0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  hard.item.covers[0].usage = {100'000, "km"};
  hard.item.starts = CoverStart::installation;
  hard.item.disputed = true;
  hard.item.history = {{ItemEvent::Kind::disputed, days_ago(3)},
                       {ItemEvent::Kind::begun, days_ago(600), CoverStart::delivery},
                       {ItemEvent::Kind::returned, days_ago(700)},
                       {ItemEvent::Kind::registered, days_ago(900)}};
  a.add("item.hard", staff(ItemPage{{hard}, 0}));
  ItemSeen back = washer;
  back.item.returned = true;
  back.owner.clear();
  a.add("item.returned", staff(ItemPage{{back}, 0}));
  ItemSeen chair = washer;
  chair.item.serial.clear();
  chair.item.serial_typed.clear();
  a.add("item.several", staff(ItemPage{{washer, hard, back, chair, washer, hard}, {}}));
  washer.own = true;
  Session mine = customer(ItemPage{{washer}, 0});
  mine.visit.member = ingrid();
  a.add("item.own", mine);
  ItemSeen others = washer;
  others.own = false;
  others.item.purchase.reset();
  others.item.owner = {};
  a.add("item.others", customer(ItemPage{{others}, 0}));
  a.add("item.found", customer(ItemPage{{others, hard}, {}}));
}

void doors_of_staff(Album& a) {
  a.add("pin.empty", customer(PinEntry{}));
  a.add("pin.typed", customer(PinEntry{.digits = "123456"}));
  Session locked = customer(PinEntry{.digits = "12", .locked = true});
  locked.till = everyday_till();
  locked.till.member.reset();
  a.add("pin.locked", locked);
  a.add("pin.working", working(customer(PinEntry{}), question_id<CheckPin>));
  a.add("pin.wrong", noticed(locked, flow::Tone::warning, "pin.wrong", Kept::basket, 2));
  Session no_shift = staff(ShiftOpen{});
  no_shift.device.shift.reset();
  a.add("shift.open", no_shift);
  no_shift.visit.screen = ShiftOpen{.counted = "2000.5"};
  a.add("shift.open-typed", working(no_shift, question_id<RecordFact>));
  a.add("shift.count", staff(ShiftClose{}));
  const ShiftView shift = *base().device.shift;
  a.add("shift.short", staff(ShiftClose{.counted = "14297.50", .shift = shift}));
  a.add("shift.right", staff(ShiftClose{.counted = "14347.50", .shift = shift, .closed = true}));
  ShiftView large = shift;
  large.expected = money(99999999999);
  Session over = staff(ShiftClose{.counted = "1000012345.67", .shift = large});
  over.device.sync.link = LinkState::offline;
  over.device.sync.waiting = 1234;
  over.device.sync.last_success = moment.at - std::chrono::hours(30);
  over.device.sync.last_error = Error{Failure::unavailable, "link.down", "", "", ""};
  a.add("shift.over", over);
  Session part = staff(ShiftClose{.counted = "14347.50", .shift = shift});
  get<ShiftClose>(part.visit.screen).shift->exceptions = 2;
  part.device.sync.waiting = 38;
  part.device.sync.acknowledged -= 38;
  part.device.sync.oldest_waiting = moment.at - std::chrono::minutes(4);
  a.add("shift.sending", part);
}

void lines_to_head_office(Album& a) {
  Session s = staff(SyncStatus{});
  a.add("sync.online", s);
  Session arriving = s;
  arriving.device.sync.arriving_percent = 62;
  a.add("sync.arriving", arriving);
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
  Session copied = s;
  copied.device.sync.mirror.copies = {{2, {1'000'002}, 20'412, moment.at, ""},
                                      {11, {1'000'011}, 20'398, moment.at, "link.down"}};
  copied.device.sync.mirror.kept = {{3, {1'000'003}, 1'214, 0, 0}};
  a.add("sync.copies", copied);
  s.device.sync.link = LinkState::refused;
  s.device.sync.last_error = Error{Failure::refused, "sync.unauthorised", "", "", ""};
  a.add("sync.refused", s);
  Session untidy = s;
  untidy.device.chores.trouble = Error{Failure::busy, "erase.readers", "", "", ""};
  a.add("sync.untidy", untidy);
  untidy.device.sync.last_error.reset();
  untidy.device.chores.trouble = Error{Failure::refused, "clock.ahead", "", "", ""};
  untidy.visit.staff->manager = true;
  a.add("sync.clock", untidy);
  s.device.sync = {};
  a.add("sync.not-enrolled", s);
  s.device.sync.link = LinkState::never_reached;
  s.device.sync.waiting = 1;
  a.add("sync.never", s);
}

void remarks(Album& a) {
  a.add("notice.attract",
        noticed(customer(Attract{}), flow::Tone::warning, "scan.unknown", Kept::nothing_to_keep));
  a.add("notice.unknown-customer", noticed(customer(Identify{.phone = "91234417"}),
                                           flow::Tone::warning, "customer.unknown", Kept::form));
  a.add("notice.good-over-keyboard",
        noticed(customer(Join{}), flow::Tone::info, "scan.receipt", Kept::form));
  a.add("notice.internal", noticed(staff(Sale{}, everyday_till()), flow::Tone::error,
                                   "failure.internal", Kept::basket));
}

}  // namespace

const std::vector<Look>& looks() {
  static const std::vector<Look> all = [] {
    Album album;
    doors(album);
    members(album);
    const auto add = [&](std::string name, Session s) { album.add(std::move(name), std::move(s)); };
    add_member_looks(add, base(), ingrid(), long_name());
    joining(album);
    Session boss = staff(Sale{});
    boss.visit.staff->manager = true;
    add_staff_customer_looks(add, staff(Sale{}), boss, ingrid(), long_name());
    add_staff_looks(add, boss);
    add_known_looks(add, base(), staff(Sale{}));
    warranties(album);
    items(album);
    doors_of_staff(album);
    add_sale_looks(add);
    add_tender_looks(add);
    add_figure_looks(add);
    add_return_looks(add);
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
