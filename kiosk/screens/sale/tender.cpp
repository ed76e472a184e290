// Paying: what is due and taken at the left, the amount in the middle, how and what next at the
// right. The change is known before the money is taken.
#include <algorithm>

#include "kiosk/flow/sale/figures.hpp"
#include "kiosk/flow/sale/state.hpp"
#include "kiosk/flow/sale/till.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/sync_status.hpp"
#include "kiosk/screens/shared/tenders.hpp"
#include "storage/domain/loyalty/active_programme.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

std::string name_of(const Scene& s, const Tender& tender) {
  if (tender.kind == TenderKind::points) return s.tr("Points");
  if (tender.kind == TenderKind::wallet) return s.tr("Wallet");
  if (tender.kind == TenderKind::gift_card)
    return s.tr("Gift card {card}", {{"card", card_end(tender.reference)}});
  if (tender.kind != TenderKind::card) return s.tr("Cash");
  return s.tr("Card {reference}", {{"reference", card_end(tender.reference)}});
}

void due(Scene& s, Rect& room, const flow::TenderFigures& f) {
  ui::text(
      s.ui, room.take_top(line(s, ui::TextSize::heading)), s.tr("To pay"),
      {.size = ui::TextSize::heading, .weight = ui::Weight::semibold, .colour = ui::Token::muted});
  ui::TextStyle number{.size = ui::TextSize::number};
  number.cap_mm = s.portrait() ? 14.0f : 8.8f;
  ui::figure(s.ui, room.take_top(ui::line_height(s.ui, number) * 0.95f, s.metrics().gap),
             s.locale().amount(f.total), number);
}

/// The amount comes first; the word has what is left, on two lines if need be.
void word_and_amount(Scene& s, Rect row, const std::string& word, const ui::TextStyle& style,
                     Money money) {
  const std::string amount = s.locale().amount(money);
  ui::TextStyle figure{.size = ui::TextSize::title, .align = ui::Align::right};
  figure.cap_mm = least_cap(s);
  const float least = ui::text_width(s.ui, amount, figure) + 0.5f;
  figure.cap_mm = 0;
  const float most = std::clamp(row.w - least - 3, row.w * 0.3f, row.w * 0.65f);
  const float wide = std::min(ui::text_width(s.ui, word, style) + 0.5f, most);
  ui::paragraph_fit(s.ui, row.take_left(wide, 3), word, style, least_cap(s));
  ui::figure(s.ui, row, amount, figure);
}

float taken_height(const Scene& s, std::size_t tenders) {
  const auto n = static_cast<float>(std::max<std::size_t>(tenders, 1));
  return n * (s.metrics().target_small + 3) + line(s, ui::TextSize::title) + 2 +
         2 * s.metrics().pad;
}

/// What was paid so far, each to be taken back, and what is left.
void taken(Scene& s, const Rect& at, const flow::TenderFigures& f) {
  const auto& tenders = s.till.tenders;
  Rect room = ui::begin_card(s.ui, at);
  Rect left = room.take_bottom(line(s, ui::TextSize::title), 2);
  const ui::TextStyle figure{.weight = ui::Weight::semibold, .align = ui::Align::right};
  const float size = s.metrics().target_small;
  const float row_h = size + 3;
  const auto fits = static_cast<std::size_t>(std::max(1.0f, room.h / row_h));
  // The newest payments are the ones to take back; twenty would not fit.
  const std::size_t first = tenders.size() > fits ? tenders.size() - fits : 0;
  for (std::size_t i = first; i < tenders.size(); ++i) {
    Rect row = room.take_top(row_h);
    row.h = size;
    const std::string id = "tender.remove." + std::to_string(i);
    s.press({.id = id,
             .at = row.take_right(size, 3),
             .label = s.tr("Remove"),
             .kind = ui::ButtonKind::sunk,
             .icon = ui::Icon::undo,
             .icon_only = true},
            flow::RemoveTender{i});
    const std::string amount = "\u2212" + s.locale().amount(tenders[i].amount);
    // The name needs some room, too: a long amount becomes smaller.
    const float most = std::max(row.w * 0.55f, row.w - 30);
    const float wide = std::min(ui::text_width(s.ui, amount, figure) + 0.5f, most);
    ui::figure(s.ui, row.take_right(wide, 2), amount, figure);
    Rect words = row;
    const Rect sign = words.take_left(5, 2);
    s.ui.icon(icon_of(tenders[i].kind), sign.centre_x(), sign.centre_y(), 4, ui::Token::ink);
    ui::paragraph_fit(s.ui, words, name_of(s, tenders[i]), {}, least_cap(s));
  }
  if (tenders.empty())
    ui::text(s.ui, room, s.tr("Nothing paid yet"), {.colour = ui::Token::muted});
  else
    ui::hairline(s.ui, left.x, left.y - 1, left.w);
  const std::string word = s.tr("Left to pay");
  word_and_amount(s, left, word, {.size = ui::TextSize::heading}, f.left);
  ui::end_card(s.ui);
}

