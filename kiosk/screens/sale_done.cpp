// The sale is on disk: the change first, then the thanks.
#include <algorithm>

#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/parts.hpp"
#include "kiosk/screens/reasons.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

struct Fact {
  ui::Icon icon;
  ui::Tone tone;
  std::string text;
};

std::vector<Fact> facts_of(const Scene& s, const flow::SaleDone& done) {
  std::vector<Fact> facts;
  if (done.member && done.earned.hundredths > 0)
    facts.push_back({ui::Icon::gift, ui::Tone::soon,
                     s.tr("{points} points earned", {{"points", s.locale().points(done.earned)}})});
  if (done.member && done.balance)
    facts.push_back({ui::Icon::star, ui::Tone::good,
                     s.tr("{points} points now", {{"points", s.locale().points(*done.balance)}})});
  if (const std::string tier = tier_name(s, done.reached); !tier.empty())
    facts.push_back({ui::Icon::bolt, ui::Tone::soon, s.tr("Now {tier}", {{"tier", tier}})});
  if (done.spent.hundredths > 0)
    facts.push_back({ui::Icon::gift, ui::Tone::plain,
                     s.tr("{points} points used", {{"points", s.locale().points(done.spent)}})});
  if (done.saved.minor > 0)
    facts.push_back({ui::Icon::tag, ui::Tone::good,
                     s.tr("{amount} saved", {{"amount", s.locale().amount(done.saved)}})});
  for (const flow::CardLeft& card : done.cards)
    facts.push_back(
        {ui::Icon::card, ui::Tone::plain,
         card.card.empty()
             ? s.tr("{amount} in the wallet", {{"amount", s.locale().amount(card.left)}})
             : s.tr("Card {card}: {amount} on it",
                    {{"card", card_end(card.card)}, {"amount", s.locale().amount(card.left)}})});
  for (const std::string& voucher : done.vouchers)
    facts.push_back(
        {ui::Icon::ticket, ui::Tone::soon, s.tr("Voucher {code}", {{"code", voucher}})});
  if (done.warranties > 0)
    facts.push_back({ui::Icon::shield, ui::Tone::service,
                     s.trn("{n} warranty started", "{n} warranties started", done.warranties)});
  if (done.receipt == flow::Receipt::printed)
    facts.push_back({ui::Icon::print, ui::Tone::good, s.tr("Receipt printed")});
  if (!done.member)
    facts.push_back({ui::Icon::user_plus, ui::Tone::plain, s.tr("No member: no points earned")});
  return facts;
}

void receipt_button(Scene& s, const Rect& at, const flow::SaleDone& done) {
  ui::ButtonState state = ui::ButtonState::ready;
  std::string label = s.tr("Print receipt");
  if (done.receipt == flow::Receipt::printing) state = ui::ButtonState::working;
  if (done.receipt == flow::Receipt::printed) label = s.tr("Print again");
  if (done.receipt == flow::Receipt::failed) label = s.tr("Try to print again");
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

void summary(Scene& s, const Rect& at, const flow::SaleDone& done) {
  Rect room = ui::begin_card(s.ui, at);
  const auto facts = facts_of(s, done);
  const auto count = static_cast<float>(facts.size());
  const float wanted = std::max(11.0f, line(s, ui::TextSize::heading) + 2);
  const float row = std::max(std::min(wanted, (room.h - (count - 1) * 2.5f) / count), 6.0f);
  const float width = room.w;
  room = room.centred(width, std::min(room.h, count * row + (count - 1) * 2.5f + 0.1f));
  for (const Fact& fact : facts) {
    if (room.h < row) break;
    Rect strip = room.take_top(row, 2.5f);
    ui::badge(s.ui, strip.take_left(row, 4), fact.icon, fact.tone);
    ui::text_fit(s.ui, strip, fact.text,
                 {.size = ui::TextSize::heading, .weight = ui::Weight::semibold}, 2);
  }
  ui::end_card(s.ui);
}

}  // namespace

void draw(Scene& s, const flow::SaleDone& done) {
  const auto& m = s.metrics();
  Rect body = staff_frame(s, {.title = s.tr("Sale done"), .detail = who(s), .back = {}});
  Rect row = body.take_bottom(m.target + (s.portrait() ? 14.0f : 4.0f), m.gap + 1);
  receipt_button(s, row.take_left((row.w - m.gap) * 0.34f, m.gap), done);
  s.press({.id = "next",
           .at = row,
           .label = s.tr("Next customer"),
           .kind = ui::ButtonKind::primary,
           .icon_right = ui::Icon::next,
           .state = s.readiness(),
           .size = ui::TextSize::title},
          flow::Submit{});
  if (s.portrait()) body.h = std::min(body.h, 250.0f);
  Rect left = s.portrait() ? body.take_top(body.h * 0.5f, m.gap + 4)
                           : body.take_left(body.w * 0.5f, m.gap + 1);
  Rect room = ui::begin_card(s.ui, left);
  const bool change = done.cash && done.change.minor > 0;
  const std::string title = change ? s.tr("Change") : s.tr("Paid");
  const Money big = change ? done.change : done.total;
  ui::TextStyle number{.size = ui::TextSize::number};
  number.cap_mm = s.portrait() ? 26.0f : 15.0f;
  const float head = line(s, ui::TextSize::title);
  const float figure = ui::line_height(s.ui, number);
  const float foot = line(s, ui::TextSize::body);
  const float rows = done.cash_rounding.minor != 0 ? 2 : 1;
  Rect words = room.centred(room.w, std::min(room.h, head + figure + rows * foot + 2));
  words.x = room.x;
  ui::text(s.ui, words.take_top(head), title,
           {.size = ui::TextSize::title, .colour = ui::Token::muted});
  ui::text_fit(s.ui, words.take_top(figure), s.locale().amount(big), number, 5);
  const ui::TextStyle soft{.colour = ui::Token::muted};
  ui::text_fit(s.ui, words.take_top(foot),
               s.tr("Sale of {amount}", {{"amount", s.locale().money(done.total)}}), soft, 2);
  if (done.cash_rounding.minor != 0 && words.h >= foot - 0.1f)
    ui::text_fit(s.ui, words.take_top(foot),
                 s.tr("rounded to the coins there are: {amount}",
                      {{"amount", s.locale().amount(done.cash_rounding)}}),
                 soft, least_cap(s));
  ui::end_card(s.ui);
  summary(s, body, done);
}

}  // namespace keepsake::screens
