#include "tests/kiosk/ui/gallery.hpp"

namespace keepsake::test {

using namespace ui;

void draw_attract(Ui& ui) {
  const auto& m = ui.metrics();
  const Rect screen = ui.screen();
  ui.ground(Token::hero);
  const bool tall = ui.shape() == Shape::portrait;
  const float big = std::min(screen.w, screen.h) * 0.42f;
  const float cx = screen.right() - big * 0.07f;
  const float cy = screen.h * (tall ? 0.557f : 0.36f);
  ui.circle(cx, cy, big, Token::hero_soft);
  ui.circle(cx, cy, big * 0.6f, Token::hero_accent);
  Rect rest = screen.inset(m.margin, m.margin);
  Rect top = rest.take_top(m.target_small, tall ? m.gap : 0);
  shop_sign(ui, top.take_left(top.w * 0.7f), "Lysvik Elektro", SignGround::hero);
  if (tall) text(ui, top, "14:02", {.colour = Token::on_hero, .align = Align::right});
  const float key = tall ? m.target : 15.0f;
  const Rect languages = rest.take_bottom(key * 2 + m.gap, tall ? m.gap * 3 : m.gap);
  for (int i = 0; i < 6; ++i) {
    const auto language = all_languages[static_cast<std::size_t>(i)];
    const std::string id = "language-" + std::string(code_of(language));
    (void)button(ui, {.id = id,
                      .at = languages.cell(i, 3, 2, m.gap),
                      .label = native_name(language),
                      .kind = ButtonKind::hero_soft,
                      .size = TextSize::body});
  }
  const Rect start = rest.take_bottom(m.target * (tall ? 1.75f : 1.3f), m.gap);
  (void)button(ui, {.id = "start",
                    .at = start,
                    .label = "Touch to start",
                    .kind = ButtonKind::on_hero,
                    .icon = Icon::touch,
                    .reason = "or scan your card or receipt below",
                    .align = Align::left,
                    .size = TextSize::title});
  Rect words = rest;
  if (tall) words.take_top(rest.h * 0.15f);
  const TextStyle headline{.size = TextSize::number,
                           .colour = Token::on_hero,
                           .valign = VAlign::top,
                           .cap_mm = tall ? 19.0f : 8.5f};
  words.take_top(paragraph(ui, {words.x, words.y, words.w * 0.8f, words.h},
                           "Your points.\nYour cover.\nOne touch.", headline),
                 m.gap * 2);
  if (!tall) return;
  paragraph(ui, {words.x, words.y, words.w * 0.65f, words.h},
            "Double points on small kitchen appliances until Sunday.",
            {.colour = Token::on_hero, .valign = VAlign::top});
}

namespace {

void points_card(Ui& ui, const Rect& at) {
  const auto& m = ui.metrics();
  Rect card = begin_card(ui, at);
  const bool tall = ui.shape() == Shape::portrait;
  Rect top = card.take_top(tall ? 76.0f : card.h * 0.55f, m.gap);
  ring(ui,
       {.at = top.take_right(top.h), .part = 0.68, .title = "Silver", .detail = "1 940 to Gold"});
  text(ui, top.take_top(line_height(ui, {})), "Your points", {.colour = Token::muted});
  const TextStyle number{.size = TextSize::number};
  text(ui, top.take_top(cap_height(ui, number) * 1.35f), "1\u00A0284", number);
  runs(ui, top.take_top(line_height(ui, {})),
       {{"worth "}, {"kr\u00A0128.40", Weight::bold}, {" here today"}});
  Rect asof = top.take_top(line_height(ui, {.size = TextSize::caption}));
  const float cap = cap_height(ui, {.size = TextSize::caption});
  const Rect sign = asof.take_left(cap * 1.6f, cap * 0.8f);
  ui.icon(Icon::clock, sign.centre_x(), sign.centre_y(), cap * 1.6f, Token::muted);
  text(ui, asof, "as of 14:02 today", {.size = TextSize::caption, .colour = Token::muted});
  hairline(ui, card.x, card.y, card.w);
  card.take_top(m.gap);
  if (tall) {
    Rect line = card.take_top(line_height(ui, {.size = TextSize::caption}));
    text(ui, line, "When they expire", {.size = TextSize::caption, .weight = Weight::semibold});
  }
  bars(ui, card,
       {{120, "120", "in 12 days", Token::amber, true},
        {310, "310", "March"},
        {454, "454", "June"},
        {400, "400", "September"}});
  end_card(ui);
}

void reward(Ui& ui, const Rect& at, std::string_view id, std::string_view cost,
            std::string_view title, std::string_view detail) {
  (void)card_button(ui, {.id = id, .at = at, .label = title});
  ui.push_ground(Token::surface);
  Rect in = at.inset(ui.metrics().pad * 0.85f);
  chip(ui, in.take_top(cap_height(ui, {.size = TextSize::caption}) * 3, ui.metrics().gap * 0.5f),
       {.text = cost, .tone = Tone::soon});
  text(ui, in.take_top(line_height(ui, {})), title,
       {.size = TextSize::heading, .weight = Weight::semibold});
  text(ui, in.take_top(line_height(ui, {.size = TextSize::caption})), detail,
       {.size = TextSize::caption, .colour = Token::muted});
  ui.pop_ground();
}

}  // namespace

void draw_home(Ui& ui) {
  const auto& m = ui.metrics();
  ui.ground(Token::paper);
  Rect rest = ui.screen().inset(m.margin, m.margin * 0.8f);
  (void)customer_header(ui, rest, {.shop = "Lysvik Elektro"});
  const bool tall = ui.shape() == Shape::portrait;
  if (tall)
    page_title(ui, rest, "Good afternoon, Ingrid H.",
               "Member since March 2021  ·  card ending 4417");
  (void)button(ui, {.id = "finish",
                    .at = tall ? rest.take_bottom(m.target, m.gap)
                               : rest.take_right(rest.w * 0.3f, m.gap).take_bottom(m.target),
                    .label = "Finish",
                    .kind = ButtonKind::sunk,
                    .icon = Icon::finish});
  if (!tall) {
    points_card(ui, rest);
    return;
  }
  const Rect second = rest.take_bottom(m.target, m.gap);
  (void)button(ui, {.id = "receipts",
                    .at = second.column(0, 3, m.gap),
                    .label = "Receipts",
                    .icon = Icon::receipt});
  (void)button(ui, {.id = "fault",
                    .at = second.column(1, 3, m.gap),
                    .label = "Report a fault",
                    .icon = Icon::wrench});
  (void)button(
      ui, {.id = "data", .at = second.column(2, 3, m.gap), .label = "My data", .icon = Icon::lock});
  const Rect first = rest.take_bottom(m.target * 1.18f, m.gap);
  (void)button(ui, {.id = "redeem",
                    .at = first.column(0, 2, m.gap),
                    .label = "Redeem",
                    .kind = ButtonKind::primary,
                    .icon = Icon::gift});
  (void)button(ui, {.id = "warranties",
                    .at = first.column(1, 2, m.gap),
                    .label = "My warranties",
                    .kind = ButtonKind::primary,
                    .icon = Icon::shield});
  points_card(ui, rest.take_top(166, m.gap));
  text(ui, rest.take_top(line_height(ui, {.size = TextSize::heading}), m.gap * 0.4f),
       "Within reach", {.size = TextSize::heading});
  const Rect rewards = rest.take_top(55);
  reward(ui, rewards.column(0, 2, m.gap), "reward-1", "500 points", "kr 60 off today",
         "You keep 784 points");
  reward(ui, rewards.column(1, 2, m.gap), "reward-2", "1 200 points", "Coffee set",
         "3 left in this store");
}

void draw_warranties(Ui& ui) {
  const auto& m = ui.metrics();
  ui.ground(Token::paper);
  Rect rest = ui.screen().inset(m.margin, m.margin * 0.8f);
  (void)customer_header(ui, rest, {.shop = "Lysvik Elektro", .back = true});
  page_title(ui, rest, "Мої гарантії", "4 речі, 3 під захистом сьогодні");
  (void)button(ui, {.id = "finish",
                    .at = rest.take_bottom(m.target, m.gap),
                    .label = "Завершити",
                    .kind = ButtonKind::sunk,
                    .icon = Icon::finish});
  const Rect two = rest.take_bottom(m.target * 1.18f, m.gap);
  (void)button(ui, {.id = "register",
                    .at = two.column(0, 2, m.gap),
                    .label = "Зареєструвати річ",
                    .kind = ButtonKind::primary,
                    .icon = Icon::plus_circle});
  (void)button(ui, {.id = "pass-on",
                    .at = two.column(1, 2, m.gap),
                    .label = "Передати іншому",
                    .icon = Icon::share});
  struct Thing {
    const char* name;
    const char* detail;
    Icon icon;
    Tone tone;
    const char* chip;
    Icon sign;
  };
  const Thing things[] = {{"Пральна машина N8", "№ ····7731  ·  куплено 14.01.2025", Icon::shower,
                           Tone::good, "783 дні", Icon::shield},
                          {"Кавоварка Brygg Duo", "№ ····0926  ·  куплено 21.12.2024", Icon::cup,
                           Tone::soon, "30 днів", Icon::clock},
                          {"Ноутбук Fjell 14", "№ ····5510  ·  ремонт триває", Icon::laptop,
                           Tone::service, "до 27.11", Icon::wrench},
                          {"Навушники Stille 2", "захист скінчився 03.08.2026", Icon::headphones,
                           Tone::plain, "скінчився", Icon::none}};
  for (int i = 0; i < 4; ++i) {
    const auto& thing = things[i];
    Rect card = begin_card(ui, rest.take_top(i < 3 ? 77.0f : 45.0f, m.gap));
    Rect head = card.take_top(i < 3 ? 28.0f : card.h, 7.5f);
    badge(ui, head.take_left(head.h, m.gap * 1.1f), thing.icon, thing.tone);
    const auto sign = chip(ui, head,
                           {.text = thing.chip,
                            .tone = thing.tone,
                            .icon = thing.sign,
                            .align = Align::right,
                            .size = TextSize::body});
    head.take_right(sign.w, m.gap);
    head = head.inset(0, head.h * 0.08f);
    text(ui, head.row(0, 2, 0), thing.name, {.size = TextSize::heading});
    text(ui, head.row(1, 2, 0), thing.detail, {.size = TextSize::caption, .colour = Token::muted});
    if (i == 0) timeline(ui, {.at = card.take_top(9, 2), .plan_from = 0.483, .today = 0.468});
    if (i == 1) timeline(ui, {.at = card.take_top(9, 2), .today = 0.943});
    if (i == 2)
      steps(ui, card, {{"Прийнято"}, {"Схвалено"}, {"Ремонт", Icon::wrench}, {"Готово"}}, 2);
    if (i < 2)
      runs(ui, card, {{"Виробник ", Weight::semibold}, {"до 14.01.2027"}},
           {.size = TextSize::caption, .valign = VAlign::top});
    end_card(ui);
  }
}

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

}  // namespace

