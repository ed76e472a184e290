#include "kiosk/screens/shared/done_page.hpp"

#include <algorithm>

#include "kiosk/flow/sale/done.hpp"
#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

void receipt_button(Scene& s, const Rect& at, flow::Receipt receipt) {
  ui::ButtonState state = ui::ButtonState::ready;
  std::string label = s.tr("Print receipt");
  if (receipt == flow::Receipt::printing) state = ui::ButtonState::working;
  if (receipt == flow::Receipt::printed) label = s.tr("Print again");
  if (receipt == flow::Receipt::failed) label = s.tr("Try printing again");
  std::string reason;
  if (!s.context.has_printer) {
    state = ui::ButtonState::disabled;
    reason = s.tr("No printer is set up");
  }
  s.press({.id = "receipt",
           .at = at,
           .label = label,
           .icon = ui::Icon::print,
           .state = state,
           .reason = reason,
           .size = ui::TextSize::body},
          flow::PrintReceipt{});
}

void summary(Scene& s, const Rect& at, const std::vector<Outcome>& outcomes) {
  Rect room = ui::begin_card(s.ui, at);
  const auto count = static_cast<float>(outcomes.size());
  const float wanted = std::max(11.0f, line(s, ui::TextSize::heading) + 2);
  const float row = std::max(std::min(wanted, (room.h - (count - 1) * 2.5f) / count), 6.0f);
  const float width = room.w;
  room = room.centred(width, std::min(room.h, count * row + (count - 1) * 2.5f + 0.1f));
  for (const Outcome& outcome : outcomes) {
    if (room.h < row) break;
    Rect strip = room.take_top(row, 2.5f);
    ui::badge(s.ui, strip.take_left(row, 4), outcome.icon, outcome.tone);
    // A sentence takes two lines before it becomes small.
    ui::paragraph_fit(s.ui, strip, outcome.text,
                      {.size = ui::TextSize::heading,
                       .weight = ui::Weight::semibold,
                       .valign = ui::VAlign::middle},
                      least_cap(s));
  }
  ui::end_card(s.ui);
}

void figure(Scene& s, const Rect& at, const DonePage& page) {
  Rect room = ui::begin_card(s.ui, at);
  ui::TextStyle number{.size = ui::TextSize::number};
  number.cap_mm = s.portrait() ? 26.0f : 15.0f;
  const float head = line(s, ui::TextSize::title);
  const float high = ui::line_height(s.ui, number);
  const float foot = line(s, ui::TextSize::body);
  const auto rows = static_cast<float>(page.under.size());
  Rect words = room.centred(room.w, std::min(room.h, head + high + rows * foot + 2));
  words.x = room.x;
  ui::text_fit(s.ui, words.take_top(head), page.over,
               {.size = ui::TextSize::title, .colour = ui::Token::muted}, least_cap(s));
  ui::figure(s.ui, words.take_top(high), page.figure, number);
  for (const std::string& under : page.under)
    if (words.h >= foot - 0.1f)
      ui::text_fit(s.ui, words.take_top(foot), under, {.colour = ui::Token::muted}, least_cap(s));
  ui::end_card(s.ui);
}

}  // namespace

void draw_done(Scene& s, const DonePage& page) {
  const auto& m = s.metrics();
  Rect body = staff_frame(s, {.title = page.title, .detail = who(s), .back = {}});
  Rect row = body.take_bottom(m.target + (s.portrait() ? 14.0f : 4.0f), m.gap + 1);
  receipt_button(s, row.take_left((row.w - m.gap) * 0.34f, m.gap), page.receipt);
  s.press({.id = "next",
           .at = row,
           .label = page.next,
           .kind = ui::ButtonKind::primary,
           .icon_right = ui::Icon::next,
           .state = s.readiness(),
           .size = ui::TextSize::title},
          flow::Submit{});
  if (s.portrait()) body.h = std::min(body.h, 250.0f);
  figure(s,
         s.portrait() ? body.take_top(body.h * 0.5f, m.gap + 4)
                      : body.take_left(body.w * 0.5f, m.gap + 1),
         page);
  std::vector<Outcome> outcomes = page.outcomes;
  if (page.receipt == flow::Receipt::printed)
    outcomes.push_back({ui::Icon::print, ui::Tone::good, s.tr("Receipt printed")});
  summary(s, body, outcomes);
}

}  // namespace keepsake::screens
