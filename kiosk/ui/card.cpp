#include "kiosk/ui/card.hpp"

#include <algorithm>
#include <cassert>

#include "storage/domain/values/utf8.hpp"

namespace keepsake::ui {
namespace {

void draw_card(Ui& ui, const Rect& at, Token ground, Token edge, float edge_mm) {
  const float radius = ui.metrics().card_radius;
  ui.fill(at, ground, radius);
  ui.border(at, edge, radius, edge_mm);
}

struct ChipShape {
  float height, pad, icon, gap, width;
};

ChipShape shape_of(Ui& ui, const Chip& chip) {
  const TextStyle style{.size = chip.size, .weight = Weight::semibold};
  const float cap = cap_height(ui, style);
  ChipShape out{cap * 2.75f, cap * 1.15f, cap * 1.45f, cap * 0.6f, 0};
  out.width = text_width(ui, chip.text, style) + 2 * out.pad;
  if (chip.icon != Icon::none) out.width += out.icon + out.gap;
  return out;
}

}  // namespace

Token ground_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return Token::sunk;
    case Tone::good:
      return Token::mint;
    case Tone::soon:
      return Token::amber_soft;
    case Tone::bad:
      return Token::rose_soft;
    case Tone::service:
      break;
  }
  return Token::sky_soft;
}

Token ink_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return Token::muted;
    case Tone::good:
      return Token::pine;
    case Tone::soon:
      return Token::amber_ink;
    case Tone::bad:
      return Token::rose;
    case Tone::service:
      break;
  }
  return Token::sky;
}

Rect begin_card(Ui& ui, const Rect& at, Token ground) {
  draw_card(ui, at, ground, Token::line, ui.theme().card_border_mm);
  ui.push_ground(ground);
  return at.inset(ui.metrics().pad);
}

void end_card(Ui& ui) { ui.pop_ground(); }

bool card_button(Ui& ui, const CardButton& card) {
  assert(!card.id.empty() && !card.label.empty());
  const auto touch = ui.interact({.id = card.id,
                                  .label = card.label,
                                  .rect = card.at,
                                  .selected = card.selected,
                                  .fore = Token::ink,
                                  .ground = Token::surface,
                                  .border = card.selected ? Token::pine : Token::control,
                                  .radius_mm = ui.metrics().card_radius});
  const Token ground = touch.held ? Token::sunk : Token::surface;
  draw_card(ui, card.at, ground, card.selected ? Token::pine : Token::control,
            card.selected ? std::max(0.5f, ui.theme().control_border_mm * 1.6f)
                          : ui.theme().control_border_mm);
  return touch.activated;
}

float chip_width(Ui& ui, const Chip& chip) { return shape_of(ui, chip).width; }

Rect chip(Ui& ui, const Rect& room, const Chip& chip) {
  const auto shape = shape_of(ui, chip);
  const float width = std::min(shape.width, room.w);
  Rect at{room.x, room.centre_y() - shape.height / 2, width, shape.height};
  if (chip.align == Align::centre) at.x = room.centre_x() - width / 2;
  if (chip.align == Align::right) at.x = room.right() - width;
  const Token ground = ground_of(chip.tone);
  const Token fore = ink_of(chip.tone);
  ui.fill(at, ground, shape.height / 2);
  if (is_high_contrast(ui.look().palette)) ui.border(at, Token::line, shape.height / 2, 0.3f);
  Rect inside = at.inset(shape.pad, 0);
  if (chip.icon != Icon::none) {
    const Rect place = inside.take_left(shape.icon, shape.gap);
    ui.icon(chip.icon, place.centre_x(), place.centre_y(), shape.icon, fore);
  }
  ui.push_ground(ground);
  text_fit(ui, inside, chip.text, {.size = chip.size, .weight = Weight::semibold, .colour = fore},
           ui.audience() == Audience::customer ? 4.05f : 2.05f);
  ui.pop_ground();
  return at;
}

namespace {
struct BannerShape {
  float pad, icon, gap;
};
BannerShape shape_of(Ui& ui, const Banner& banner) {
  const float cap = cap_height(ui, {.size = banner.size});
  return {cap * 1.1f, cap * 1.65f, cap * 0.85f};
}
float text_room(const BannerShape& shape, const Banner& banner, float width) {
  float room = width - 2 * shape.pad;
  if (banner.icon != Icon::none) room -= shape.icon + shape.gap;
  if (!banner.id.empty()) room -= shape.icon + shape.gap;
  return room;
}
}  // namespace

