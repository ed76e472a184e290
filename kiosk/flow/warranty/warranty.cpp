#include "storage/domain/warranty/warranty.hpp"

#include <algorithm>
#include <cassert>

#include "kiosk/flow/customer/handlers.hpp"
#include "kiosk/flow/places.hpp"
#include "kiosk/flow/sale/handlers.hpp"
#include "kiosk/flow/shared/timing.hpp"
#include "kiosk/flow/warranty/handlers.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake::flow {
namespace {

/// The shop keeps receipts ten years at most; a cover older than that is over.
constexpr int years_back = 10;

void pick(Turn& turn, WarrantyForm& form, const Article& article) {
  if (!takes_serial(article, statutory_of(turn.ctx)))
    return turn.refuse("warranty.none", Kept::form);
  turn.forget<SearchArticles>();
  form.article = article;
  form.words.clear();
  form.found.clear();
  form.more = false;
  form.page = 0;
  form.editing = Field::serial;
}

WarrantyForm another_article(const WarrantyForm& form) {
  WarrantyForm fresh;
  fresh.customer = form.customer;
  fresh.bought = form.bought;
  return fresh;
}

void step_date(Turn& turn, WarrantyForm& form, const StepDate& step) {
  using std::chrono::years;
  const Date today = turn.now.date();
  const int by = std::clamp(step.by, -31, 31);
  Date next = form.bought;
  switch (step.unit) {
    case DateUnit::day:
      next = from_days(to_days(next) + by);
      break;
    case DateUnit::month:
      next = add_months(next, by);
      break;
    case DateUnit::year:
      next = add_months(next, 12 * by);
      break;
  }
  form.bought = std::clamp(next, add_months(today, -12 * years_back), today);
}

void scan(Turn& turn, WarrantyForm& form, const std::string& text) {
  if (!form.article) return turn.resolve(text);
  // Boxes carry both codes side by side; the wrong one is the commonest mistake.
  if (is_code_of(text, *form.article)) return turn.refuse("warranty.article-code", Kept::form);
  const auto serial = normalise_serial(text);
  if (!serial.ok()) return turn.fail(serial.error(), Kept::form);
  form.serial = text;
  form.refused = false;
}

void scanned(Turn& turn, WarrantyForm& form, const ScanResolved& answer) {
  if (!answer.scanned.ok()) return turn.fail(answer.scanned.error(), Kept::form);
  std::visit(Overloaded{
                 [&](const Article& article) {
                   if (!form.article) pick(turn, form, article);
                 },
                 [&](const CustomerView& member) {
                   form.customer = member.ref;
                   if (turn.s.visit.staff) {
                     attach(turn, member, by_card(answer.text));
                   } else {
                     turn.s.visit.member = member;
                     turn.s.visit.recognised = by_card(answer.text);
                   }
                   turn.notify(Tone::good, "warranty.for-member", Kept::form);
                 },
                 [&](const ReceiptScanned&) { turn.refuse("scan.not-here", Kept::form); },
                 [&](const GiftCardView&) { turn.refuse("scan.not-here", Kept::form); },
                 [&](const CodeScanned&) { turn.refuse("scan.not-here", Kept::form); },
                 [&](const ItemsScanned& found) { show_items(turn, found.items, Kept::form); },
                 [&](std::monostate) { turn.refuse("scan.unknown", Kept::form); },
             },
             *answer.scanned);
}

/// What no article is called may be an item: staff find it by whatever they have of it.
void look_up(Turn& turn, const WarrantyForm& form) {
  if (tidied(form.words).empty()) return turn.refuse("warranty.article", Kept::form);
  if (turn.s.visit.staff) {
    if (!turn.asked<FindItems>()) turn.ask(FindItems{form.words});
  } else if (scannable(form.words)) {
    turn.resolve(form.words);
  } else {
    turn.refuse("warranty.article", Kept::form);
  }
}

void put_down(Turn& turn, WarrantyForm& form, Plate plate) {
  const auto read = read_plate(form.article->cover.serials, form.serial, plate);
  if (!read) return refuse_serial(turn, read.error(), form.refused, Kept::form);
  WarrantyRegistration fact;
  fact.article = form.article->code;
  fact.article_name = form.article->name;
  fact.maker = form.article->maker;
  fact.serial = read->serial;
  fact.unfit = read->unfit;
  fact.serial_typed = form.serial;
  fact.covers = covers_of(*form.article, form.bought, statutory_of(turn.ctx));
  fact.customer = form.customer;
  fact.staff = turn.s.visit.staff ? turn.s.visit.staff->id : std::string();
  fact.at = turn.now;
  if (const auto ok = check(fact); !ok.ok()) return turn.fail(ok.error(), Kept::form);
  turn.ask(RecordFact{std::move(fact)});
}

void submit(Turn& turn, WarrantyForm& form) {
  if (form.article) return put_down(turn, form, Plate::by_rule);
  if (form.found.size() == 1) return pick(turn, form, Article(form.found.front()));
  if (form.found.size() > 1)
    return turn.notify(Tone::info, "warranty.choose", Kept::form,
                       static_cast<int>(form.found.size()));
  look_up(turn, form);
}

void stands_so(Turn& turn, WarrantyForm& form) {
  if (!form.article || !form.refused || !turn.s.visit.staff) return;
  if (!turn.s.visit.staff->manager) return turn.refuse("serial.managers", Kept::form);
  put_down(turn, form, Plate::as_it_is);
}

void registered(Turn& turn, const WarrantyForm& form, const Recorded& answer) {
  if (!answer.id.ok()) return turn.fail(answer.id.error(), Kept::form);
  assert(form.article);  // the form stood still while it was written
  WarrantyDone done{*answer.id, form.article->name, form.serial, *cover_of(form, turn.ctx),
                    turn.now.at + turn.patient(done_stays)};
  if (answer.member && turn.s.visit.member && answer.member->ref == turn.s.visit.member->ref)
    turn.s.visit.member = answer.member;
  turn.play(Sound::good);
  const Article article = *form.article;
  const auto read = read_plate(article.cover.serials, form.serial, Plate::as_it_is);
  turn.leave_to(std::move(done));
  if (read) say_unproven(turn, article, read->serial, Kept::form);
}

void back(Turn& turn, WarrantyForm& form) {
  if (form.article) {
    form = another_article(form);
    return;
  }
  if (turn.s.visit.staff) return turn.staff_home();
  turn.customer_home();
}

void typed(Turn& turn, WarrantyForm& form, const std::string& utf8) {
  form.refused = false;
  std::string& text = form.article ? form.serial : form.words;
  if (type_into(text, form.article ? Field::serial : Field::search, utf8) != Typed::taken)
    return turn.refuse("field.full", Kept::form);
  if (!form.article) turn.search(form.words);
}

void shortened(Turn& turn, WarrantyForm& form) {
  form.refused = false;
  if (form.article) return;
  form.found.clear();
  form.page = 0;
  turn.search(form.words);
}

}  // namespace