/// What the customer gets for it, where there is room to say so.
void earning(Scene& s, Rect room) {
  const flow::Till& till = s.till;
  if (till.customer.nobody() || s.programme().programme.version == 0) return;
  const auto& m = s.metrics();
  const float side = line(s, ui::TextSize::heading) + line(s, ui::TextSize::caption);
  const std::string points = "+ " + s.locale().points_words(flow::totals(till, s.context).points);
  const std::string name = till.member && !till.member->profile.name.empty()
                               ? till.member->profile.name
                               : s.tr("Member");
  const NameAndDetail words{name,
                            points,
                            {.size = ui::TextSize::heading},
                            {.weight = ui::Weight::semibold, .colour = ui::Token::amber_ink}};
  const float beside = room.w - 2 * m.pad - side - 4;
  const float high = 2 * m.pad + std::max(side, name_and_detail_height(s, beside, words));
  if (room.h < high) return;
  Rect inside = ui::begin_card(s.ui, room.take_top(high));
  ui::badge(s.ui, inside.take_left(side, 4).centred(side, side), ui::Icon::gift, ui::Tone::soon);
  name_and_detail(s, inside, words);
  ui::end_card(s.ui);
}

void amount_field(Scene& s, const Rect& at, const flow::Tendering& t,
                  const flow::TenderFigures& f) {
  field(s,
        {.id = "amount",
         .at = at,
         .label = s.tr("Amount"),
         .text = t.amount.empty() ? std::string() : typed_amount(s.locale(), t.amount),
         .placeholder = s.locale().amount(f.entered),
         .align = ui::Align::right,
         .size = ui::TextSize::title,
         .active = t.editing == flow::Field::amount},
        flow::Field::amount);
}

/// "2 200": notes have no minor units to read.
std::string round_amount(const Scene& s, Money money) {
  const std::int64_t major = money.currency.minor_per_major();
  return money.minor % major == 0 ? s.locale().number(money.minor / major)
                                  : s.locale().amount(money);
}

/// In a row; where the keys leave a column beside them, one below the other.
void quick_amounts(Scene& s, const Rect& at, const flow::TenderFigures& f) {
  for (std::size_t i = 0; i < f.quick.size() && i < 3; ++i) {
    const std::string id = "quick." + std::to_string(i);
    s.press({.id = id,
             .at = s.ui.low() ? at.row(static_cast<int>(i), 3, s.metrics().gap)
                              : at.column(static_cast<int>(i), 3, s.metrics().gap),
             .label = round_amount(s, f.quick[i])},
            flow::QuickAmount{f.quick[i]});
  }
}

/// What there is to pay with, and what it costs.
void paid_in(Scene& s, const Rect& at, const flow::Tendering& t, const flow::TenderFigures& f) {
  const flow::Till& till = s.till;
  std::string words;
  if (t.kind == TenderKind::points)
    words = s.tr("costs {points}", {{"points", s.locale().points_words(f.cost)}});
  else if (till.state)
    words = s.tr("{amount} in the wallet",
                 {{"amount", s.locale().amount({till.state->wallet_minor, s.context.currency})}});
  ui::paragraph_fit(
      s.ui, at, words,
      {.weight = ui::Weight::semibold, .colour = ui::Token::amber_ink, .align = ui::Align::centre},
      least_cap(s));
}

std::string card_words(Scene& s, const GiftCardView& card) {
  const std::string balance = s.locale().amount(card.balance);
  if (card.offline && *card.offline != card.balance)
    return s.tr("Card {card}: offline {amount} of {balance}",
                {{"card", card_end(card.card)},
                 {"amount", s.locale().amount(*card.offline)},
                 {"balance", balance}});
  return s.tr("Card {card}: balance {amount}",
              {{"card", card_end(card.card)}, {"amount", balance}});
}

void gift_card_button(Scene& s, const Rect& at, const flow::Tendering& t) {
  s.press(
      {.id = "reference",
       .at = at,
       .label = t.card ? card_words(s, *t.card) : s.tr("Scan the gift card, or type its number"),
       .kind = t.card ? ui::ButtonKind::chosen : ui::ButtonKind::quiet,
       .icon = ui::Icon::barcode,
       .size = ui::TextSize::body},
      flow::Edit{flow::Field::reference});
}

