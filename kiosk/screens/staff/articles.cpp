// What the shop sells, with its prices: looked up, changed, added to; and what came of it.
#include <algorithm>
#include <numeric>

#include "kiosk/flow/sale/questions.hpp"
#include "kiosk/flow/staff/article_page.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/panes.hpp"
#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

/// One article, or one thing that was asked of head office, as a row.
struct GoodsRow {
  std::string name;
  std::string detail;
  std::string price;
  ui::Token tone = ui::Token::muted;
};

std::string money(const Scene& s, UnitPrice price) {
  return s.locale().unit_money(price, s.context.currency);
}

/// The reason is told in the list of changes; beside an article it would take its neighbour's room.
enum class Reasons { told, left_out };

/// What head office says to a request; empty: nothing that anybody waits for.
std::string state_words(const Scene& s, const ArticleRequest& request, Reasons reasons) {
  switch (request.state) {
    case RequestState::waiting:
      return s.tr("waiting for head office");
    case RequestState::accepted:
      return s.tr("accepted by head office");
    case RequestState::refused:
      if (reasons == Reasons::left_out) return s.tr("refused by head office");
      if (request.reason.empty()) return s.tr("refused: head office sets this for all stores");
      return s.tr("refused by head office: {reason}", {{"reason", request.reason}});
    case RequestState::overtaken:
      return s.tr("replaced by head office");
    case RequestState::settled:
      break;
  }
  return {};
}

ui::Token tone_of(const ArticleRequest& request) {
  if (request.state == RequestState::refused) return ui::Token::rose;
  return request.state == RequestState::waiting ? ui::Token::amber_ink : ui::Token::muted;
}

std::string joined(std::string first, const std::string& then) {
  if (!first.empty() && !then.empty()) first += " · ";
  return first + then;
}

GoodsRow row_of(const Scene& s, const flow::ArticlePage& page, const Article& article) {
  GoodsRow row{article.name, article.code, money(s, article.price)};
  row.detail = joined(
      row.detail, s.tr("tax {rate}", {{"rate", s.locale().percent_bp(article.tax.basis_points)}}));
  const ArticleRequest* asked = flow::request_about(page, article.code);
  // What was accepted, or is over, is the article's price like any other.
  const bool open = asked != nullptr && (asked->state == RequestState::waiting ||
                                         asked->state == RequestState::refused);
  if (!open) return row;
  row.detail = joined(row.detail, state_words(s, *asked, Reasons::left_out));
  row.tone = tone_of(*asked);
  return row;
}

GoodsRow row_of(const Scene& s, const ArticleRequest& asked) {
  GoodsRow row{asked.name.empty() ? asked.code : asked.name, {}, {}, tone_of(asked)};
  // The figure at the right is what it costs by this; of what came to nothing there is none.
  const bool in_force =
      asked.state != RequestState::refused && asked.state != RequestState::overtaken;
  if (in_force) row.price = money(s, asked.price);
  if (!in_force)
    row.detail = s.tr("asked for {price}", {{"price", money(s, asked.price)}});
  else
    row.detail = asked.former ? s.tr("was {price}", {{"price", money(s, *asked.former)}})
                              : s.tr("new article");
  const std::string state = state_words(s, asked, Reasons::told);
  row.detail = joined(row.detail, state.empty() ? s.moment(asked.at.at) : state);
  return row;
}

NameAndDetail words_of(const GoodsRow& row) {
  return {row.name,
          row.detail,
          {.weight = ui::Weight::semibold},
          {.size = ui::TextSize::caption, .colour = row.tone}};
}

const ui::TextStyle price_style{
    .size = ui::TextSize::heading, .weight = ui::Weight::semibold, .align = ui::Align::right};

float price_width(Scene& s, const std::vector<GoodsRow>& rows) {
  float widest = 0;
  for (const GoodsRow& each : rows)
    widest = std::max(widest, ui::text_width(s.ui, each.price, price_style) + 0.5f);
  return widest;
}

