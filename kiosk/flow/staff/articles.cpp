// Managers look articles up, change their prices and add new ones.
#include <utility>

#include "kiosk/flow/customer/handlers.hpp"
#include "kiosk/flow/figure.hpp"
#include "kiosk/flow/places.hpp"
#include "kiosk/flow/staff/article_page.hpp"
#include "kiosk/flow/staff/handlers.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake::flow {
namespace {

using Step = ArticleForm::Step;

/// A price ten times what it was, or a tenth, is a slip of the finger more often than not.
constexpr std::int64_t unusual_times = 10;

Kept kept_of(const ArticlePage& page) { return page.form ? Kept::form : Kept::nothing_to_keep; }

/// What head office keeps to itself is said before anybody types.
bool allowed(Turn& turn, const ArticlePage& page, bool Allowance::*what) {
  if (!page.desk) return false;
  if (page.desk->alone || page.desk->allowance.*what) return true;
  turn.refuse("catalogue.head-office");
  return false;
}

void open_price(Turn& turn, ArticlePage& page, Article article) {
  if (!allowed(turn, page, &Allowance::prices)) return;
  page.form.emplace();
  page.form->priced = std::move(article);
  page.form->step = Step::price;
}

void open_new(Turn& turn, ArticlePage& page, std::string code) {
  if (page.form || !allowed(turn, page, &Allowance::new_articles)) return;
  page.form.emplace();
  page.form->step = code.empty() ? Step::code : Step::name;
  page.form->code = std::move(code);
  turn.s.visit.keys = KeyPage::letters;
  if (page.form->step == Step::name) capitalise(turn, page.form->name);
}

void search(Turn& turn, ArticlePage& page) {
  page.searched = page.more = false;
  page.found.clear();
  turn.search(page.words);
}

/// What a code that was scanned or typed turned out to be.
void resolved(Turn& turn, ArticlePage& page, const ScanResolved& answer) {
  if (!answer.scanned.ok()) return turn.fail(answer.scanned.error(), kept_of(page));
  if (const auto* article = std::get_if<Article>(&*answer.scanned)) {
    if (page.form) return turn.refuse("article.exists", Kept::form);
    return open_price(turn, page, *article);
  }
  if (!std::holds_alternative<std::monostate>(*answer.scanned))
    return turn.refuse("scan.not-here", kept_of(page));
  if (!page.form) return open_new(turn, page, answer.text);
  if (page.form->priced || page.form->step != Step::code) return;
  page.form->code = answer.text;
  page.form->step = Step::name;
  turn.s.visit.keys = KeyPage::letters;
  capitalise(turn, page.form->name);
}

void look_up(Turn& turn, const ArticlePage& page, std::string_view text) {
  const std::string code = tidied(text);
  if (code.empty()) return turn.refuse("text.missing", Kept::form);
  if (!scannable(code)) return turn.refuse("text.characters", kept_of(page));
  if (!turn.asked<ResolveScan>()) turn.resolve(code);
}

bool is_unusual(const ArticleForm& form, Money entered) {
  if (entered.minor == 0) return false;  // which is none at all
  if (!form.priced) return is_much_paid_in(entered);
  const std::int64_t before = form.priced->price.milli_minor;
  const std::int64_t after = UnitPrice::from_minor(entered.minor).milli_minor;
  return before > 0 && (after / unusual_times >= before || before / unusual_times >= after);
}

void submit_price(Turn& turn, ArticlePage& page, const Submit& how) {
  ArticleForm& form = *page.form;
  const auto entered = entered_amount(form.price, turn.ctx.currency);
  const bool unusual = entered && is_unusual(form, *entered);
  if (!counts(turn, how, form.price, unusual, Codes::none)) return;
  if (!entered) return turn.refuse("money.syntax", Kept::form);
  if (entered->minor == 0) return turn.refuse("price.zero", Kept::form);
  const UnitPrice price = UnitPrice::from_minor(entered->minor);
  if (!form.priced) {
    form.step = Step::tax;
    return;
  }
  if (form.priced->price == price) return turn.refuse("price.same", Kept::form);
  turn.ask(ChangePrice{form.priced->code, price});
}

void add(Turn& turn, const ArticleForm& form, TaxRate tax) {
  const auto price = entered_amount(form.price, turn.ctx.currency);
  if (!price) return turn.refuse("money.syntax", Kept::form);
  Article article;
  article.code = form.code;
  article.name = tidied(form.name);
  article.price = UnitPrice::from_minor(price->minor);
  article.tax = tax;
  if (const auto ok = check(article); !ok.ok()) return turn.fail(ok.error(), Kept::form);
  turn.ask(AddArticle{std::move(article)});
}

/// "25" and "7.75" percent; nothing: no rate.
std::optional<TaxRate> rate_in(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  const auto percent = parse_quantity(text);
  if (!percent.ok() || percent->thousandths < 0 || percent->thousandths > 100'000 ||
      percent->thousandths % 10 != 0)
    return std::nullopt;
  return TaxRate{static_cast<std::int32_t>(percent->thousandths / 10)};
}

void submit_tax(Turn& turn, const ArticlePage& page, ArticleForm& form, const Submit& how) {
  if (page.desk && !page.desk->rates.empty()) return;  // one of them is touched
  if (!counts(turn, how, form.tax, false, Codes::none)) return;
  const auto rate = rate_in(form.tax);
  rate ? add(turn, form, *rate) : turn.refuse("tax.syntax", Kept::form);
}

void submit(Turn& turn, ArticlePage& page, const Submit& how) {
  if (!page.form) {
    if (page.found.size() == 1) return open_price(turn, page, Article(page.found.front()));
    if (page.found.empty() && !page.words.empty()) look_up(turn, page, page.words);
    return;
  }
  ArticleForm& form = *page.form;
  switch (form.step) {
    case Step::code:
      return look_up(turn, page, form.code);
    case Step::name:
      if (tidied(form.name).empty()) return turn.refuse("text.missing", Kept::form);
      form.step = Step::price;
      return;
    case Step::price:
      return submit_price(turn, page, how);
    case Step::tax:
      return submit_tax(turn, page, form, how);
  }
}

void changed(Turn& turn, ArticlePage& page, const ArticleChanged& answer) {
  if (!answer.outcome.ok()) {
    turn.fail(answer.outcome.error(), Kept::form);
    if (answer.outcome.error().code == "article.unknown") page.form.reset();  // gone meanwhile
    turn.ask(LoadCatalogue{});
    return;
  }
  page.form.reset();
  search(turn, page);
  turn.ask(LoadCatalogue{});
  turn.emit(Sync{});
  turn.notify(Tone::good, page.desk && !page.desk->alone ? "request.sent" : "profile.saved");
  turn.play(Sound::good);
}

void typed(Turn& turn, ArticlePage& page, const Event& event) {
  const Editing now = editing(turn.s.visit.screen);
  if (now.text == nullptr) return;
  if (const auto* type = get_if<Type>(&event)) {
    if (type_into(*now.text, now.field, type->utf8) != Typed::taken)
      return turn.refuse("field.full", kept_of(page));
  } else if (holds_alternative<Erase>(event)) {
    erase_last(*now.text);
  } else {
    now.text->clear();
  }
  if (now.field == Field::search) search(turn, page);
  if (now.field == Field::name) capitalise(turn, *now.text);
}

void scanned(Turn& turn, const ArticlePage& page, const std::string& text) {
  const bool takes_codes = !page.form || page.form->step == Step::code;
  if (!takes_codes) return turn.refuse("scan.not-here", Kept::form);
  if (turn.asked<ResolveScan>()) return turn.refuse("scan.waiting", kept_of(page));
  turn.resolve(text);
}

/// Out of the last step first.
void back(Turn& turn, ArticlePage& page) {
  if (!page.form) return turn.staff_home();
  if (page.form->priced || page.form->step == Step::code)
    page.form.reset();
  else
    page.form->step = static_cast<Step>(static_cast<int>(page.form->step) - 1);
}

void found(Turn& turn, ArticlePage& page, const ArticlesFound& answer) {
  if (!answer.articles.ok()) return turn.fail(answer.articles.error(), kept_of(page));
  page.found = *answer.articles;
  page.more = answer.more;
  page.searched = true;
}

}  // namespace

