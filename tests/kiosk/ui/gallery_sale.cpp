// The till: a sale and how it is paid.
#include "tests/kiosk/ui/gallery.hpp"

namespace keepsake::test {

using namespace ui;

namespace {

struct Line {
  const char* name;
  const char* detail;
  const char* count;
  const char* amount;
};

void sale_line(Ui& ui, const Rect& at, int i, const Line& line, bool selected) {
  const std::string id = "line-" + std::to_string(i);
  (void)row(ui, {.id = id, .at = at, .label = line.name, .selected = selected});
  const auto& m = ui.metrics();
  ui.push_ground(selected ? Token::amber_soft : Token::surface);
  Rect in = at.inset(m.pad, 0);
  text(ui, in.take_right(in.w * 0.2f, m.gap), line.amount,
       {.size = TextSize::heading, .weight = Weight::semibold, .align = Align::right});
  const Rect middle = in.take_right(28, m.gap).centred(28, 9.2f);
  if (line.count[0] != 0) {
    (void)counter(ui, {.id = id, .at = middle, .value = line.count, .label = line.name});
  }
  in = in.centred(in.w, at.h * 0.72f);
  text(ui, in.row(0, 2, 0), line.name, {.weight = Weight::semibold});
  text(ui, in.row(1, 2, 0), line.detail,
       {.size = TextSize::caption, .colour = selected ? Token::amber_ink : Token::muted});
  ui.pop_ground();
}

void customer_card(Ui& ui, const Rect& at) {
  const auto& m = ui.metrics();
  Rect card = begin_card(ui, at);
  Rect head = card.take_top(9.9f, 3);
  const Rect close = head.take_right(9.2f).centred(9.2f, 9.2f);
  (void)button(ui, {.id = "detach",
                    .at = close,
                    .label = "Remove customer",
                    .kind = ButtonKind::sunk,
                    .icon = Icon::close,
                    .icon_only = true});
  const Rect face = head.take_left(9.9f, m.gap);
  avatar(ui, face.centre_x(), face.centre_y(), 4.95f, "IH");
  head = head.centred(head.w, 8.6f);
  text(ui, head.row(0, 2, 0), "Ingrid Haugen",
       {.size = TextSize::heading, .weight = Weight::semibold});
  text(ui, head.row(1, 2, 0), "Silver, 1 284 points",
       {.size = TextSize::caption, .colour = Token::muted});
  (void)banner(ui, {.at = card.take_top(7.3f, 1.8f),
                    .text = "120 points expire in 12 days",
                    .tone = Tone::soon,
                    .icon = Icon::clock});
  (void)banner(ui, {.at = card.take_top(7.3f, 1.8f),
                    .text = "Laptop repair promised for 27 Nov",
                    .tone = Tone::service,
                    .icon = Icon::wrench});
  (void)banner(ui, {.at = card.take_top(9.2f),
                    .text = "The same again: coffee, filters",
                    .tone = Tone::good,
                    .icon = Icon::again,
                    .id = "same-again"});
  end_card(ui);
}

void sale_bar(Ui& ui, Rect& rest) {
  const auto& m = ui.metrics();
  auto bar =
      staff_bar(ui, rest, {.title = "Sale 2041", .detail = "Marit, till 2", .shop = "Lysvik"});
  ui.push_ground(Token::surface);
  (void)button(ui, {.id = "lock",
                    .at = bar.room.take_right(19, m.gap),
                    .label = "Lock",
                    .icon = Icon::lock,
                    .size = TextSize::body});
  (void)button(ui, {.id = "hold",
                    .at = bar.room.take_right(20, m.gap),
                    .label = "Hold",
                    .icon = Icon::pause,
                    .size = TextSize::body});
  chip(ui, bar.room,
       {.text = "All sent, 14:02",
        .tone = Tone::good,
        .icon = Icon::check,
        .align = Align::right,
        .size = TextSize::body});
  ui.pop_ground();
}

void sums(Ui& ui, Rect right) {
  Rect sum = begin_card(ui, right);
  const auto line = [&](const char* label, const char* value, Token colour, Weight weight) {
    label_value(ui, sum.take_top(5.8f), label, value,
                {.weight = weight, .colour = colour == Token::ink ? Token::muted : colour},
                {.weight = weight, .colour = colour});
  };
  line("7 articles", "7 285.61", Token::ink, Weight::regular);
  line("Buy 2 get 1", "−59.00", Token::rose, Weight::regular);
  line("of which VAT 25 %, 15 %", "1 440.36", Token::ink, Weight::regular);
  line("Points to earn", "+ 1 224", Token::amber_ink, Weight::semibold);
  Rect total = sum.take_bottom(10);
  text(ui, total.take_left(15), "To pay",
       {.size = TextSize::heading, .weight = Weight::semibold, .valign = VAlign::bottom});
  text_fit(ui, total, "7 226.61", {.size = TextSize::number, .align = Align::right}, 3);
  end_card(ui);
}

void tender_bar(Ui& ui, Rect& rest) {
  auto bar = staff_bar(ui, rest, {.title = "Pay", .back = true, .back_label = "Back to sale"});
  ui.push_ground(Token::surface);
  chip(ui, bar.room,
       {.text = "No line since 13:40. Sales are kept here, 3 waiting.",
        .tone = Tone::soon,
        .icon = Icon::offline,
        .align = Align::right,
        .size = TextSize::body});
  ui.pop_ground();
}

void to_pay(Ui& ui, Rect left) {
  const auto& m = ui.metrics();
  text(ui, left.take_top(5), "To pay", {.colour = Token::muted});
  text(ui, left.take_top(14, 3), "7 226.61", {.size = TextSize::number, .cap_mm = 9.6f});
  Rect card = begin_card(ui, left.take_top(39, m.gap));
  label_value(ui, card.take_top(11), "500 points", "−60.00", {}, {.weight = Weight::semibold});
  hairline(ui, card.x, card.y, card.w);
  label_value(ui, card.take_top(11), "Card ·· 8802", "−5 000.00", {}, {.weight = Weight::semibold});
  hairline(ui, card.x, card.y, card.w);
  label_value(ui, card, "Left", "2 166.61", {.size = TextSize::heading, .weight = Weight::semibold},
              {.size = TextSize::number, .cap_mm = 4.9f});
  end_card(ui);
  Rect why = begin_card(ui, left);
  text(ui, why.take_top(6), "Points now or later?", {.size = TextSize::heading});
  paragraph(ui, why,
            "Without a line this till may give away 500 points for her. Balance as of 13:38.",
            {.size = TextSize::caption, .colour = Token::muted, .valign = VAlign::top});
  end_card(ui);
}

void ways_to_pay(Ui& ui, Rect& right) {
  const auto& m = ui.metrics();
  const struct {
    const char* id;
    const char* label;
    Icon icon;
  } kinds[] = {{"cash", "Cash", Icon::cash},
               {"card", "Card terminal", Icon::card},
               {"points", "Points", Icon::gift},
               {"gift-card", "Gift card or coupon", Icon::ticket}};
  for (int i = 0; i < 4; ++i) {
    (void)button(ui, {.id = kinds[i].id,
                      .at = right.take_top(14.8f, m.gap),
                      .label = kinds[i].label,
                      .kind = i == 0 ? ButtonKind::chosen : ButtonKind::quiet,
                      .icon = kinds[i].icon,
                      .state = i == 3 ? ButtonState::disabled : ButtonState::ready,
                      .align = Align::left});
  }
}

}  // namespace

void draw_sale(Ui& ui) {
  const auto& m = ui.metrics();
  ui.ground(Token::paper);
  Rect rest = ui.screen();
  sale_bar(ui, rest);
  rest = rest.inset(m.margin, m.margin * 0.85f);
  Rect right = rest.take_right(76.5f, m.gap);
  Rect search = rest.take_top(10.8f, m.gap);
  (void)button(ui, {.id = "return",
                    .at = search.take_right(23.8f, m.gap),
                    .label = "Return",
                    .icon = Icon::undo,
                    .size = TextSize::body});
  (void)button(ui, {.id = "grid",
                    .at = search.take_right(20.2f, m.gap),
                    .label = "Grid",
                    .icon = Icon::grid,
                    .size = TextSize::body});
  (void)field(ui, {.id = "search",
                   .at = search,
                   .label = "",
                   .text = "",
                   .placeholder = "Scan, or search article",
                   .icon = Icon::qr});
  const Line lines[] = {
      {"Kettle Kok 1.7 l", "double points this week", "1", "499.00"},
      {"Washing machine Nordwash 8", "serial NW8-0417731, cover starts today", "1", "5 990.00"},
      {"Apples, Discovery", "0.742 kg at 39.90", "", "29.61"},
      {"LED bulb E27 8 W", "buy 2 get 1", "3", "118.00"},
      {"Filter paper 1x4", "", "2", "58.00"},
      {"Coffee, dark", "", "1", "79.00"},
      {"Coffee, light", "", "1", "79.00"},
      {"Descaler", "", "1", "99.00"},
      {"Cup, white", "", "1", "49.00"}};
  ui.push_ground(Token::surface);
  list(ui, {.id = "basket", .at = rest, .count = 9, .row_mm = 13.2f, .card = true},
       [&](std::size_t i, const Rect& at) {
         sale_line(ui, at, static_cast<int>(i), lines[i], i == 0);
       });
  ui.pop_ground();
  customer_card(ui, right.take_top(48.2f, m.gap));
  Rect pay = right.take_bottom(15.6f, m.gap);
  (void)button(ui, {.id = "redeem",
                    .at = pay.take_left(25, m.gap),
                    .label = "Redeem",
                    .icon = Icon::gift,
                    .size = TextSize::body});
  (void)button(ui, {.id = "pay",
                    .at = pay,
                    .label = "Pay",
                    .kind = ButtonKind::primary,
                    .icon_right = Icon::next,
                    .size = TextSize::title});
  sums(ui, right);
}

void draw_tender(Ui& ui) {
  const auto& m = ui.metrics();
  ui.ground(Token::paper);
  Rect rest = ui.screen();
  tender_bar(ui, rest);
  rest = rest.inset(m.margin + 0.8f, m.margin + 0.8f);
  Rect left = rest.take_left(rest.w * 0.35f, m.gap * 1.5f);
  Rect right = rest.take_right(58.7f, m.gap * 1.5f);
  to_pay(ui, left);
  (void)field(ui, {.id = "amount",
                   .at = rest.take_top(15.5f, m.gap),
                   .label = "",
                   .text = "2 200.00",
                   .placeholder = "Amount",
                   .align = Align::right,
                   .size = TextSize::title,
                   .active = true});
  Rect notes = rest.take_bottom(16, m.gap);
  const char* amounts[] = {"2 167", "2 200", "2 500"};
  for (int i = 0; i < 3; ++i) {
    const std::string id = "note-" + std::to_string(i);
    (void)button(ui, {.id = id, .at = notes.column(i, 3, 3), .label = amounts[i]});
  }
  (void)keypad(ui, {.id = "pad", .at = rest, .separator = ","});
  ways_to_pay(ui, right);
  (void)button(ui, {.id = "take",
                    .at = right.take_bottom(19, 2),
                    .label = "Take 2 200.00",
                    .kind = ButtonKind::primary,
                    .size = TextSize::title});
  text(ui, right.take_bottom(5, 2), "rounded to whole kroner, 0.39",
       {.size = TextSize::caption, .colour = Token::muted});
  label_value(ui, right.take_bottom(8), "Change", "33.00",
              {.size = TextSize::heading, .weight = Weight::semibold, .colour = Token::muted},
              {.size = TextSize::number, .cap_mm = 4.5f});
}

}  // namespace keepsake::test