/// What belongs to the way of paying: the notes a customer is likely to hold, the card's reference.
void beside_keys(Scene& s, const Rect& foot, const flow::Tendering& t,
                 const flow::TenderFigures& f) {
  if (t.kind == TenderKind::cash) {
    quick_amounts(s, foot, f);
  } else if (t.kind == TenderKind::points || t.kind == TenderKind::wallet) {
    paid_in(s, foot, t, f);
  } else if (t.kind == TenderKind::gift_card) {
    gift_card_button(s, foot, t);
  } else {
    s.press(
        {.id = "reference",
         .at = foot,
         .label = t.reference.empty() ? s.tr("Type the slip reference")
                                      : s.tr("Reference {reference}", {{"reference", t.reference}}),
         .kind = t.reference.empty() ? ui::ButtonKind::quiet : ui::ButtonKind::chosen,
         .icon = ui::Icon::pencil,
         .size = ui::TextSize::body},
        flow::Edit{flow::Field::reference});
  }
}

/// The amount, the keypad, and what belongs to the way of paying.
void entry(Scene& s, Rect room, const flow::Tendering& t, const flow::TenderFigures& f) {
  const auto& m = s.metrics();
  amount_field(s, room.take_top(ui::field_height(s.ui, ui::ErrorRoom::no), m.gap), t, f);
  if (s.ui.low())
    beside_keys(s, room.take_right(room.w * 0.42f, m.gap), t, f);
  else
    beside_keys(s, room.take_bottom(s.portrait() ? 20.0f : m.target + 1, m.gap), t, f);
  // Under the reference's panel it must not take the digits that are typed there.
  const std::string separator(1, s.locale().decimal_separator());
  if (t.editing == flow::Field::reference)
    ui::keypad(s.ui, {.id = "pad", .at = room, .separator = separator, .enabled = false});
  else
    keypad(s, room, flow::Field::amount);
}

struct Method {
  std::string_view id;
  std::string label;
  TenderKind kind;
};

std::vector<Method> methods_of(const Scene& s) {
  const flow::Till& till = s.till;
  std::vector<Method> all = {{"cash", s.tr("Cash"), TenderKind::cash},
                             {"card", s.tr("Card terminal"), TenderKind::card}};
  const bool points = s.programme().rules.redeeming.point_value_milli_minor > 0;
  if (points && !till.customer.nobody())
    all.push_back({"points", s.tr("Points"), TenderKind::points});
  if (till.state && till.state->wallet_minor > 0)
    all.push_back({"wallet", s.tr("Wallet"), TenderKind::wallet});
  all.push_back({"gift-card", s.tr("Gift card"), TenderKind::gift_card});
  return all;
}

float methods_height(Scene& s) {
  const auto n = static_cast<float>(methods_of(s).size());
  return n * (s.metrics().target + (n > 3 ? 0.0f : 3.0f)) + (n - 1) * s.metrics().gap;
}

