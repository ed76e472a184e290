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
  ui::TextStyle style{.size = ui::TextSize::body};
  const float wide = ui::text_width(s.ui, before + money + after, {.weight = ui::Weight::bold});
  if (wide > room.w) style.size = ui::TextSize::caption;
  ui::runs(s.ui, room, {{before}, {money, ui::Weight::bold}, {after}}, style);
}

/// What the last purchases earned, as bars: the number explained at a glance.
void earned_bars(Scene& s, const Rect& room, const CustomerView& customer) {
  std::vector<std::string> words;
  words.reserve(8);
  std::vector<ui::Bar> bars;
  const auto& purchases = customer.last_purchases;
  const auto n = std::min<std::size_t>(purchases.size(), 4);
  for (std::size_t i = n; i-- > 0;) {
    const PurchaseSummary& p = purchases[i];
    words.push_back("+" + s.locale().points(p.points_earned));
    words.push_back(s.locale().date_day_month(p.at.date()));
    bars.push_back({.value = static_cast<double>(p.points_earned.hundredths),
                    .value_text = words[words.size() - 2],
                    .name = words.back(),
                    .colour = i == 0 ? ui::Token::amber : ui::Token::pine,
                    .strong = i == 0});
  }
  ui::bars(s.ui, room, bars);
}

void points_words(Scene& s, Rect room, const CustomerView& customer) {
  const ui::TextStyle soft{.colour = ui::Token::muted};
  const float body = line(s, ui::TextSize::body);
  const float number =
      std::min(line(s, ui::TextSize::number) * 0.85f,
               std::max(12.0f, room.h - 2 * body - line(s, ui::TextSize::caption)));
  Rect words =
      room.centred(room.w, std::min(room.h, 2 * body + number + line(s, ui::TextSize::caption)));
  words.x = room.x;
  ui::text(s.ui, words.take_top(body), s.tr("Your points"), soft);
  ui::text_fit(s.ui, words.take_top(number), s.locale().points(customer.balance),
               {.size = ui::TextSize::number}, 7);
  worth_line(s, words.take_top(body), customer.balance);
  icon_line(s, words, ui::Icon::clock,
            s.tr("as of {time}", {{"time", s.moment(customer.balance_as_of)}}),
            {.size = ui::TextSize::caption, .colour = ui::Token::muted});
}

void hidden(Scene& s, const Rect& at) {
  const Rect inside = ui::begin_card(s.ui, at);
  empty_state(s, inside, ui::Icon::eye_off, s.tr("Your purchases and warranties are hidden."),
              s.tr("So that nobody beside you reads along."));
  ui::end_card(s.ui);
}

void purchase_row(Scene& s, const Rect& at, const PurchaseSummary& purchase) {
  Rect room = at.inset(s.metrics().pad, 1);
  const std::string total = s.locale().money(purchase.total);
  const ui::TextStyle strong{.size = ui::TextSize::body, .weight = ui::Weight::semibold};
  const float wide = ui::text_width(s.ui, total, strong) + 0.5f;
  const Rect right = room.take_right(wide, 3);
  const float above = line(s, ui::TextSize::body);
  const float below = line(s, ui::TextSize::caption);
  const auto pair = [&](const Rect& column) {
    Rect words = column.centred(column.w, above + below);
    words.x = column.x;
    return words;
  };
  Rect left = pair(room);
  Rect money = pair(right);
  const float least = ui::cap_height(s.ui, {.size = ui::TextSize::caption}) * 0.75f;
  ui::text_fit(s.ui, left.take_top(above), purchase.first_article, strong, least);
  const std::string detail =
      s.tr("{date}, {pieces}", {{"date", s.locale().date_day_month(purchase.at.date())},
                                {"pieces", s.trn("{n} article", "{n} articles", purchase.pieces)}});
  ui::text_fit(s.ui, left, detail, {.size = ui::TextSize::caption, .colour = ui::Token::muted},
               least);
  ui::text(s.ui, money.take_top(above), total,
           {.size = strong.size, .weight = strong.weight, .align = ui::Align::right});
  if (purchase.points_earned.hundredths > 0)
    ui::text_fit(
        s.ui, money, "+" + s.locale().points(purchase.points_earned),
        {.size = ui::TextSize::caption, .colour = ui::Token::amber_ink, .align = ui::Align::right},
        least);
}

float purchase_row_height(const Scene& s) {
  return line(s, ui::TextSize::body) + line(s, ui::TextSize::caption) + 4;
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
  card_list(s, {.id = "purchases",
            .at = at,
            .count = purchases.size(),
            .row_mm = purchase_row_height(s),
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
  card_list(s, {.id = "warranties",
            .at = at,
            .count = warranties.size(),
            .row_mm = cover_row_height(s),
            .empty = {}},
           [&](std::size_t i, const Rect& row) { cover_row(s, row, warranties[i], home.privacy); });
}

void points_card(Scene& s, const Rect& at, const flow::CustomerHome& home) {
  const CustomerView& c = home.customer;
  Rect room = ui::begin_card(s.ui, at);
  const bool with_bars = shown(home) && !c.last_purchases.empty();
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
    if (with_bars && room.w > 120) {
      Rect chart = room.take_right(room.w * 0.46f, s.metrics().pad);
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
void actions(Scene& s, const Rect& room, const flow::CustomerHome& home) {
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
  points_card(s, body.take_top(std::min(body.h, open ? 176.0f : 112.0f), gap), home);
  if (!shown(home)) return hidden(s, body.take_top(std::min(body.h, 100.0f)));
  if (home.customer.warranties.empty()) return;
  const float row = cover_row_height(s);
  if (body.h < row) return;
  const Rect card = body.take_top(row);
  s.ui.fill(card, ui::Token::surface, s.metrics().card_radius);
  s.ui.border(card, ui::Token::line, s.metrics().card_radius, s.ui.theme().card_border_mm);
  s.ui.push_ground(ui::Token::surface);
  cover_row(s, card, home.customer.warranties.front(), home.privacy);
  s.ui.pop_ground();
}

}  // namespace

void draw(Scene& s, const flow::CustomerHome& home) {
  const bool first = home.tab == HomeTab::points;
  const auto frame =
      customer_frame(s, {.title = title_of(s, home),
                         .detail = detail_of(s, home),
                         .left = first ? CustomerFrame::Left::sign : CustomerFrame::Left::back,
                         .action_rows = first ? 2 : 1});
  actions(s, frame.actions, home);
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
