#include "tests/kiosk/screens/fixtures_staff.hpp"

#include "kiosk/flow/question.hpp"

namespace keepsake::test {

using namespace flow;
using namespace made;

namespace {

ArticleRequest asked_for(const char* code, const char* name, std::int64_t minor,
                         RequestState state) {
  ArticleRequest asked;
  asked.code = code;
  asked.name = name;
  asked.price = UnitPrice::from_minor(minor);
  asked.former = UnitPrice::from_minor(minor - 1000);
  asked.state = state;
  asked.staff = "marit";
  asked.at = moment;
  return asked;
}

CatalogueDesk busy_desk() {
  CatalogueDesk desk;
  desk.alone = false;
  desk.rates = {{0}, {1200}, {1500}, {2500}};
  desk.requests = {asked_for("KET-01", "Kettle", 49900, RequestState::waiting),
                   asked_for("MUG-01", "Mug", 4990, RequestState::refused),
                   asked_for("LMP-01", "Lamp", 29900, RequestState::accepted),
                   asked_for("CUP-01", "Cup", 3990, RequestState::overtaken),
                   asked_for("BWL-01", "Bowl", 5990, RequestState::refused),
                   asked_for("JUG-01", "Jug", 12990, RequestState::refused)};
  desk.requests[4].reason = "The campaign runs until Sunday in every store of the region";
  desk.requests[1].reason = "Price of the chain";
  desk.requests[2].former.reset();
  return desk;
}

Article goods(const char* code, const std::string& name, std::int64_t minor) {
  Article article;
  article.code = code;
  article.name = name;
  article.price = UnitPrice::from_minor(minor);
  article.tax = {2500};
  return article;
}

void add_article_looks(const AddLook& add, const Session& manager) {
  const auto with = [&](const ArticlePage& page) {
    Session s = manager;
    s.visit.screen = page;
    return s;
  };
  ArticlePage page;
  add("articles.loading", with(page));
  page.desk.emplace();
  add("articles.empty", with(page));
  page.desk->rates = {{2500}};
  page.desk->requests = {asked_for("KET-01", "Kettle", 49900, RequestState::settled)};
  add("articles.alone", with(page));
  page.desk = busy_desk();
  add("articles.changes", with(page));
  page.words = "ke";
  page.searched = true;
  add("articles.none", with(page));
  page.found = {
      goods("KET-01", "Kettle", 49900), goods("MUG-01", "Mug", 4990),
      goods("WW-1", long_name().profile.name + " " + long_name().profile.name, 12'345'600),
      goods("LMP-01", "Lamp", 29900)};
  page.more = true;
  add("articles.found", with(page));
  add("articles.kept",
      noticed(with(page), Tone::warning, "catalogue.head-office", Kept::nothing_to_keep));
  page.form.emplace();
  page.form->priced = page.found.front();
  page.form->step = ArticleForm::Step::price;
  add("articles.price", with(page));
  page.form->price = "549.5";
  add("articles.price-typed", with(page));
  add("articles.price-working", working(with(page), question_id<ChangePrice>));
  add("articles.price-unusual",
      noticed(with(page), Tone::question, "figure.much", Kept::nothing_to_keep));
  page.form->priced = page.found[2];
  add("articles.price-long", with(page));
  page.form = ArticleForm{};
  add("articles.code", with(page));
  page.form->code = "7038010055720";
  add("articles.code-taken", noticed(with(page), Tone::warning, "article.exists", Kept::form));
  page.form->step = ArticleForm::Step::name;
  page.form->name = "Candle";
  add("articles.name", with(page));
  page.form->step = ArticleForm::Step::price;
  page.form->price = "49";
  add("articles.new-price", with(page));
  page.form->step = ArticleForm::Step::tax;
  add("articles.tax", with(page));
  page.desk->rates.clear();
  page.form->tax = "25";
  add("articles.tax-typed", with(page));
}

ExceptionView open_exception(const char* code, ExceptionSubject subject, Seq seq) {
  ExceptionView exception;
  exception.name = {FactId::make({seq}, {1'204'711}, {1}, seq), code};
  exception.subject = subject;
  exception.at = moment;
  return exception;
}

std::vector<ExceptionView> open_exceptions() {
  std::vector<ExceptionView> all{
      open_exception("points.short", ExceptionSubject::event, 9),
      open_exception("wallet.short", ExceptionSubject::purchase, 8),
      open_exception("return.beyond-sold", ExceptionSubject::returned, 7),
      open_exception("warranty.disputed", ExceptionSubject::warranty, 6),
      open_exception("gift-card.short", ExceptionSubject::purchase, 5),
      open_exception("points.shortfall", ExceptionSubject::returned, 4),
      open_exception("fact.quarantined", ExceptionSubject::other, 3),
      open_exception("leases.of-tomorrow", ExceptionSubject::other, 2)};
  const Currency nok = *Currency::parse("NOK");
  for (const std::size_t n : {0, 1, 2, 5}) all[n].customer = all[n].owner = long_name().ref;
  all[0].lacking = Points{1'234'550};
  all[1].lacking = Money{1'234'567'00, nok};
  all[1].amount = Money{2'345'678'00, nok};
  all[2].amount = Money{129'00, nok};
  all[2].times = 3;
  all[3].what = "Washing machine Nordlys 9000 with a long name";
  all[4].lacking = Money{30'00, nok};
  all[4].amount = Money{40'00, nok};
  all[5].lacking = Points{550};
  return all;
}

void add_exception_looks(const AddLook& add, const Session& manager) {
  const auto with = [&](const ExceptionPage& page) {
    Session s = manager;
    s.visit.screen = page;
    return s;
  };
  ExceptionPage page;
  add("exceptions.loading", with(page));
  page.loaded = true;
  add("exceptions.none", with(page));
  page.open = open_exceptions();
  add("exceptions.list", with(page));
  add("exceptions.done", noticed(with(page), Tone::good, "exception.done", Kept::nothing_to_keep));
  for (std::size_t n = 0; n < page.open.size(); ++n) {
    page.chosen = n;
    add("exceptions.one-" + std::to_string(n), with(page));
  }
  page.chosen = 1;
  page.asking = Decision::debt;
  add("exceptions.debt", with(page));
  page.asking = Decision::absorb;
  add("exceptions.absorb", with(page));
  page.chosen = 3;
  page.asking = Decision::noted;
  add("exceptions.noted", with(page));
}

}  // namespace

void add_staff_looks(const AddLook& add, const Session& manager) {
  const auto with = [&](Screen screen) {
    Session s = manager;
    s.visit.screen = std::move(screen);
    return s;
  };
  add("staff.more", with(over(MorePane{})));
  Session busy = with(over(MorePane{}));
  busy.till = everyday_till();
  busy.device.held = {{"1", moment, "Marit", "Kettle", 1, money(49900)}};
  busy.device.sync.exceptions = 12;
  add("staff.more-in-sale", busy);
  const std::string long_one = long_name().profile.name;
  StaffList list;
  add("staff.loading", with(list));
  list.loaded = true;
  list.staff = {{{"marit", "Marit Moe", true}, true},
                {{"ola", "Ola", false}, true},
                {{"olena", "Олена Коваль", false}, false},
                {{"wordy", long_one, true}, false}};
  add("staff.list", with(list));
  StaffList many = list;
  for (int i = 0; i < 12; ++i)
    many.staff.push_back(
        {{"eva-" + std::to_string(i), "Eva Lie " + std::to_string(i), false}, i != 3});
  add("staff.many", with(many));
  list.form.emplace();
  Session fresh = with(list);
  fresh.visit.keys = KeyPage::shifted;
  add("staff.new", fresh);
  list.form->name = "Kari Nordmann";
  add("staff.named", with(list));
  list.form->pin = NewPin{.entry = "471"};
  add("staff.new-pin", with(list));
  list.form->pin = NewPin{.entry = "47", .first = "4711"};
  add("staff.new-pin-again", with(list));
  add("staff.pin-taken", noticed(with(list), Tone::warning, "pin.taken", Kept::nothing_to_keep));
  list.form = StaffForm{.id = "ola", .name = "Ola"};
  add("staff.one", with(list));
  add("staff.working", working(with(list), question_id<ChangeStaff>));
  list.form->removing = true;
  add("staff.removing", with(list));
  list.form->name = long_one;
  add("staff.removing-long", with(list));
  list.form = StaffForm{.id = "wordy", .name = long_one, .manager = true};
  add("staff.long", with(list));
  add("staff.last-manager",
      noticed(with(list), Tone::warning, "staff.last-manager", Kept::nothing_to_keep));
  add_article_looks(add, manager);
  add_exception_looks(add, manager);
  add("programme.rules", with(ProgrammePage{}));
}

}  // namespace keepsake::test