void refuse_serial(Turn& turn, const Error& error, bool& refused, Kept kept) {
  refused = is_of_rule(error);
  turn.fail(error, kept);
}

void say_unproven(Turn& turn, const Article& article, const std::string& serial, Kept kept) {
  if (is_unproven(article.cover.serials, serial)) turn.notify(Tone::info, "serial.unproven", kept);
}

std::optional<Cover> cover_of(const WarrantyForm& form, const Context& context) {
  if (!form.article) return std::nullopt;
  const Covers covers = covers_of(*form.article, form.bought, statutory_of(context));
  return covers.empty() ? std::nullopt : std::optional(covers.front().dates);
}

void on(Turn& turn, WarrantyForm& form, const Event& event) {
  handle(
      event, [&](const Type& t) { typed(turn, form, t.utf8); },
      [&](const Erase&) {
        erase_last(form.article ? form.serial : form.words);
        shortened(turn, form);
      },
      [&](const ClearField&) {
        (form.article ? form.serial : form.words).clear();
        shortened(turn, form);
      },
      [&](const ArticlesFound& answer) {
        if (form.article) return;
        if (!answer.articles.ok()) return turn.fail(answer.articles.error(), Kept::form);
        form.found = *answer.articles;
        form.more = answer.more;
        form.page = 0;
      },
      [&](const ItemsFound& answer) {
        if (!answer.items.ok()) return turn.fail(answer.items.error(), Kept::form);
        show_items(turn, *answer.items, Kept::form);
      },
      [&](const ShowMore&) {
        if (!form.article && form.more && form.found.size() < articles_most)
          turn.search(form.words, form.found.size() + articles_shown);
      },
      [&](const PickArticle& picked) {
        if (!form.article && picked.index < form.found.size())
          pick(turn, form, Article(form.found[picked.index]));
      },
      [&](const DropArticle&) { form = another_article(form); },
      [&](const ShowPage& show) { form.page = std::max(0, show.page); },
      [&](const StepDate& step) { step_date(turn, form, step); },
      [&](const BoughtToday&) { form.bought = turn.now.date(); },
      [&](const Submit&) { submit(turn, form); }, [&](const StandsSo&) { stands_so(turn, form); },
      [&](const Recorded& answer) { registered(turn, form, answer); },
      [&](const Scan& s) { scan(turn, form, s.text); },
      [&](const ScanResolved& answer) { scanned(turn, form, answer); },
      [&](const Back&) { back(turn, form); }, [&](const Go& go) { go_to(turn, go.place); });
}

void on(Turn& turn, WarrantyDone&, const Event& event) {
  const auto home = [&] { turn.s.visit.staff ? turn.staff_home() : turn.customer_home(); };
  handle(
      event, [&](const Submit&) { home(); }, [&](const Back&) { home(); },
      [&](const Go& go) { go_to(turn, go.place); },
      [&](const Scan& s) {
        if (turn.s.visit.staff) return turn.refuse("scan.not-here");
        turn.resolve(s.text);
      },
      [&](const ScanResolved& answer) { on_customer_scan(turn, answer); });
}

}  // namespace keepsake::flow
