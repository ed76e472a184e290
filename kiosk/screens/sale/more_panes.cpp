// What a sale is asked for less often: gift cards, sales on hold, the last basket once more.
#include <algorithm>

#include "kiosk/flow/sale/state.hpp"
#include "kiosk/flow/sale/till.hpp"
#include "kiosk/flow/shared/device.hpp"
#include "kiosk/screens/sale/sale_parts.hpp"
#include "kiosk/screens/shared/blocking.hpp"
#include "kiosk/screens/shared/panes.hpp"
#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

struct Entry {
  std::string_view id;
  std::string label;
  ui::Icon icon;
  flow::Touch event;
};

std::vector<Entry> entries_of(const Scene& s) {
  const flow::Till& till = s.till;
  const auto& held = s.device.held;
  std::vector<Entry> entries;
  entries.push_back(
      {"gift-card", s.tr("Gift card"), ui::Icon::gift, flow::OpenGiftCard{StoredValue::gift_card}});
  if (!till.customer.nobody())
    entries.push_back({"wallet-load", s.tr("Top up wallet"), ui::Icon::box,
                       flow::OpenGiftCard{StoredValue::wallet}});
  entries.push_back(
      {"returns", s.tr("Return items"), ui::Icon::undo, flow::Go{flow::Place::returns}});
  entries.push_back(
      {"customers", s.tr("Customers"), ui::Icon::users, flow::Go{flow::Place::customers}});
  entries.push_back(
      {"warranty", s.tr("Warranty"), ui::Icon::shield, flow::Go{flow::Place::warranty}});
  if (s.visit.staff && s.visit.staff->manager) {
    entries.push_back({"staff", s.tr("Staff"), ui::Icon::user, flow::Go{flow::Place::staff_list}});
    entries.push_back(
        {"articles", s.tr("Articles"), ui::Icon::barcode, flow::Go{flow::Place::articles}});
    entries.push_back(
        {"programme", s.tr("Programme"), ui::Icon::star, flow::Go{flow::Place::programme}});
    const std::int64_t open = s.device.sync.exceptions;
    entries.push_back(
        {"exceptions",
         open == 0 ? s.tr("Exceptions") : s.tr("Exceptions: {n}", {{"n", s.locale().number(open)}}),
         ui::Icon::warning, flow::Go{flow::Place::exceptions}});
  }
  if (!held.empty())
    entries.push_back({"held", s.tr("Recall sale"), ui::Icon::pause, flow::OpenHeldSales{}});
  if (till.empty())
    entries.push_back({"close-shift", s.tr("Close shift"), ui::Icon::balance,
                       flow::Go{flow::Place::shift_close}});
  else
    entries.push_back({"clear", s.tr("Clear"), ui::Icon::trash, flow::OpenClear{}});
  return entries;
}

}  // namespace

void draw_pane(Scene& s, const flow::MorePane&) {
  const auto& m = s.metrics();
  const auto entries = entries_of(s);
  const Rect screen = s.ui.screen();
  // Large words have a row each, as long as all rows are high enough to be touched.
  const auto count = static_cast<float>(entries.size());
  const float all = 2 * m.pad + m.target_small + m.gap + (m.target + m.gap) * count;
  const bool large = s.ui.look().text == ui::TextScale::large && !s.ui.low();
  const int columns = large && all <= screen.h - 6 ? 1 : 2;
  const int rows = (static_cast<int>(entries.size()) + columns - 1) / columns;
  const float least = (m.target + 3) * static_cast<float>(rows) + m.gap * static_cast<float>(rows);
  const float high = 2 * m.pad + m.target_small + m.gap + least;
  Rect room = ui::begin_panel(s.ui, std::min(screen.w - 12, 150.0f), std::min(high, screen.h - 6));
  pane_title(s, room, s.tr("More"));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    s.press({.id = entry.id,
             .at = room.cell(static_cast<int>(i), columns, rows, m.gap),
             .label = entry.label,
             .icon = entry.icon,
             .align = ui::Align::left,
             .size = ui::TextSize::body},
            entry.event);
  }
  ui::end_panel(s.ui);
}

namespace {

void ask_card_state(Scene& s, const flow::GiftCardPane& pane) {
  const bool blocked = pane.known->state == GiftCardState::blocked;
  const std::string card = card_end(pane.card);
  const std::string amount = s.locale().amount(pane.known->balance);
  ask_blocking(
      s, {.id = "card-state",
          .blocked = blocked,
          .title = blocked ? s.tr("Gift card {card} is blocked", {{"card", card}})
                           : s.tr("Block gift card {card}?", {{"card", card}}),
          .text = blocked ? s.tr("Balance {amount}. Once unblocked, the card can be used again.",
                                 {{"amount", amount}})
                          : s.tr("The balance of {amount} stays. The card cannot be used until a "
                                 "manager unblocks it.",
                                 {{"amount", amount}})});
}

}  // namespace

