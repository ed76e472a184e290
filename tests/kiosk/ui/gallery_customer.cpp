// The customer's side: attract, home, warranties, a form, a question.
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