/// `send`: what touching the row of this index means.
template <class Send>
void goods_list(Scene& s, Rect at, const std::vector<GoodsRow>& rows, bool more, bool can_go_on,
                Send send) {
  const float figure = price_width(s, rows);
  const float pads = 2 * s.metrics().pad + 3;
  const float words = ui::row_width(s.ui, at.w) - figure - pads;
  std::vector<float> heights;
  heights.reserve(rows.size() + 1);
  for (const GoodsRow& each : rows)
    heights.push_back(
        std::max(s.metrics().target, name_and_detail_height(s, words, words_of(each)) + 2.5f));
  if (more)
    heights.push_back(std::max(s.metrics().target,
                               line(s, ui::TextSize::body) + line(s, ui::TextSize::caption) + 3));
  at.h = std::min(at.h,
                  std::accumulate(heights.begin(), heights.end(), 2 * s.ui.theme().card_border_mm));
  card_list(
      s, {.id = "goods", .at = at, .count = heights.size(), .row_heights = &heights, .empty = {}},
      [&](std::size_t i, const Rect& row) {
        if (i == rows.size()) return more_row(s, row, can_go_on);
        const std::string id = "goods." + std::to_string(i);
        if (ui::row(s.ui, {.id = id, .at = row, .label = rows[i].name})) send(i);
        Rect room = row.inset(s.metrics().pad, 1);
        ui::text(s.ui, room.take_right(figure, 3), rows[i].price, price_style);
        name_and_detail(s, room, words_of(rows[i]));
      });
}

void nothing_found(Scene& s, const Rect& at, const flow::ArticlePage& page) {
  const Rect inside = ui::begin_card(s.ui, at);
  const bool none = page.searched && page.words.size() >= 2;
  empty_state(s, inside, none ? ui::Icon::question : ui::Icon::barcode,
              none ? s.tr("No match.") : s.tr("Type a name or code, or scan the label."),
              none ? s.tr("Try fewer letters.") : s.tr("The first letters are enough."));
  ui::end_card(s.ui);
}

void goods(Scene& s, const Rect& at, const flow::ArticlePage& page) {
  std::vector<GoodsRow> rows;
  if (!page.found.empty()) {
    for (const Article& each : page.found) rows.push_back(row_of(s, page, each));
    return goods_list(s, at, rows, page.more, page.found.size() < flow::articles_most,
                      [&](std::size_t i) { s.send(flow::OpenArticle{i}); });
  }
  const bool changes = page.words.empty() && page.desk && !page.desk->requests.empty();
  if (!changes) return nothing_found(s, at, page);
  for (const ArticleRequest& each : page.desk->requests) rows.push_back(row_of(s, each));
  goods_list(s, at, rows, false, false, [&](std::size_t i) { s.send(flow::OpenRequest{i}); });
}

void list_page(Scene& s, Rect body, const flow::ArticlePage& page) {
  const auto& m = s.metrics();
  const Rect keys = body.take_bottom(keyboard_height(s, body.w), m.gap);
  // A low display has the label in the box.
  const bool low = s.ui.low();
  const std::string label = s.tr("Name, code or barcode");
  Rect row = body.take_top(low ? m.target : ui::field_height(s.ui, ui::ErrorRoom::no), m.gap);
  const std::string fresh = s.tr("New article");
  const float wide = ui::text_width(s.ui, fresh, {.weight = ui::Weight::semibold}) + 16;
  const Rect side = row.take_right(std::min(wide, row.w * 0.42f), m.gap);
  s.press({.id = "article.new",
           .at = {side.x, side.bottom() - m.target, side.w, m.target},
           .label = fresh,
           .icon = ui::Icon::plus,
           .state = page.desk ? ui::ButtonState::ready : ui::ButtonState::disabled,
           .size = ui::TextSize::body},
          flow::NewArticle{});
  field(s,
        {.id = "words",
         .at = row,
         .label = low ? std::string_view() : std::string_view(label),
         .text = page.words,
         .placeholder = low ? label : s.tr("Or scan the label"),
         .icon = ui::Icon::search,
         .active = !page.form},
        flow::Field::search);
  goods(s, body, page);
  keyboard(s, keys, s.tr("Search"));
}