void to_articles(Turn& turn) {
  if (!turn.s.visit.staff->manager) return turn.staff_home();
  turn.leave_to(ArticlePage{});
  turn.s.visit.keys = KeyPage::letters;
  turn.ask(LoadCatalogue{});
}

void on(Turn& turn, ArticlePage& page, const Event& event) {
  handle(
      event,
      [&](const CatalogueLoaded& answer) {
        if (!answer.desk.ok()) return turn.fail(answer.desk.error(), kept_of(page));
        page.desk = *answer.desk;
      },
      [&](const ArticlesFound& answer) { found(turn, page, answer); },
      [&](const ArticleChanged& answer) { changed(turn, page, answer); },
      [&](const ScanResolved& answer) { resolved(turn, page, answer); },
      [&](const OpenArticle& open) {
        if (!page.form && open.index < page.found.size())
          open_price(turn, page, Article(page.found[open.index]));
      },
      [&](const OpenRequest& open) {
        if (!page.form && page.desk && open.index < page.desk->requests.size())
          look_up(turn, page, page.desk->requests[open.index].code);
      },
      [&](const NewArticle&) { open_new(turn, page, {}); },
      [&](const PickTax& pick) {
        if (page.form && page.form->step == Step::tax && page.desk &&
            pick.index < page.desk->rates.size())
          add(turn, *page.form, page.desk->rates[pick.index]);
      },
      [&](const ShowMore&) {
        if (!page.form && page.more && page.found.size() < articles_most)
          turn.search(page.words, page.found.size() + articles_shown);
      },
      [&](const Type&) { typed(turn, page, event); },
      [&](const Erase&) { typed(turn, page, event); },
      [&](const ClearField&) { typed(turn, page, event); },
      [&](const Submit& how) { submit(turn, page, how); },
      [&](const Scan& scan) { scanned(turn, page, scan.text); },
      [&](const Back&) { back(turn, page); }, [&](const Go& go) { go_to(turn, go.place); });
}

}  // namespace keepsake::flow
