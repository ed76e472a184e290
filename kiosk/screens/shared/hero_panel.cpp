#include "kiosk/screens/shared/hero_panel.hpp"

#include <algorithm>

#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

/// Half off the panel, clear of the time and of the words.
void sun_in(Scene& s, const Rect& at) {
  s.ui.clip_push(at);
  const float radius = at.h * 0.26f;
  hero_sun(s, at.right() - radius * 0.2f, at.y + at.h * 0.36f, radius);
  s.ui.clip_pop();
}

void clock(Scene& s, Rect& room) {
  ui::TextStyle time{.size = ui::TextSize::number, .colour = ui::Token::on_hero};
  time.cap_mm = s.portrait() ? 18.0f : 11.0f;
  const ui::TextStyle day{.size = ui::TextSize::heading, .colour = ui::Token::on_hero};
  ui::text_fit(s.ui, room.take_top(ui::line_height(s.ui, time)), s.locale().time(s.now), time,
               least_cap(s));
  ui::text_fit(s.ui, room.take_top(ui::line_height(s.ui, day), 3), s.locale().date_long(s.today()),
               day, least_cap(s));
}

void words(Scene& s, Rect room, const Asked& asked) {
  const ui::TextStyle strong{
      .size = ui::TextSize::title, .colour = ui::Token::on_hero, .valign = ui::VAlign::top};
  const ui::TextStyle soft{.colour = ui::Token::on_hero, .valign = ui::VAlign::top};
  const float below = ui::paragraph_height(s.ui, room.w, asked.text, soft);
  ui::paragraph_fit(s.ui, room.take_bottom(below, 1.5f), asked.text, soft, least_cap(s));
  const float above = ui::paragraph_height(s.ui, room.w, asked.title, strong);
  ui::paragraph_fit(s.ui, room.take_bottom(above, 4), asked.title, strong, least_cap(s));
  const float side = s.portrait() ? 22.0f : 15.0f;
  if (room.h < side) return;
  const Rect sign = room.take_bottom(side);
  s.ui.icon(asked.icon, sign.x + side * 0.4f, sign.centre_y(), side * 0.8f, ui::Token::on_hero);
}

}  // namespace

void hero_sun(Scene& s, float x, float y, float radius) {
  s.ui.circle(x, y, radius, ui::Token::hero_soft);
  s.ui.circle(x, y, radius * 0.6f, ui::Token::hero_accent);
}

Rect beside_hero(Scene& s, Rect body, const Asked& asked, float keypad_mm) {
  const auto& m = s.metrics();
  Rect panel;
  Rect keypad;
  if (s.portrait()) {
    panel = body.take_top(body.h * 0.4f, m.margin);
    keypad = body.centred(keypad_mm, std::min(body.h, 220.0f));
  } else {
    keypad = body.take_right(keypad_mm, m.margin);
    panel = body;
  }
  s.ui.fill(panel, ui::Token::hero, m.card_radius);
  if (ui::is_high_contrast(s.ui.look().palette))  // where the ground of both is the same
    s.ui.border(panel, ui::Token::line, m.card_radius, s.ui.theme().card_border_mm);
  s.ui.push_ground(ui::Token::hero);
  sun_in(s, panel);
  Rect room = panel.inset(m.pad + 3, m.pad + 2);
  clock(s, room);
  words(s, room, asked);
  s.ui.pop_ground();
  return keypad;
}

}  // namespace keepsake::screens