void text_step(Scene& s, bool code, const std::string& text) {
  keyboard_pane(s, {.title = s.tr("New article"),
                    .id = code ? "article.code" : "article.name",
                    .label = code ? s.tr("Code or barcode") : s.tr("Name"),
                    .text = text,
                    .placeholder = code ? s.tr("Scan or type it") : std::string(),
                    .which = code ? flow::Field::reference : flow::Field::name,
                    .submit = s.tr("Next"),
                    .icon = ui::Icon::next,
                    .sign = code ? ui::Icon::barcode : ui::Icon::pencil});
}

void price_step(Scene& s, const flow::ArticleForm& form) {
  const bool fresh = !form.priced;
  keypad_pane(s, {.title = fresh ? form.name : form.priced->name,
                  .id = "article.price",
                  .label = fresh ? s.tr("Price, tax included")
                                 : s.tr("New price, now {price}",
                                        {{"price", money(s, form.priced->price)}}),
                  .text = form.price.empty() ? std::string() : typed_amount(s.locale(), form.price),
                  .placeholder = s.locale().amount(Money{0, s.context.currency}),
                  .which = flow::Field::amount,
                  .submit = fresh ? s.tr("Next") : s.tr("Save"),
                  .icon = fresh ? ui::Icon::next : ui::Icon::check,
                  .error = {}});
}

/// One of the rates that the shop's articles have; with it the article is saved.
void rate_choice(Scene& s, const std::vector<TaxRate>& rates) {
  const auto& m = s.metrics();
  const int columns = s.ui.look().text == ui::TextScale::large && !s.ui.low() ? 1 : 2;
  const int rows = (static_cast<int>(rates.size()) + columns - 1) / columns;
  const float title = std::max(m.target_small, line(s, ui::TextSize::title));
  const float high = 2 * m.pad + title + m.gap + (m.target + 3 + m.gap) * static_cast<float>(rows);
  Rect room = ui::begin_panel(s.ui, std::min(s.ui.screen().w - 12, 130.0f),
                              std::min(high, s.ui.screen().h - 6));
  pane_title(s, room, s.tr("Which tax rate?"));
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const std::string id = "rate." + std::to_string(i);
    const std::string label = s.locale().percent_bp(rates[i].basis_points);
    s.press({.id = id,
             .at = room.cell(static_cast<int>(i), columns, rows, m.gap),
             .label = label,
             .state = s.readiness()},
            flow::PickTax{i});
  }
  ui::end_panel(s.ui);
}

void tax_step(Scene& s, const flow::ArticlePage& page) {
  if (page.desk && !page.desk->rates.empty()) return rate_choice(s, page.desk->rates);
  keypad_pane(s, {.title = s.tr("Which tax rate?"),
                  .id = "article.tax",
                  .label = s.tr("Percent"),
                  .text = page.form->tax,
                  .placeholder = {},
                  .which = flow::Field::quantity,
                  .submit = s.tr("Save"),
                  .icon = ui::Icon::check,
                  .error = {}});
}

}  // namespace

void draw(Scene& s, const flow::ArticlePage& page) {
  using Step = flow::ArticleForm::Step;
  list_page(s, staff_frame(s, {.title = s.tr("Articles"), .detail = {}, .back = s.tr("Back")}),
            page);
  if (!page.form) return;
  switch (page.form->step) {
    case Step::code:
      return text_step(s, true, page.form->code);
    case Step::name:
      return text_step(s, false, page.form->name);
    case Step::price:
      return price_step(s, *page.form);
    case Step::tax:
      return tax_step(s, page);
  }
}

}  // namespace keepsake::screens