void draw_pane(Scene& s, const flow::GiftCardPane& pane) {
  const bool wallet = pane.kind == StoredValue::wallet;
  if (!pane.checked)
    return keyboard_pane(s, {.title = s.tr("Gift card"),
                             .id = "gift-card-number",
                             .label = s.tr("Number on the gift card"),
                             .text = pane.card,
                             .placeholder = s.tr("Scan or type it"),
                             .which = flow::Field::reference,
                             .submit = s.tr("Next"),
                             .icon = ui::Icon::next});
  if (pane.asking) return ask_card_state(s, pane);
  std::string title = s.tr("New gift card {card}", {{"card", card_end(pane.card)}});
  if (wallet)
    title = s.tr("Top up wallet");
  else if (pane.known)
    title =
        s.tr("Gift card {card}: balance {amount}",
             {{"card", card_end(pane.card)}, {"amount", s.locale().amount(pane.known->balance)}});
  std::vector<ExtraButton> extras;
  if (pane.known)
    extras.push_back({"card-block", s.tr("Block"), ui::Icon::lock, flow::AskCardState{}});
  keypad_pane(s,
              {.title = title,
               .id = "load-amount",
               .label = s.tr("Top-up amount"),
               .text = pane.amount.empty() ? std::string() : typed_amount(s.locale(), pane.amount),
               .placeholder = s.locale().amount({0, s.context.currency}),
               .which = flow::Field::amount,
               .submit = s.tr("Add"),
               .icon = ui::Icon::plus,
               .error = {}},
              extras);
}

namespace {

void held_row(Scene& s, const Rect& at, const flow::HeldSaleView& held, std::size_t index) {
  const std::string detail =
      s.tr("{time}, {name}", {{"time", s.moment(held.at.at)}, {"name", held.staff}});
  if (basket_row(s, at,
                 {"held." + std::to_string(index), held.first, held.lines - 1, held.total, detail}))
    s.send(flow::RecallSale{index});
}

}  // namespace

void draw_pane(Scene& s, const flow::HeldSalesPane&) {
  const auto& held = s.device.held;
  ListPanel panel = begin_list_panel(s, s.tr("Sales on hold"));
  s.press({.id = "pane.back",
           .at = panel.buttons,
           .label = s.tr("Back to sale"),
           .icon = ui::Icon::back,
           .size = ui::TextSize::body},
          flow::Back{});
  if (held.empty())
    empty_state(s, panel.room, ui::Icon::pause, s.tr("No sales on hold."));
  else
    card_list(
        s,
        {.id = "held", .at = panel.room, .count = held.size(), .row_mm = two_lines(s), .empty = {}},
        [&](std::size_t i, const Rect& r) { held_row(s, r, held[i], i); });
  ui::end_panel(s.ui);
}

namespace {

bool can_put_in(const flow::FoundLine& line) {
  return line.article && line.article->sold_by == SoldBy::piece;
}

void again_row(Scene& s, const Rect& at, const flow::FoundLine& line, flow::AgainPane::Of of) {
  const bool sold = can_put_in(line) && of == flow::AgainPane::Of::last_purchase;
  Rect room = at.inset(s.metrics().pad, 0.6f);
  if (sold) {
    const auto amount = line_amount(line.article->price, line.wanted.quantity, s.context.currency);
    const std::string price = amount.ok() ? s.locale().amount(*amount) : std::string("\u2013");
    const ui::TextStyle figure{
        .size = ui::TextSize::heading, .weight = ui::Weight::semibold, .align = ui::Align::right};
    ui::text(s.ui, room.take_right(ui::text_width(s.ui, price, figure) + 0.5f, 3), price, figure);
  }
  const bool weighed = line.article && line.article->sold_by == SoldBy::weight;
  std::string detail = s.tr("No longer sold");
  if (weighed)
    detail = s.tr("Weigh it and add it by hand");
  else if (line.wanted.top_up)
    detail = s.tr("Add a member first");
  else if (line.article)
    detail = s.trn("{n} piece", "{n} pieces", line.wanted.quantity.thousandths / 1000);
  name_and_detail(
      s, room,
      {line.wanted.name,
       detail,
       {.weight = ui::Weight::semibold},
       {.size = ui::TextSize::caption, .colour = sold ? ui::Token::muted : ui::Token::rose}});
}

}  // namespace

void draw_pane(Scene& s, const flow::AgainPane& pane) {
  const bool again = pane.of == flow::AgainPane::Of::last_purchase;
  ListPanel panel =
      begin_list_panel(s, again ? s.tr("Same as last time") : s.tr("Could not be added"));
  const bool any = std::ranges::any_of(pane.lines, can_put_in);
  const bool ready = !again || (pane.loaded && any);
  s.press({.id = "pane.ok",
           .at = panel.buttons,
           .label = again ? s.tr("Add to sale") : s.tr("OK"),
           .kind = ui::ButtonKind::primary,
           .icon = again ? ui::Icon::basket : ui::Icon::check,
           .state = !pane.loaded ? ui::ButtonState::working
                    : ready      ? ui::ButtonState::ready
                                 : ui::ButtonState::disabled},
          flow::Submit{});
  if (!pane.loaded)
    empty_state(s, panel.room, ui::Icon::hourglass, s.tr("Searching."));
  else if (pane.lines.empty())
    empty_state(s, panel.room, ui::Icon::basket, s.tr("None of these items are sold any more."));
  else
    card_list(s,
              {.id = "again",
               .at = panel.room,
               .count = pane.lines.size(),
               .row_mm = two_lines(s),
               .empty = {}},
              [&](std::size_t i, const Rect& r) { again_row(s, r, pane.lines[i], pane.of); });
  ui::end_panel(s.ui);
}

}  // namespace keepsake::screens
