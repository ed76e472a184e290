#include <algorithm>

#include "kiosk/flow/question.hpp"
#include "kiosk/flow/sale/figures.hpp"
#include "kiosk/flow/sale/state.hpp"
#include "kiosk/flow/sale/till.hpp"
#include "kiosk/screens/sale/sale_parts.hpp"
#include "kiosk/screens/shared/panes.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/people.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

void found_row(Scene& s, const Rect& at, const Article& article, std::size_t index) {
  const std::string id = "found." + std::to_string(index);
  if (ui::row(s.ui, {.id = id, .at = at, .label = article.name})) s.send(flow::PickArticle{index});
  Rect room = at.inset(s.metrics().pad, 0.6f);
  const std::string price = s.locale().unit_price(article.price, s.context.currency);
  const ui::TextStyle figure{.size = ui::TextSize::heading, .weight = ui::Weight::semibold};
  const float wide = ui::text_width(s.ui, price, figure) + 0.5f;
  ui::text(s.ui, room.take_right(wide, 4), price,
           {.size = figure.size, .weight = figure.weight, .align = ui::Align::right});
  const std::string detail = article.sold_by == SoldBy::weight
                                 ? s.tr("{code}, per kilogram", {{"code", article.code}})
                                 : article.code;
  name_and_detail(s, room,
                  {article.name,
                   detail,
                   {.weight = ui::Weight::semibold},
                   {.size = ui::TextSize::caption, .colour = ui::Token::muted}});
}

void hits(Scene& s, const Rect& at, const flow::SearchPane& pane) {
  if (pane.found.empty()) {
    const bool asked = flow::is_asked<flow::SearchArticles>(s.visit.asked);
    const Rect inside = ui::begin_card(s.ui, at);
    if (asked)
      empty_state(s, inside, ui::Icon::hourglass, s.tr("Searching."));
    else if (pane.words.size() < 2)
      empty_state(s, inside, ui::Icon::search,
                  s.tr("Type at least two letters of the name, or the code."));
    else
      empty_state(s, inside, ui::Icon::search, s.tr("No items found."), s.tr("Try fewer letters."));
    ui::end_card(s.ui);
    return;
  }
  const float row = std::max(s.metrics().target_small + (s.ui.low() ? 1.8f : 4.0f),
                             line(s, ui::TextSize::body) + line(s, ui::TextSize::caption) + 2);
  const std::size_t count = pane.found.size();
  card_list(
      s,
      {.id = "found", .at = at, .count = count + (pane.more ? 1 : 0), .row_mm = row, .empty = {}},
      [&](std::size_t i, const Rect& r) {
        if (i == count) return more_row(s, r, count < flow::articles_most);
        found_row(s, r, pane.found[i], i);
      });
}

}  // namespace

void draw_pane(Scene& s, const flow::SearchPane& pane) {
  const auto& m = s.metrics();
  Rect body =
      staff_frame(s, {.title = s.tr("Find an item"), .detail = {}, .back = s.tr("Back to sale")});
  const float most = s.ui.low() ? body.h : body.h * 0.5f;
  const Rect keys = body.take_bottom(std::min(keyboard_height(s, body.w), most), m.gap);
  field(s,
        {.id = "words",
         .at = body.take_top(m.target, m.gap),
         .label = {},
         .text = pane.words,
         .placeholder = s.tr("Scan, or search for an item"),
         .icon = ui::Icon::search,
         .size = ui::TextSize::heading,
         .active = true},
        flow::Field::search);
  hits(s, body, pane);
  keyboard(s, keys, s.tr("Add"));
}

void draw_pane(Scene& s, const flow::WeightPane& pane) {
  keypad_pane(s, {.title = pane.article.name,
                  .id = "weight",
                  .label = s.tr("Weight in kilograms"),
                  .text = pane.entry.empty() ? std::string() : typed_amount(s.locale(), pane.entry),
                  .placeholder = s.locale().quantity(Quantity{0}),
                  .which = flow::Field::quantity,
                  .submit = s.tr("Add"),
                  .icon = ui::Icon::plus,
                  .error = {}});
}

void draw_pane(Scene& s, const flow::QuantityPane& pane) {
  const auto& lines = s.till.basket.lines;
  if (pane.line >= lines.size()) return;
  const BasketLine& line = lines[pane.line];
  const bool weighed = line.article.sold_by == SoldBy::weight;
  keypad_pane(s, {.title = line.article.name,
                  .id = "quantity",
                  .label = weighed ? s.tr("Weight in kilograms") : s.tr("How many?"),
                  .text = pane.entry.empty() ? std::string() : typed_amount(s.locale(), pane.entry),
                  .placeholder = s.locale().quantity(line.quantity),
                  .which = flow::Field::quantity,
                  .submit = s.tr("OK"),
                  .error = {}});
}

void draw_pane(Scene& s, const flow::CustomerPane& pane) {
  std::vector<ExtraButton> extras = {
      {"pane.by-name", s.tr("Search by name"), ui::Icon::users, flow::OpenPeople{}}};
  if (pane.not_found)
    extras.push_back(
        {"pane.join", s.tr("New member"), ui::Icon::user_plus, flow::Go{flow::Place::join}});
  keypad_pane(s,
              {.title = s.tr("Scan the card, or type the phone number"),
               .id = "phone",
               .label = s.tr("Phone number"),
               .text = pane.phone,
               .placeholder = s.context.calling_code,
               .which = flow::Field::phone,
               .submit = s.tr("Find"),
               .icon = ui::Icon::search,
               .error = pane.not_found ? s.tr("This number is not registered.") : std::string()},
              extras);
}

void draw_pane(Scene& s, const flow::PeoplePane& pane) {
  const Rect body = staff_frame(
      s, {.title = s.tr("Find a customer"), .detail = {}, .back = s.tr("Back to sale")});
  people_search(s, body, pane.search,
                ExtraButton{"pane.join", s.tr("New member"), ui::Icon::user_plus,
                            flow::Go{flow::Place::join}});
}

void draw_pane(Scene& s, const flow::SerialPane& pane) {
  const auto& lines = s.till.basket.lines;
  if (pane.line >= lines.size()) return;
  const ExtraButton button = serial_button(s, s.tr("Start warranty"), pane.refused);
  keyboard_pane(s, {.title = lines[pane.line].article.name,
                    .id = "serial",
                    .label = s.tr("Serial number (S/N)"),
                    .text = pane.serial,
                    .placeholder = s.tr("Scan or type it"),
                    .which = flow::Field::serial,
                    .submit = button.label,
                    .icon = button.icon,
                    .event = button.event});
}

void draw_pane(Scene& s, const flow::ClearPane&) {
  const auto pieces = flow::totals(s.till, s.context).pieces;
  const int chosen = ui::dialog(
      s.ui,
      {.title = s.tr("Clear the basket?"),
       .text = s.trn("{n} item will be removed. Nothing will be charged.",
                     "{n} items will be removed. Nothing will be charged.", pieces),
       .icon = ui::Icon::trash,
       .tone = ui::Tone::bad,
       .choices = {{.id = "clear.keep", .label = s.tr("Keep it"), .kind = ui::ButtonKind::primary},
                   {.id = "clear.ok",
                    .label = s.tr("Clear"),
                    .kind = ui::ButtonKind::danger,
                    .icon = ui::Icon::trash}},
       .escape = 0});
  if (chosen == 0) s.send(flow::Back{});
  if (chosen == 1) s.send(flow::Submit{});
}

}  // namespace keepsake::screens