void methods(Scene& s, const Rect& at, const flow::Tendering& t) {
  const auto all = methods_of(s);
  const int count = static_cast<int>(all.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    s.press({.id = all[i].id,
             .at = s.ui.low() ? at.column(static_cast<int>(i), count, s.metrics().gap)
                              : at.row(static_cast<int>(i), count, s.metrics().gap),
             .label = all[i].label,
             .kind = t.kind == all[i].kind ? ui::ButtonKind::chosen : ui::ButtonKind::quiet,
             .icon = icon_of(all[i].kind),
             .align = s.ui.low() ? ui::Align::centre : ui::Align::left,
             .size = s.ui.low() ? ui::TextSize::body : ui::TextSize::heading,
             .selected = t.kind == all[i].kind},
            flow::ChooseTender{all[i].kind});
}

void take_button(Scene& s, const Rect& at, const flow::TenderFigures& f) {
  const bool all_paid = f.left.minor <= 0 && !s.till.tenders.empty();
  s.press({.id = "take",
           .at = at,
           .label = all_paid ? s.tr("Complete sale")
                             : s.tr("Take {amount}", {{"amount", s.locale().amount(f.entered)}}),
           .kind = ui::ButtonKind::primary,
           .state = s.readiness(),
           .size = ui::TextSize::title},
          flow::Submit{});
}

/// Change in advance, or what will still be left.
void outcome(Scene& s, Rect room, const flow::Tendering& t, const flow::TenderFigures& f) {
  const bool change = f.enough;
  Money after = f.change;
  if (!change) after = Money{f.left.minor - f.entered.minor, f.left.currency};
  const std::int64_t rounding = f.left_cash.minor - f.left.minor;
  if (t.kind == TenderKind::cash && f.enough && rounding != 0) {
    const Money difference{rounding, f.left.currency};
    ui::text_fit(s.ui, room.take_bottom(line(s, ui::TextSize::caption)),
                 s.tr("Cash rounding: {amount}", {{"amount", s.locale().amount(difference)}}),
                 {.size = ui::TextSize::caption, .colour = ui::Token::muted}, least_cap(s));
  }
  Rect row = room.take_bottom(std::min(room.h, line(s, ui::TextSize::title) + 1));
  const std::string word = change ? s.tr("money", "Change") : s.tr("Still to pay");
  const ui::TextStyle soft{
      .size = ui::TextSize::heading, .weight = ui::Weight::semibold, .colour = ui::Token::muted};
  word_and_amount(s, row, word, soft, after);
}

/// The ways to pay in a row, the keys under them, the money and what next beside the keys.
void low(Scene& s, Rect body, const flow::Tendering& t, const flow::TenderFigures& f) {
  const auto& m = s.metrics();
  methods(s, body.take_top(m.target, m.gap), t);
  Rect right = body.take_right(body.w * 0.46f, m.gap + 1);
  entry(s, body, t, f);
  word_and_amount(
      s, right.take_top(line(s, ui::TextSize::title), m.gap * 0.6f), s.tr("To pay"),
      {.size = ui::TextSize::heading, .weight = ui::Weight::semibold, .colour = ui::Token::muted},
      f.total);
  take_button(s, right.take_bottom(m.target + 2, m.gap * 0.8f), f);
  const float rounding = line(s, ui::TextSize::caption);
  outcome(s, right.take_bottom(line(s, ui::TextSize::title) + rounding, m.gap * 0.6f), t, f);
  const auto& notice = s.visit.notice;
  if (notice && notice->tone <= flow::Tone::question) return draw_news_card(s, right, *notice);
  taken(s, right, f);
}

void landscape(Scene& s, Rect body, const flow::Tendering& t, const flow::TenderFigures& f) {
  const auto& m = s.metrics();
  Rect right = body.take_right(body.w * 0.285f, m.gap + 1.5f);
  Rect left = body.take_left(body.w * 0.5f, m.gap + 1.5f);
  due(s, left, f);
  taken(s, left.take_top(std::min(left.h, taken_height(s, s.till.tenders.size())), m.gap), f);
  earning(s, left);
  entry(s, body, t, f);
  take_button(s, right.take_bottom(m.target + 7, m.gap), f);
  const float least = static_cast<float>(methods_of(s).size()) * (m.target_small + m.gap);
  const float foot = 2.6f * line(s, ui::TextSize::title);
  methods(s, right.take_top(std::max(least, std::min(methods_height(s), right.h - foot)), m.gap),
          t);
  outcome(s, right, t, f);
}

void portrait(Scene& s, Rect body, const flow::Tendering& t, const flow::TenderFigures& f) {
  const auto& m = s.metrics();
  take_button(s, body.take_bottom(m.target + 14, m.gap + 2), f);
  outcome(s, body.take_bottom(30, m.gap + 2), t, f);
  Rect top = body.take_top(std::max(96.0f, methods_height(s)), m.gap + 4);
  Rect left = top.column(0, 2, m.gap + 4);
  due(s, left, f);
  const float high = taken_height(s, s.till.tenders.size());
  taken(s, left.take_top(std::min(left.h, high)), f);
  Rect right = top.column(1, 2, m.gap + 4);
  methods(s, right.take_top(std::min(right.h, std::max(2 * 22 + m.gap, methods_height(s)))), t);
  entry(s, body.centred(std::min(body.w, 170.0f), body.h), t, f);
}

}  // namespace

void draw(Scene& s, const flow::Tendering& t) {
  const flow::TenderFigures f = flow::figures(s.till, t, s.context);
  s.pane_asks = s.ui.low();  // a question stands beside the keys there
  const Rect body =
      staff_frame(s, {.title = s.tr("Pay"), .detail = {}, .back = s.tr("Back to sale")});
  if (s.portrait())
    portrait(s, body, t, f);
  else
    s.ui.low() ? low(s, body, t, f) : landscape(s, body, t, f);
  if (s.visit.notice && !s.notice_said) return;  // what went wrong is read first
  if (t.editing == flow::Field::reference) reference_panel(s, t.kind, t.reference);
}

}  // namespace keepsake::screens
