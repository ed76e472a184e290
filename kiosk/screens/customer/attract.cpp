// One message, one action, six languages. Nothing here acts: any touch only wakes.
#include <algorithm>
#include <array>

#include "kiosk/flow/customer/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/hero_panel.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "storage/domain/loyalty/active_programme.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

/// The sun behind the message: one bright shape, half off the glass.
void sun(Scene& s) {
  const Rect all = s.ui.screen();
  // Half off the upper edge, between the sign and the time.
  if (s.ui.low()) return hero_sun(s, all.w * 0.665f, 0, all.h * 0.17f);
  const float radius = s.portrait() ? all.w * 0.417f : all.h * 0.345f;
  const float x = s.portrait() ? all.w * 0.973f : all.w * 0.9f;
  const float y =
      s.portrait() ? all.h * 0.557f : all.h * 0.35f;  // clear of the time and of the languages
  hero_sun(s, x, y, radius);
}

void message(Scene& s, Rect room) {
  const std::array lines = {s.tr("Your points."), s.tr("Your warranties."), s.tr("One touch.")};
  const float cap = s.portrait() ? 19.0f : std::min(16.0f, room.h / 4.6f);
  ui::TextStyle style{
      .size = ui::TextSize::title, .colour = ui::Token::on_hero, .valign = ui::VAlign::top};
  style.cap_mm = cap;
  // One height for the three of them, or they would look like three messages.
  const auto fits = [&] {
    return std::all_of(lines.begin(), lines.end(), [&](const std::string& line) {
      return ui::text_width(s.ui, line, style) <= room.w;
    });
  };
  while (!fits() && style.cap_mm > 6) style.cap_mm -= 0.5f;
  const float pitch = style.cap_mm * 1.5f;
  for (const std::string& words : lines) ui::text(s.ui, room.take_top(pitch), words, style);
  if (!s.portrait()) return;  // the display is too low for more than the message
  room.take_top(10);
  const std::string more =
      s.programme().programme.version > 0
          ? s.tr(
                "Collect points with every purchase. We keep your receipts and warranties for you.")
          : s.tr("We keep your receipts and warranties for you.");
  ui::paragraph_fit(s.ui, {room.x, room.y, std::min(room.w, 150.0f), room.h}, more,
                    {.colour = ui::Token::on_hero, .valign = ui::VAlign::top}, least_cap(s));
}

void invitation(Scene& s, const Rect& at) {
  const bool touched = s.ui.interact({.id = "start",
                                      .label = s.tr("Touch to start"),
                                      .rect = at,
                                      .fore = ui::Token::hero,
                                      .ground = ui::Token::on_hero,
                                      .border = ui::Token::on_hero,
                                      .radius_mm = s.metrics().card_radius})
                           .activated;
  s.ui.fill(at, ui::Token::on_hero, s.metrics().card_radius + 1);
  s.ui.push_ground(ui::Token::on_hero);
  Rect room = at.inset(s.portrait() ? 12.0f : 7.0f, 2);
  const float em = std::min(at.h * 0.5f, 22.0f);
  const Rect sign = room.take_left(em * 1.1f, em * 0.35f);
  s.ui.icon(ui::Icon::touch, sign.centre_x(), sign.centre_y(), em, ui::Token::hero);
  ui::TextStyle strong{
      .size = ui::TextSize::title, .colour = ui::Token::hero, .valign = ui::VAlign::bottom};
  ui::TextStyle soft{.colour = ui::Token::hero, .valign = ui::VAlign::top};
  const std::string hint = s.tr("or scan your card or receipt below");
  const float above = std::min(ui::line_height(s.ui, strong) * 0.85f, room.h * 0.56f);
  strong.cap_mm = std::min(ui::cap_height(s.ui, strong), above / 1.5f);
  // One line if it need not become much smaller for it.
  const float least = std::max(least_cap(s), 0.7f * ui::cap_height(s.ui, soft));
  soft.cap_mm = ui::cap_height(s.ui, soft);
  while (soft.cap_mm > least && ui::text_width(s.ui, hint, soft) > room.w) soft.cap_mm -= 0.1f;
  const float below = std::min(ui::paragraph_height(s.ui, room.w, hint, soft), room.h - above);
  Rect words = room.centred(room.w, above + below);
  words.x = room.x;
  ui::text_fit(s.ui, words.take_top(above), s.tr("Touch to start"), strong, 5);
  ui::paragraph_fit(s.ui, words, hint, soft, least_cap(s));
  s.ui.pop_ground();
  if (touched) s.send(flow::Wake{});
}

void languages(Scene& s, const Rect& room) {
  const int columns = s.ui.low() ? 2 : 3;
  for (int i = 0; i < 6; ++i) {
    const Language language = all_languages[static_cast<std::size_t>(i)];
    // "Bahasa Indonesia" at full length would shrink all six.
    const std::string_view name =
        language == Language::id ? std::string_view("Indonesia") : native_name(language);
    const std::string id = "language." + std::string(code_of(language));
    s.press({.id = id,
             .at = room.cell(i, columns, 6 / columns, s.metrics().gap),
             .label = name,
             .kind = ui::ButtonKind::hero_soft,
             .size = ui::TextSize::body},
            flow::Wake{language});
  }
}

}  // namespace

void draw(Scene& s, const flow::Attract&) {
  s.ui.ground(ui::Token::hero);
  s.ui.push_ground(ui::Token::hero);
  const auto wake = s.ui.interact({.id = "wake",
                                   .label = s.tr("Touch to start"),
                                   .rect = s.ui.screen(),
                                   .role = ui::Role::area,
                                   .fore = ui::Token::on_hero,
                                   .ground = ui::Token::hero,
                                   .border = ui::Token::hero});
  sun(s);
  const auto& m = s.metrics();
  Rect room = s.ui.screen().inset(m.margin, m.margin);
  Rect top = room.take_top(m.target_small, s.portrait() ? 55.0f : 5.0f);
  ui::text(s.ui, top.take_right(40), s.locale().time(s.now),
           {.size = ui::TextSize::heading,
            .weight = ui::Weight::semibold,
            .colour = ui::Token::on_hero,
            .align = ui::Align::right});
  ui::shop_sign(s.ui, top, s.context.shop, ui::SignGround::hero);
  if (s.ui.low()) {
    const float keys = 3 * m.target_small + 2 * m.gap;
    invitation(s, room.take_bottom(room.h - keys - m.gap, m.gap));
    languages(s, room.take_right(room.w * 0.52f, 2 * m.gap));
  } else if (s.portrait()) {
    languages(s, room.take_bottom(2 * m.target + m.gap, 2.4f * m.gap));
    invitation(s, room.take_bottom(47, m.gap));
    room.w *= 0.8f;
  } else {
    languages(s, room.take_bottom(2 * m.target_small + m.gap, m.gap));
    invitation(s, room.take_bottom(27, m.gap));
    room.w *= 0.72f;
  }
  message(s, room);
  s.ui.pop_ground();
  if (wake.activated) s.send(flow::Wake{});
}

}  // namespace keepsake::screens