void draw_sale(Ui& ui) {
  const auto& m = ui.metrics();
  ui.ground(Token::paper);
  Rect rest = ui.screen();
  auto bar =
      staff_bar(ui, rest, {.title = "Sale 2041", .detail = "Marit, till 2", .shop = "Lysvik"});
  ui.push_ground(Token::surface);
  (void)button(ui, {.id = "lock",
                    .at = bar.room.take_right(19, m.gap),
                    .label = "Lock",
                    .icon = Icon::lock,
                    .size = TextSize::body});
  (void)button(ui, {.id = "park",
                    .at = bar.room.take_right(20, m.gap),
                    .label = "Park",
                    .icon = Icon::pause,
                    .size = TextSize::body});
  chip(ui, bar.room,
       {.text = "All sent, 14:02",
        .tone = Tone::good,
        .icon = Icon::check,
        .align = Align::right,
        .size = TextSize::body});
  ui.pop_ground();
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

void draw_tender(Ui& ui) {
  const auto& m = ui.metrics();
  ui.ground(Token::paper);
  Rect rest = ui.screen();
  auto bar = staff_bar(ui, rest, {.title = "Pay", .back = true, .back_label = "Back to sale"});
  ui.push_ground(Token::surface);
  chip(ui, bar.room,
       {.text = "No line since 13:40. Sales are kept here, 3 waiting.",
        .tone = Tone::soon,
        .icon = Icon::offline,
        .align = Align::right,
        .size = TextSize::body});
  ui.pop_ground();
  rest = rest.inset(m.margin + 0.8f, m.margin + 0.8f);
  Rect left = rest.take_left(rest.w * 0.35f, m.gap * 1.5f);
  Rect right = rest.take_right(58.7f, m.gap * 1.5f);
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

void draw_today(Ui& ui) {
  const auto& m = ui.metrics();
  ui.ground(Token::paper);
  Rect rest = ui.screen();
  auto bar = staff_bar(ui, rest, {.title = "", .sign = false});
  ui.push_ground(Token::surface);
  (void)button(ui, {.id = "close",
                    .at = bar.room.take_right(29.5f, m.gap),
                    .label = "Close shift",
                    .icon = Icon::lock,
                    .size = TextSize::body});
  (void)tabs(ui, bar.room,
             {{"today", "Today"},
              {"customers", "Customers"},
              {"cover", "Cover"},
              {"exceptions", "Exceptions", "2"},
              {"sync", "Sync"}},
             0);
  ui.pop_ground();
  rest = rest.inset(m.margin, m.margin);
  const Rect figures = rest.take_top(24.7f, m.margin);
  const char* labels[] = {"Sales", "With a known customer", "Points given",
                          "Plans on fitting articles"};
  const char* values[] = {"84 310", "71 %", "8 120", "38 %"};
  for (int i = 0; i < 4; ++i) {
    Rect card = begin_card(ui, figures.column(i, 4, m.gap));
    text(ui, card.row(0, 3, 0), labels[i], {.size = TextSize::body, .colour = Token::muted});
    text(ui, card.row(1, 3, 0), values[i], {.size = TextSize::number, .cap_mm = 5.2f});
    text(ui, card.row(2, 3, 0), "12 % on a Saturday",
         {.colour = i == 3 ? Token::rose : Token::pine});
    end_card(ui);
  }
  Rect win = begin_card(ui, rest.take_right(79.8f, m.gap));
  text(ui, win.take_top(6), "Customers to win back", {.size = TextSize::heading});
  paragraph(ui, win.take_top(6), "23 key customers are later than their own rhythm.",
            {.size = TextSize::caption, .colour = Token::muted, .valign = VAlign::top});
  (void)button(ui, {.id = "offer",
                    .at = win.take_top(13),
                    .label = "Prepare an offer for 22",
                    .kind = ButtonKind::primary});
  win.take_top(m.gap);
  (void)button(ui, {.id = "working",
                    .at = win.take_top(13),
                    .label = "Preparing",
                    .kind = ButtonKind::primary,
                    .state = ButtonState::working});
  win.take_top(m.gap);
  (void)button(ui, {.id = "danger",
                    .at = win.take_top(13),
                    .label = "Void the sale",
                    .kind = ButtonKind::danger,
                    .icon = Icon::trash});
  end_card(ui);
  Rect hours = begin_card(ui, rest);
  text(ui, hours.take_top(6), "Sales by hour", {.size = TextSize::heading});
  chart(ui, {.at = hours,
             .names = {"9", "10", "11", "12", "13", "14", "15", "16", "17"},
             .values = {2700, 5400, 8500, 12800, 11000, 13900, 4500, -1, -1},
             .usual = {3500, 5000, 7200, 10500, 11100, 11800, 10600, 8200, 3900},
             .current = 6,
             .scale_text = [](double v) {
               return v == 0 ? std::string("0") : std::to_string(static_cast<int>(v / 1000)) + " k";
             }});
  end_card(ui);
}

void draw_form(Ui& ui) {
  const auto& m = ui.metrics();
  ui.ground(Token::paper);
  const bool tall = ui.shape() == Shape::portrait;
  Rect rest = ui.screen().inset(tall ? m.margin : 3.0f, tall ? m.margin * 0.8f : 3.0f);
  const Keyboard board{
      .id = "keys", .at = {}, .layout = layout_of(ui.locale().language()), .submit = "Next"};
  Keyboard placed = board;
  const float least = keyboard_height(ui, board, rest.w);
  placed.at = rest.take_bottom(tall ? least * 1.2f : least, m.gap);
  (void)keyboard(ui, placed);
  if (tall) {
    (void)customer_header(ui, rest, {.shop = "Lysvik Elektro", .back = true});
    page_title(ui, rest, "Join", "It takes a minute.");
    (void)field(ui, {.id = "phone",
                     .at = rest.take_top(field_height(ui, ErrorRoom::yes), m.gap),
                     .label = "Phone",
                     .text = "12",
                     .error = "This number is too short."});
    (void)toggle(ui, {.id = "consent",
                      .at = rest.take_top(m.target * 1.3f, m.gap),
                      .label = "Tell me about offers",
                      .on = true,
                      .hint = "You can change this here at any time."});
    (void)toggle(ui,
                 {.id = "sms", .at = rest.take_top(m.target, m.gap), .label = "Receipts by SMS"});
  }
  (void)field(ui, {.id = "name",
                   .at = rest,
                   .label = tall ? "Name" : "",
                   .text = "Ingrid",
                   .placeholder = "Name",
                   .active = true});
}

void draw_question(Ui& ui) {
  draw_home(ui);
  (void)dialog(
      ui, {.title = "Are you still here?",
           .text = "Otherwise we close this in a moment, so that nobody else sees your points.",
           .icon = Icon::clock,
           .tone = Tone::soon,
           .choices = {{"here", "I'm still here", ButtonKind::primary},
                       {"leave", "Finish", ButtonKind::sunk, Icon::finish}},
           .escape = 0,
           .seconds = 17});
}

}  // namespace keepsake::test
