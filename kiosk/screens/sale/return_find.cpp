// Which purchase goods come back from: scan the receipt, type its number, or choose it.
#include <algorithm>

#include "kiosk/flow/sale/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/panes.hpp"
#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

void purchase_row(Scene& s, const Rect& at, const PurchaseSummary& purchase, std::size_t index) {
  const std::string detail =
      s.tr("{time}, receipt {number}",
           {{"time", s.moment(purchase.at.at)}, {"number", std::to_string(purchase.id.seq())}});
  if (basket_row(s, at,
                 {"purchase." + std::to_string(index), purchase.first_article, purchase.pieces - 1,
                  purchase.total, detail}))
    s.send(flow::PickPurchase{index});
}

void purchases(Scene& s, const Rect& at, const flow::ReturnFind& find) {
  if (!find.recent.empty())
    return card_list(s,
                     {.id = "purchases",
                      .at = at,
                      .count = find.recent.size(),
                      .row_mm = two_lines(s),
                      .empty = {}},
                     [&](std::size_t i, const Rect& r) { purchase_row(s, r, find.recent[i], i); });
  const Rect inside = ui::begin_card(s.ui, at);
  if (find.list == flow::ReturnFind::List::asked)
    empty_state(s, inside, ui::Icon::hourglass, s.tr("Searching."));
  else if (find.list == flow::ReturnFind::List::failed)
    empty_state(s, inside, ui::Icon::warning, s.tr("The purchases could not be loaded."),
                s.tr("Scan the receipt, or type its number."));
  else if (!find.customer.nobody())
    empty_state(s, inside, ui::Icon::receipt, s.tr("This member has bought nothing here yet."),
                s.tr("Scan the receipt, or type its number."));
  else
    empty_state(s, inside, ui::Icon::receipt, s.tr("No sales here yet."),
                s.tr("Scan the receipt, or type its number."));
  ui::end_card(s.ui);
}

void number(Scene& s, Rect room, const flow::ReturnFind& find) {
  field(s,
        {.id = "receipt",
         .at = room.take_top(ui::field_height(s.ui, ui::ErrorRoom::no), s.metrics().gap),
         .label = s.tr("Receipt number"),
         .text = find.number,
         .placeholder = {},
         .align = ui::Align::right,
         .size = ui::TextSize::title,
         .active = true},
        flow::Field::receipt);
  s.press({.id = "submit",
           .at = room.take_bottom(s.metrics().target + 2, s.metrics().gap),
           .label = s.tr("Open"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::search,
           .state = s.readiness()},
          flow::Submit{});
  keypad(s, room, flow::Field::receipt);
}

}  // namespace

void draw(Scene& s, const flow::ReturnFind& find) {
  const auto& m = s.metrics();
  Rect body =
      staff_frame(s, {.title = s.tr("Return items"), .detail = {}, .back = s.tr("Back to sale")});
  const float wide = std::max(s.ui.low() ? 54.0f : 84.0f, keypad_width(s));
  Rect side;
  if (s.portrait()) {
    side = body.take_bottom(std::min(body.h * 0.5f, 170.0f), m.gap + 3);
    side = side.centred(std::min(side.w, 150.0f), side.h);
  } else {
    side = body.take_right(std::min(wide, body.w * 0.42f), m.gap + 2);
  }
  const std::string words = find.customer.nobody()
                                ? s.tr("Scan the receipt, or choose the purchase.")
                                : s.tr("The member's purchases. You can also scan the receipt.");
  const float head =
      std::max(m.target_small,
               ui::paragraph_height(s.ui, body.w - 8, words, {.size = ui::TextSize::heading}));
  icon_line(s, body.take_top(head, m.gap), ui::Icon::qr, words,
            {.size = ui::TextSize::heading, .weight = ui::Weight::semibold});
  purchases(s, body, find);
  number(s, side, find);
}

}  // namespace keepsake::screens
