// The sale: basket left, customer and cues right, one total, one Pay.
#include <algorithm>

#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/parts.hpp"
#include "kiosk/screens/sale_parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

/// A field in looks, a button in deed: touching it, or typing anywhere, opens the search.
void search_row(Scene& s, Rect row, const flow::Sale& sale) {
  const auto& m = s.metrics();
  const bool bare = std::holds_alternative<flow::Lines>(sale.pane);
  const auto wide = [&](const std::string& label) {
    return ui::text_width(s.ui, label, {.weight = ui::Weight::semibold}) + 14;
  };
  const std::string warranty = s.tr("Warranty");
  s.press({.id = "warranty",
           .at = row.take_right(wide(warranty), m.gap * 0.8f),
           .label = warranty,
           .icon = ui::Icon::shield,
           .size = ui::TextSize::body},
          flow::Go{flow::Place::warranty});
  if (!s.session.till.empty()) {
    const std::string clear = s.tr("Clear");
    s.press({.id = "clear",
             .at = row.take_right(wide(clear), m.gap),
             .label = clear,
             .icon = ui::Icon::trash,
             .size = ui::TextSize::body},
            flow::OpenClear{});
  } else {
    const std::string close = s.tr("Close shift");
    s.press({.id = "close-shift",
             .at = row.take_right(wide(close), m.gap),
             .label = close,
             .icon = ui::Icon::balance,
             .size = ui::TextSize::body},
            flow::Go{flow::Place::shift_close});
  }
  s.press({.id = "search",
           .at = row,
           .label = s.tr("Scan, or search article"),
           .icon = ui::Icon::barcode,
           .align = ui::Align::left,
           .size = ui::TextSize::body,
           .role = ui::Role::field},
          flow::OpenSearch{});
  if (!bare) return;
  for (const auto& event : s.ui.keys())
    if (const auto* typed = std::get_if<input::Typed>(&event)) s.send(flow::Type{typed->text});
}

void pay_row(Scene& s, Rect row) {
  const bool empty = s.session.till.basket.lines.empty();
  const bool paying = !s.session.till.tenders.empty();
  s.press({.id = "pay",
           .at = row,
           .label = paying ? s.tr("Go on paying") : s.tr("Pay"),
           .kind = ui::ButtonKind::primary,
           .icon_right = ui::Icon::next,
           .state = empty ? ui::ButtonState::disabled : s.readiness(),
           .size = ui::TextSize::title},
          flow::Go{flow::Place::tender});
}

void landscape(Scene& s, Rect body, const flow::Sale& sale) {
  const auto& m = s.metrics();
  Rect right = body.take_right(body.w * 0.365f, m.gap + 0.6f);
  search_row(s, body.take_top(m.target - 1, m.gap), sale);
  draw_basket(s, body, sale);
  pay_row(s, right.take_bottom(m.target + 3.6f, m.gap));
  const float high = right.h * (s.session.till.customer.nobody() ? 0.36f : 0.44f);
  draw_customer(s, right.take_top(high, m.gap));
  draw_totals(s, right);
}

void portrait(Scene& s, Rect body, const flow::Sale& sale) {
  const auto& m = s.metrics();
  search_row(s, body.take_top(m.target + 2, m.gap), sale);
  pay_row(s, body.take_bottom(m.target + 12, m.gap + 1));
  Rect foot = body.take_bottom(86, m.gap + 1);
  draw_customer(s, foot.column(0, 2, m.gap + 1));
  draw_totals(s, foot.column(1, 2, m.gap + 1));
  draw_basket(s, body, sale);
}

}  // namespace

void draw(Scene& s, const flow::Sale& sale) {
  if (const auto* pane = std::get_if<flow::SearchPane>(&sale.pane)) return draw_pane(s, *pane);
  const Rect body = staff_frame(s, {.title = s.tr("Sale"), .detail = who(s), .back = {}});
  s.portrait() ? portrait(s, body, sale) : landscape(s, body, sale);
  std::visit([&](const auto& pane) { draw_pane(s, pane); }, sale.pane);
}

}  // namespace keepsake::screens
