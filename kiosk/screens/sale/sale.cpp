// The sale: basket left, customer and cues right, one total, one Pay.
#include <algorithm>
#include <vector>

#include "kiosk/flow/sale/quoting.hpp"
#include "kiosk/flow/sale/state.hpp"
#include "kiosk/flow/sale/till.hpp"
#include "kiosk/flow/shared/device.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/sale/sale_parts.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "storage/domain/loyalty/active_programme.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

/// A field in looks, a button in deed: touching it, or typing anywhere, opens the search.
void search_box(Scene& s, const Rect& at) {
  const float cap = ui::cap_height(s.ui, {});
  const std::string words = s.tr("Scan, or search for an item");
  const float radius = std::min(s.metrics().button_radius, at.h * 0.28f);
  const auto touch = s.ui.interact({.id = "search",
                                    .label = words,
                                    .rect = at,
                                    .role = ui::Role::field,
                                    .fore = ui::Token::muted,
                                    .ground = ui::Token::surface,
                                    .border = ui::Token::control,
                                    .radius_mm = radius});
  const ui::Token ground = touch.held ? ui::Token::sunk : ui::Token::surface;
  s.ui.fill(at, ground, radius);
  s.ui.border(at, ui::Token::control, radius, s.ui.theme().control_border_mm);
  s.ui.push_ground(ground);
  icon_line(s, at.inset(cap * 1.3f, 0), ui::Icon::barcode, words, {.colour = ui::Token::muted});
  s.ui.pop_ground();
  if (touch.activated) s.send(flow::OpenSearch{});
}

struct Tool {
  std::string_view id;
  std::string label;
  ui::Icon icon;
  flow::Touch event;
};

void search_row(Scene& s, Rect row, const flow::Sale& sale) {
  const auto& m = s.metrics();
  const bool bare = holds_alternative<flow::Lines>(sale.pane);
  const bool nothing = s.till.basket.lines.empty();
  const auto held = static_cast<std::int64_t>(s.device.held.size());
  std::vector<Tool> tools;
  tools.push_back({"more", s.tr("More"), ui::Icon::list, flow::OpenMore{}});
  if (!nothing)
    tools.push_back({"hold", s.tr("Hold"), ui::Icon::pause, flow::HoldSale{}});
  else if (held > 0)
    tools.push_back({"held", s.trn("{n} on hold", "{n} on hold", held), ui::Icon::pause,
                     flow::OpenHeldSales{}});
  const auto wide = [&](const Tool& tool) {
    return ui::text_width(s.ui, tool.label, {.weight = ui::Weight::semibold}) + 14;
  };
  // The search keeps its words; the buttons' give way.
  const float search =
      ui::text_width(s.ui, s.tr("Scan, or search for an item"), {}) + 5 * ui::cap_height(s.ui, {});
  float words = search;
  for (const Tool& tool : tools) words += wide(tool) + m.gap;
  const bool signs = words > row.w;
  for (const Tool& tool : tools)
    s.press({.id = tool.id,
             .at = row.take_right(signs ? row.h * 1.2f : wide(tool), m.gap),
             .label = tool.label,
             .icon = tool.icon,
             .icon_only = signs,
             .size = ui::TextSize::body},
            tool.event);
  search_box(s, row);
  if (!bare) return;
  for (const auto& event : s.ui.keys())
    if (const auto* typed = get_if<input::Typed>(&event)) s.send(flow::Type{typed->text});
}

/// As wide as its word needs beside the sign; paying keeps the larger part.
float redeem_width(Scene& s, float row_w) {
  const ui::TextStyle style{.weight = ui::Weight::semibold};
  const float cap = ui::cap_height(s.ui, style);
  const float needed = ui::text_width(s.ui, s.tr("Redeem"), style) + 5 * cap;
  return std::clamp(needed, row_w * 0.36f, row_w * 0.5f);
}

void pay_row(Scene& s, Rect row) {
  const bool hand_over = flow::hands_over(s.till);
  const bool empty = s.till.basket.lines.empty() && !hand_over;
  const bool paying = !s.till.tenders.empty();
  if (!s.programme().rules.rewards.empty())
    s.press({.id = "redeem",
             .at = row.take_left(redeem_width(s, row.w), s.metrics().gap),
             .label = s.tr("Redeem"),
             .icon = ui::Icon::gift,
             .size = ui::TextSize::body},
            flow::OpenRewards{});
  s.press({.id = "pay",
           .at = row,
           .label = hand_over ? s.tr("Hand over")
                    : paying  ? s.tr("Continue payment")
                              : s.tr("Pay"),
           .kind = ui::ButtonKind::primary,
           .icon_right = ui::Icon::next,
           .state = empty ? ui::ButtonState::disabled : s.readiness(),
           .size = ui::TextSize::title},
          flow::Go{flow::Place::tender});
}

void landscape(Scene& s, Rect body, const flow::Sale& sale) {
  const auto& m = s.metrics();
  const bool large = s.ui.look().text == ui::TextScale::large;
  const float share = s.ui.low() && !large ? 0.34f : 0.365f;
  Rect right = body.take_right(body.w * share, m.gap + 0.6f);
  search_row(s, body.take_top(m.target - 1, m.gap), sale);
  draw_basket(s, body, sale);
  pay_row(s, right.take_bottom(m.target + 3.6f, m.gap));
  draw_customer(s, right, totals_height(s, right.w));
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

namespace {

bool has_figure(const auto&) { return false; }
bool has_figure(const flow::WeightPane&) { return true; }
bool has_figure(const flow::QuantityPane&) { return true; }
bool has_figure(const flow::CustomerPane&) { return true; }
bool has_figure(const flow::GiftCardPane& pane) { return pane.checked && !pane.asking; }

}  // namespace

void draw(Scene& s, const flow::Sale& sale) {
  if (const auto* pane = get_if<flow::SearchPane>(&sale.pane)) return draw_pane(s, *pane);
  if (const auto* pane = get_if<flow::PeoplePane>(&sale.pane)) return draw_pane(s, *pane);
  s.pane_asks = visit([](const auto& pane) { return has_figure(pane); }, sale.pane);
  const Rect body = staff_frame(s, {.title = s.tr("Sale"), .detail = who(s), .back = {}});
  s.portrait() ? portrait(s, body, sale) : landscape(s, body, sale);
  // One question at a time: what went wrong is read first, then the pane is there again.
  const bool asked = s.pane_asks && s.visit.notice && s.visit.notice->tone == flow::Tone::question;
  if (s.visit.notice && !s.notice_said && !asked) return;
  visit([&](const auto& pane) { draw_pane(s, pane); }, sale.pane);
}

}  // namespace keepsake::screens
