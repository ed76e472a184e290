// The manager's day.
#include "tests/kiosk/ui/gallery.hpp"

namespace keepsake::test {

using namespace ui;

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

}  // namespace keepsake::test