float banner_height(Ui& ui, float width_mm, const Banner& banner) {
  const auto shape = shape_of(ui, banner);
  const float lines =
      paragraph_height(ui, text_room(shape, banner, width_mm), banner.text, {.size = banner.size});
  const float height = lines + cap_height(ui, {.size = banner.size}) * 1.1f;
  return banner.id.empty() ? height : std::max(height, ui.metrics().target_small);
}

bool banner(Ui& ui, const Banner& banner) {
  const auto shape = shape_of(ui, banner);
  const Token ground = ground_of(banner.tone);
  const Token fore = banner.tone == Tone::plain ? Token::ink : ink_of(banner.tone);
  const float radius = std::min(ui.metrics().button_radius * 0.75f, banner.at.h / 2);
  Ui::Interaction touch;
  if (!banner.id.empty()) {
    touch = ui.interact({.id = banner.id,
                         .label = banner.text,
                         .rect = banner.at,
                         .fore = fore,
                         .ground = ground,
                         .border = ground,
                         .radius_mm = radius});
  }
  ui.fill(banner.at, touch.held ? Token::sunk : ground, radius);
  if (is_high_contrast(ui.look().palette)) {
    ui.border(banner.at, Token::control, radius,
              banner.id.empty() ? 0.3f : ui.theme().control_border_mm);
  }
  Rect inside = banner.at.inset(shape.pad, 0);
  if (banner.icon != Icon::none) {
    const Rect place = inside.take_left(shape.icon, shape.gap);
    ui.icon(banner.icon, place.centre_x(), place.centre_y(), shape.icon, fore);
  }
  if (!banner.id.empty()) {
    const Rect place = inside.take_right(shape.icon, shape.gap);
    ui.icon(Icon::next, place.right() - shape.icon * 0.25f, place.centre_y(), shape.icon, fore);
  }
  ui.push_ground(ground);
  paragraph(ui, inside, banner.text, {.size = banner.size, .colour = fore});
  ui.pop_ground();
  return touch.activated;
}

void avatar(Ui& ui, float x, float y, float radius_mm, std::string_view initials) {
  ui.circle(x, y, radius_mm, Token::pine);
  ui.push_ground(Token::pine);
  if (initials.empty()) ui.icon(Icon::user, x, y, radius_mm, Token::on_pine);
  const auto two = first_code_points(initials, 2);
  text(ui, {x - radius_mm, y - radius_mm, 2 * radius_mm, 2 * radius_mm}, two,
       {.size = TextSize::title,
        .colour = Token::on_pine,
        .align = Align::centre,
        .cap_mm = radius_mm * 0.55f});
  ui.pop_ground();
}

void badge(Ui& ui, const Rect& square, Icon icon, Tone tone) {
  ui.fill(square, ground_of(tone), ui.metrics().button_radius * 0.85f);
  ui.icon(icon, square.centre_x(), square.centre_y(), square.h * 0.5f, ink_of(tone));
}

void badge_letter(Ui& ui, const Rect& square, std::string_view shop, SignGround on) {
  const bool hero = on == SignGround::hero;
  const Token ground = hero ? Token::on_hero : Token::pine;
  ui.fill(square, ground, square.h * 0.25f);
  ui.push_ground(ground);
  text(ui, square, first_code_points(shop, 1),
       {.size = TextSize::title,
        .colour = hero ? Token::hero : Token::on_pine,
        .align = Align::centre,
        .cap_mm = square.h * 0.38f});
  ui.pop_ground();
}

void shop_sign(Ui& ui, const Rect& room, std::string_view shop, SignGround on,
               std::string_view words) {
  if (words.empty()) words = shop;
  Rect rest = room;
  const float side = std::min(room.h, cap_height(ui, {.size = TextSize::body}) * 2.9f);
  badge_letter(ui, rest.take_left(side, side * 0.32f).centred(side, side), shop, on);
  constexpr float least_mm = 4.05f;
  TextStyle style{.size = TextSize::body,
                  .weight = Weight::semibold,
                  .colour = on == SignGround::hero ? Token::on_hero : Token::ink};
  style.cap_mm = least_mm;
  if (text_width(ui, words, style) > rest.w) return;  // the letter stands for the name
  style.cap_mm = 0;
  text_fit(ui, rest, words, style, least_mm);
}

void hairline(Ui& ui, float x, float y, float width_mm) {
  ui.line(x, y, x + width_mm, y, Token::line, 0.2f);
}

}  // namespace keepsake::ui
