// A member's own page: one big number, its worth and its age; purchases and cover when asked for.
#include <algorithm>

#include "kiosk/screens/cover.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/parts.hpp"

namespace keepsake::screens {
namespace {

using flow::HomeTab;
using flow::Privacy;
using ui::Rect;

bool shown(const flow::CustomerHome& home) { return home.privacy == Privacy::shown; }

std::string title_of(const Scene& s, const flow::CustomerHome& home) {
  switch (home.tab) {
    case HomeTab::purchases:
      return s.tr("My purchases");
    case HomeTab::warranties:
      return s.tr("My warranties");
    case HomeTab::points:
      break;
  }
  const std::string& name = home.customer.profile.name;
  if (name.empty()) return s.locale().greeting(s.now);
  return s.locale().greeting(s.now, masked_name(name));
}

std::string detail_of(const Scene& s, const flow::CustomerHome& home) {
  const CustomerView& c = home.customer;
  if (home.tab == HomeTab::warranties) {
    const auto covered = std::ranges::count_if(c.warranties, [&](const WarrantySummary& w) {
      return cover_state(w.cover, s.today()) != CoverState::ended;
    });
    return s.trn("{n} item covered today", "{n} items covered today", covered);
  }
  if (home.tab == HomeTab::purchases)
    return s.trn("Your last purchase", "Your last {n} purchases",
                 static_cast<std::int64_t>(c.last_purchases.size()));
  return s.tr("Member since {month}", {{"month", s.locale().month_year(c.member_since.date())}});
}

std::string worth_of(const Scene& s, Points points) {
  if (s.context.programme.point_value_milli_minor <= 0) return {};
  const auto money = worth(s.context.programme, points);
  return money.ok() ? s.locale().money(*money) : std::string();
}

/// "worth kr 128,40 here today": the amount bold wherever the language puts it.
void worth_line(Scene& s, const Rect& room, Points points) {
  const std::string money = worth_of(s, points);
  if (money.empty()) return;
  const std::string pattern = s.tr("worth {money} here today");
  const auto at = pattern.find("{money}");
  if (at == std::string::npos) return;
  const std::string before = pattern.substr(0, at);
  const std::string after = pattern.substr(at + 7);
  const ui::TextStyle bold{.weight = ui::Weight::bold};
  if (ui::text_width(s.ui, before + money + after, bold) <= room.w)
    ui::runs(s.ui, room, {{before}, {money, ui::Weight::bold}, {after}}, {});
  else
    ui::paragraph_fit(s.ui, room, before + money + after, {}, least_cap(s));
}

float worth_height(Scene& s, float width, Points points) {
  const std::string money = worth_of(s, points);
  if (money.empty()) return 0;
  const std::string words = s.tr("worth {money} here today", {{"money", money}});
  const float one = line(s, ui::TextSize::body);
  if (ui::text_width(s.ui, words, {.weight = ui::Weight::bold}) <= width) return one;
  ui::TextStyle least{};
  least.cap_mm = least_cap(s);
  return std::max(1.7f * one, ui::paragraph_height(s.ui, width, words, least));
}

/// What the last purchases earned, as bars: the number explained at a glance.
void earned_bars(Scene& s, const Rect& room, const CustomerView& customer) {
  std::vector<std::string> words;
  words.reserve(8);
  std::vector<ui::Bar> bars;
  const auto& purchases = customer.last_purchases;
  float widest = 1;
  const ui::TextStyle label{.size = ui::TextSize::caption, .weight = ui::Weight::semibold};
  const auto value_of = [&](const PurchaseSummary& p) {
    return "+" + s.locale().points(p.points_earned);
  };
  for (const PurchaseSummary& p : purchases) {
    widest = std::max(widest, ui::text_width(s.ui, value_of(p), label));
    widest = std::max(widest, ui::text_width(s.ui, s.locale().date_day_month(p.at.date()), label));
  }
  const float gap = s.metrics().pad * 0.5f;
  const auto fits = static_cast<std::size_t>((room.w + gap) / (widest + gap + 0.5f));
  const auto n = std::min({purchases.size(), std::size_t{4}, fits});
  for (std::size_t i = n; i-- > 0;) {
    const PurchaseSummary& p = purchases[i];
    words.push_back(value_of(p));
    words.push_back(s.locale().date_day_month(p.at.date()));
    bars.push_back({.value = static_cast<double>(p.points_earned.hundredths),
                    .value_text = words[words.size() - 2],
                    .name = words.back(),
                    .colour = i == 0 ? ui::Token::amber : ui::Token::pine,
                    .strong = i == 0});
  }
  ui::bars(s.ui, room, bars);
}

void age_line(Scene& s, const Rect& room, const CustomerView& customer) {
  icon_line(s, room, ui::Icon::clock,
            s.tr("as of {time}", {{"time", s.moment(customer.balance_as_of)}}),
            {.size = ui::TextSize::caption, .colour = ui::Token::muted});
}

void big_number(Scene& s, const Rect& room, Points points) {
  ui::TextStyle number{.size = ui::TextSize::number};
  // The line's height follows from the room: a comma must not reach into the words below.
  number.cap_mm = std::min(ui::cap_height(s.ui, number), room.h / 1.75f);
  ui::text_fit(s.ui, room, s.locale().points(points), number, 5);
}

/// The number, its worth and its age: one above the other, or in two columns on a low display.
void points_words(Scene& s, Rect room, const CustomerView& customer) {
  const ui::TextStyle soft{.colour = ui::Token::muted};
  const float label = line(s, ui::TextSize::body);
  const float age = line(s, ui::TextSize::caption);
  const float worth = worth_height(s, room.w, customer.balance);
  const float full = ui::cap_height(s.ui, {.size = ui::TextSize::number}) * 1.75f;
  const float number = std::min(full, room.h - label - worth - age - 1);
  const std::string title = s.tr("Your points");
  if (number >= full * 0.62f) {
    Rect words = room.centred(room.w, label + number + worth + age + 1);
    words.x = room.x;
    ui::text_fit(s.ui, words.take_top(label), title, soft, least_cap(s));
    big_number(s, words.take_top(number, 1), customer.balance);
    worth_line(s, words.take_top(worth), customer.balance);
    return age_line(s, words, customer);
  }
  Rect left = room.take_left(room.w * 0.46f, s.metrics().pad);
  left = left.centred(left.w, std::min(left.h, label + full));
  ui::text_fit(s.ui, left.take_top(label), title, soft, least_cap(s));
  big_number(s, left, customer.balance);
  const float beside = worth_height(s, room.w, customer.balance);
  Rect right = room.centred(room.w, std::min(room.h, beside + age + 1));
  const Rect below = right.take_bottom(age, 1);
  worth_line(s, right, customer.balance);
  age_line(s, below, customer);
}

void hidden(Scene& s, const Rect& at) {
  const Rect inside = ui::begin_card(s.ui, at);
  empty_state(s, inside, ui::Icon::eye_off, s.tr("Your purchases and warranties are hidden."),
              s.tr("So that nobody beside you reads along."));
  ui::end_card(s.ui);
}

struct PurchaseWords {
  std::string total;
  std::string detail;
  float total_width;
};

PurchaseWords words_of(Scene& s, const PurchaseSummary& purchase) {
  PurchaseWords words;
  words.total = s.locale().money(purchase.total);
  words.detail =
      s.tr("{date}, {pieces}", {{"date", s.locale().date_day_month(purchase.at.date())},
                                {"pieces", s.trn("{n} article", "{n} articles", purchase.pieces)}});
  words.total_width = ui::text_width(s.ui, words.total, {.weight = ui::Weight::semibold}) + 0.5f;
  return words;
}

NameAndDetail name_of(const PurchaseSummary& purchase, const PurchaseWords& words) {
  return {purchase.first_article,
          words.detail,
          {.weight = ui::Weight::semibold},
          {.size = ui::TextSize::caption, .colour = ui::Token::muted}};
}

void purchase_row(Scene& s, const Rect& at, const PurchaseSummary& purchase) {
  Rect room = at.inset(s.metrics().pad, 1);
  const PurchaseWords words = words_of(s, purchase);
  const Rect right = room.take_right(words.total_width, 3);
  name_and_detail(s, room, name_of(purchase, words));
  const bool earned = purchase.points_earned.hundredths > 0;
  const float above = line(s, ui::TextSize::body);
  const float below = earned ? line(s, ui::TextSize::caption) : 0;
  Rect money = right.centred(right.w, std::min(right.h, above + below));
  ui::text(s.ui, money.take_top(above), words.total,
           {.weight = ui::Weight::semibold, .align = ui::Align::right});
  if (earned)
    ui::text_fit(
        s.ui, money, "+" + s.locale().points(purchase.points_earned),
        {.size = ui::TextSize::caption, .colour = ui::Token::amber_ink, .align = ui::Align::right},
        least_cap(s));
}

float purchase_row_height(Scene& s, float width, const PurchaseSummary& purchase) {
  const PurchaseWords words = words_of(s, purchase);
  const float room = width - 2 * s.metrics().pad - words.total_width - 3;
  return name_and_detail_height(s, room, name_of(purchase, words)) + (s.portrait() ? 9.0f : 3.5f);
}

void purchases_tab(Scene& s, const Rect& at, const flow::CustomerHome& home) {
  const auto& purchases = home.customer.last_purchases;
  const std::string none = s.tr("No purchases yet.");
  if (purchases.empty()) {
    const Rect inside = ui::begin_card(s.ui, at);
    empty_state(s, inside, ui::Icon::basket, none, s.tr("Show your card when you pay."));
    ui::end_card(s.ui);
    return;
  }
  std::vector<float> heights;
  heights.reserve(purchases.size());
  for (const PurchaseSummary& p : purchases) heights.push_back(purchase_row_height(s, at.w, p));
  card_list(s,
            {.id = "purchases",
             .at = at,
             .count = purchases.size(),
             .row_heights = &heights,
             .empty = none},
            [&](std::size_t i, const Rect& row) { purchase_row(s, row, purchases[i]); });
}

void warranties_tab(Scene& s, const Rect& at, const flow::CustomerHome& home) {
  const auto& warranties = home.customer.warranties;
  if (warranties.empty()) {
    const Rect inside = ui::begin_card(s.ui, at);
    empty_state(s, inside, ui::Icon::shield, s.tr("No warranties yet."),
                s.tr("Register an item: its box has the number."));
    ui::end_card(s.ui);
    return;
  }
  std::vector<float> heights;
  heights.reserve(warranties.size());
  for (const WarrantySummary& w : warranties) heights.push_back(cover_row_height(s, at.w, w));
  card_list(
      s,
      {.id = "warranties",
       .at = at,
       .count = warranties.size(),
       .row_heights = &heights,
       .empty = {}},
      [&](std::size_t i, const Rect& row) { cover_row(s, row, warranties[i], home.privacy); });
}

void points_card(Scene& s, const Rect& at, const flow::CustomerHome& home) {
  const CustomerView& c = home.customer;
  Rect room = ui::begin_card(s.ui, at);
  // A number of millions needs the width more than the bars do.
  ui::TextStyle number{.size = ui::TextSize::number};
  number.cap_mm = 10;
  const bool wide = ui::text_width(s.ui, s.locale().points(c.balance), number) >
                    room.w * (s.portrait() ? 1.0f : 0.25f);
  const bool with_bars = shown(home) && !c.last_purchases.empty() && !wide;
  if (s.portrait()) {
    if (with_bars) {
      Rect chart = room.take_bottom(62, 6);
      ui::hairline(s.ui, chart.x, chart.y, chart.w);
      chart.take_top(6);
      ui::text(s.ui, chart.take_top(line(s, ui::TextSize::body), 1), s.tr("Earned lately"),
               {.weight = ui::Weight::semibold});
      earned_bars(s, chart, c);
    }
    points_words(s, room, c);
  } else {
    if (with_bars && room.w > 120 && s.ui.look().text == ui::TextScale::normal) {
      Rect chart = room.take_right(room.w * 0.44f, s.metrics().pad);
      const float title = line(s, ui::TextSize::body);
      if (chart.h > title + 28) {
        ui::text(s.ui, chart.take_top(title, 1), s.tr("Earned lately"),
                 {.weight = ui::Weight::semibold});
      }
      earned_bars(s, chart, c);
    }
    points_words(s, room, c);
  }
  ui::end_card(s.ui);
}

/// The page's buttons, within reach: low in portrait, beside Finish in landscape.
void actions(Scene& s, const Framed& frame, const flow::CustomerHome& home) {
  const Rect room = frame.actions;
  const float gap = s.portrait() ? s.metrics().gap + 2 : s.metrics().gap;
  const ui::Button warranties{.id = "warranties", .at = {}, .label = {}, .icon = ui::Icon::shield};
  const auto tab = [&](ui::Button look, const Rect& at, const std::string& label, HomeTab to) {
    look.at = at;
    look.label = label;
    s.press(look, flow::ShowTab{to});
  };
  const auto privacy = [&](const Rect& at) {
    const std::string label = shown(home) ? s.tr("Hide") : s.tr("Show");
    s.press({.id = "privacy",
             .at = at,
             .label = label,
             .kind = shown(home) ? ui::ButtonKind::quiet : ui::ButtonKind::primary,
             .icon = shown(home) ? ui::Icon::eye_off : ui::Icon::eye},
            flow::SetPrivacy{shown(home) ? Privacy::masked : Privacy::shown});
  };
  const auto register_item = [&](const Rect& at, ui::ButtonKind kind) {
    s.press({.id = "register",
             .at = at,
             .label = s.tr("Register an item"),
             .kind = kind,
             .icon = ui::Icon::plus_circle},
            flow::Go{flow::Place::warranty});
  };
  const ui::ButtonKind main = shown(home) ? ui::ButtonKind::primary : ui::ButtonKind::quiet;
  if (home.tab == HomeTab::points && s.portrait()) {
    ui::Button look = warranties;
    look.kind = main;
    tab(look, room.cell(0, 2, 2, gap), s.tr("My warranties"), HomeTab::warranties);
    tab({.id = "purchases", .at = {}, .label = {}, .icon = ui::Icon::receipt},
        room.cell(1, 2, 2, gap), s.tr("My purchases"), HomeTab::purchases);
    register_item(room.cell(2, 2, 2, gap), ui::ButtonKind::quiet);
    privacy(room.cell(3, 2, 2, gap));
  } else if (home.tab == HomeTab::points && !frame.upper.empty()) {
    ui::Button look = warranties;
    look.kind = main;
    tab({.id = "purchases", .at = {}, .label = {}, .icon = ui::Icon::receipt},
        frame.upper.column(0, 2, gap), s.tr("Purchases"), HomeTab::purchases);
    tab(look, frame.upper.column(1, 2, gap), s.tr("Warranties"), HomeTab::warranties);
    privacy(room);
  } else if (home.tab == HomeTab::points) {
    ui::Button look = warranties;
    look.kind = main;
    privacy(room.column(0, 3, gap));
    tab({.id = "purchases", .at = {}, .label = {}, .icon = ui::Icon::receipt},
        room.column(1, 3, gap), s.tr("Purchases"), HomeTab::purchases);
    tab(look, room.column(2, 3, gap), s.tr("Warranties"), HomeTab::warranties);
  } else {
    privacy(room.column(0, 2, gap));
    register_item(room.column(1, 2, gap), main);
  }
}

/// Portrait has room for all three on the first page.
void overview(Scene& s, Rect body, const flow::CustomerHome& home) {
  const float gap = s.metrics().gap;
  const bool open = shown(home) && !home.customer.last_purchases.empty();
  points_card(s, body.take_top(std::min(body.h, open ? 166.0f : 104.0f), gap), home);
  if (!shown(home)) return hidden(s, body.take_top(std::min(body.h, 100.0f)));
  if (home.customer.warranties.empty()) return;
  const auto& all = home.customer.warranties;
  auto item = std::ranges::find_if(all, [&](const WarrantySummary& w) {
    return cover_state(w.cover, s.today()) != CoverState::ended;
  });
  if (item == all.end()) item = all.begin();
  const float row = cover_row_height(s, body.w, *item);
  if (body.h < row) return;
  const Rect card = body.take_top(row);
  s.ui.fill(card, ui::Token::surface, s.metrics().card_radius);
  s.ui.border(card, ui::Token::line, s.metrics().card_radius, s.ui.theme().card_border_mm);
  s.ui.push_ground(ui::Token::surface);
  cover_row(s, card, *item, home.privacy);
  s.ui.pop_ground();
}

}  // namespace

void draw(Scene& s, const flow::CustomerHome& home) {
  const bool first = home.tab == HomeTab::points;
  const bool large = s.ui.look().text == ui::TextScale::large;
  // A low display shows the list rather than its title, and in large text the number rather than
  // the greeting.
  const bool titled = s.portrait() || (first && !large);
  const auto frame =
      customer_frame(s, {.title = titled ? title_of(s, home) : std::string(),
                         .detail = titled ? detail_of(s, home) : std::string(),
                         .left = first ? CustomerFrame::Left::sign : CustomerFrame::Left::back,
                         .action_rows = first && (s.portrait() || large) ? 2 : 1});
  actions(s, frame, home);
  if (first) {
    if (s.portrait())
      overview(s, frame.body, home);
    else
      points_card(s, frame.body, home);
  } else if (!shown(home)) {
    hidden(s, s.portrait() ? Rect{frame.body.x, frame.body.y, frame.body.w, 110} : frame.body);
  } else if (home.tab == HomeTab::purchases) {
    purchases_tab(s, frame.body, home);
  } else {
    warranties_tab(s, frame.body, home);
  }
}

}  // namespace keepsake::screens
