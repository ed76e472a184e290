#include "kiosk/ui/button.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>

namespace keepsake::ui {
namespace {

struct Paint {
  Token ground;
  Token fore;
  Token border;
  bool boxed = true;
};

Paint paint_of(ButtonKind kind) {
  switch (kind) {
    case ButtonKind::primary:
      return {Token::pine, Token::on_pine, Token::pine};
    case ButtonKind::quiet:
      return {Token::surface, Token::ink, Token::control};
    case ButtonKind::sunk:
      return {Token::sunk, Token::ink, Token::sunk};
    case ButtonKind::danger:
      return {Token::surface, Token::rose, Token::rose};
    case ButtonKind::link:
      return {Token::surface, Token::pine, Token::surface, false};
    case ButtonKind::on_hero:
      return {Token::on_hero, Token::hero, Token::on_hero};
    case ButtonKind::hero_soft:
      return {Token::hero_soft, Token::on_hero, Token::hero_soft};
    case ButtonKind::chosen:
      break;
  }
  return {Token::surface, Token::ink, Token::pine};
}

Paint pressed(Paint paint, ButtonKind kind, bool high_contrast) {
  if (high_contrast) return {paint.fore, paint.ground, paint.fore};
  switch (kind) {
    case ButtonKind::primary:
      paint.ground = paint.border = Token::pine_press;
      break;
    case ButtonKind::sunk:
      paint.ground = Token::line;
      break;
    case ButtonKind::danger:
      paint.ground = Token::rose_soft;
      break;
    case ButtonKind::hero_soft:
      paint = {Token::hero, Token::on_hero, Token::hero_soft};
      break;
    case ButtonKind::on_hero:
      paint.ground = Token::on_hero;
      break;
    default:
      paint.ground = Token::sunk;
      paint.boxed = true;
      break;
  }
  return paint;
}

Paint paint_for(const Ui& ui, const Button& button, bool held) {
  const bool high_contrast = is_high_contrast(ui.look().palette);
  Paint paint = paint_of(button.kind);
  if (button.kind == ButtonKind::link) paint.ground = ui.ground_token();
  if (button.state == ButtonState::working && button.kind == ButtonKind::primary) {
    paint.ground = paint.border = Token::pine_press;
  }
  if (button.state == ButtonState::disabled) {
    paint.ground = paint.border = Token::sunk;
    paint.fore = Token::muted;
  }
  return held ? pressed(paint, button.kind, high_contrast) : paint;
}

void draw_box(Ui& ui, const Button& button, const Paint& paint) {
  if (!paint.boxed) return;
  const float radius = std::min(ui.metrics().button_radius, button.at.h * 0.28f);
  const auto& theme = ui.theme();
  ui.fill(button.at, paint.ground, radius);
  if (is_high_contrast(theme.palette)) {
    // Every control has a strong edge; one that cannot be used a thin one.
    const bool filled = theme[paint.ground] != theme[Token::surface];
    const float edge = button.state == ButtonState::disabled ? 0.2f : theme.control_border_mm;
    if (!filled) ui.border(button.at, paint.fore, radius, edge);
  } else if (theme[paint.border] != theme[paint.ground]) {
    const float width = button.kind == ButtonKind::chosen ? 0.5f : theme.control_border_mm;
    ui.border(button.at, paint.border, radius, width);
  }
  if (button.kind == ButtonKind::chosen && is_high_contrast(theme.palette)) {
    ui.border(button.at.inset(1.0f), paint.fore, radius - 1.0f, theme.control_border_mm);
  }
}

struct Content {
  TextStyle style;
  float icon = 0;  ///< em of the icons
  float gap = 0;
  float width = 0;  ///< of icons, gaps and label on one line
  bool two_lines = false;
};

bool words_fit(Ui& ui, std::string_view label, const TextStyle& style, float width) {
  while (!label.empty()) {
    const auto space = label.find(' ');
    if (text_width(ui, label.substr(0, space), style) > width) return false;
    label = space == std::string_view::npos ? std::string_view{} : label.substr(space + 1);
  }
  return true;
}

/// One line as large as asked; else smaller; else two lines; else as small as may be.
Content content_of(Ui& ui, const Button& button, const Rect& room) {
  Content out;
  const int icons = (button.icon != Icon::none) + (button.icon_right != Icon::none);
  const auto set = [&](TextSize size, float cap_mm) {
    out.style = {.size = size, .weight = Weight::semibold, .align = Align::left, .cap_mm = cap_mm};
    float cap = cap_height(ui, out.style);
    const float highest = room.h / 1.8f;  // air above the capitals and below the descenders
    if (cap > highest) cap = out.style.cap_mm = highest;
    out.icon = cap * 1.5f;
    out.gap = cap * 0.75f;
    const float signs = static_cast<float>(icons) * (out.icon + out.gap);
    out.width = text_width(ui, button.label, out.style) + signs;
    return room.w - signs;
  };
  const auto one_line = [&](TextSize size, float cap_mm = 0) {
    set(size, cap_mm);
    return out.width <= room.w;
  };
  const auto two_lines = [&](TextSize size, float cap_mm = 0) {
    const float width = set(size, cap_mm);
    out.two_lines = words_fit(ui, button.label, out.style, width) &&
                    paragraph_height(ui, width, button.label, out.style) <= room.h;
    return out.two_lines;
  };
  const bool customer = ui.audience() == Audience::customer;
  if (one_line(button.size)) return out;
  if (button.size > TextSize::body && one_line(TextSize::body)) return out;
  if (customer && one_line(TextSize::caption)) return out;
  if (two_lines(TextSize::body) || (customer && two_lines(TextSize::caption))) return out;
  const float least = least_cap_mm(ui);
  float cap = cap_height(ui, {.size = TextSize::caption});
  while (cap > least) {
    if (one_line(TextSize::body, cap) || two_lines(TextSize::body, cap)) return out;
    cap *= 0.94f;
  }
  const bool too_wide = !one_line(TextSize::body, least);
  // A word may go on below, a figure may not.
  const bool has_figure = button.label.find_first_of("0123456789") != std::string_view::npos;
  const float width = set(TextSize::body, least);
  out.two_lines = too_wide && (!has_figure || words_fit(ui, button.label, out.style, width));
  return out;
}

/// Beside the signs a word of the label has no room on one line.
bool breaks_a_word(Ui& ui, const Content& content, std::string_view label, const Rect& room) {
  if (content.width <= room.w) return false;
  const float signs = content.width - text_width(ui, label, content.style);
  return signs > 0 && !words_fit(ui, label, content.style, room.w - signs);
}

/// Icon, label and right icon as one group; returns nothing, the probe gets the text.
void draw_content(Ui& ui, const Button& button, const Rect& room, Token fore) {
  const Icon icon = button.state == ButtonState::working ? Icon::hourglass : button.icon;
  if (button.icon_only) {
    const float em = std::min(cap_height(ui, {.size = TextSize::body}) * 1.6f, room.h * 0.6f);
    ui.icon(icon, room.centre_x(), room.centre_y(), em, fore);
    return;
  }
  Button shown = button;
  shown.icon = icon;
  auto content = content_of(ui, shown, room);
  if (breaks_a_word(ui, content, button.label, room)) {
    // A word matters more than a sign.
    shown.icon = shown.icon_right = Icon::none;
    content = content_of(ui, shown, room);
  }
  content.style.colour = fore;
  Rect line = room;
  if (!content.two_lines && button.align == Align::centre) {
    line = room.centred(content.width + 0.01f, room.h);
  }
  if (shown.icon != Icon::none) {
    const Rect at = line.take_left(content.icon, content.gap);
    ui.icon(shown.icon, at.centre_x(), at.centre_y(), content.icon, fore);
  }
  if (shown.icon_right != Icon::none) {
    const Rect at = line.take_right(content.icon, content.gap);
    ui.icon(shown.icon_right, at.centre_x(), at.centre_y(), content.icon, fore);
  }
  if (!content.two_lines) {
    text(ui, line, button.label, content.style);
    return;
  }
  content.style.valign = VAlign::middle;
  if (button.align == Align::centre && shown.icon == Icon::none)
    content.style.align = Align::centre;
  paragraph(ui, line, button.label, content.style);
}

/// A large icon at the left, label and reason one above the other.
void draw_invitation(Ui& ui, const Button& button, Rect room, Token fore) {
  const float em = room.h * 0.42f;
  if (button.icon != Icon::none) {
    const Rect at = room.take_left(em * 2.0f, em * 0.4f);
    ui.icon(button.icon, at.centre_x(), at.centre_y(), em, fore);
  }
  const TextStyle label{.size = button.size, .weight = Weight::bold, .colour = fore};
  const TextStyle small{.size = TextSize::caption, .colour = fore, .valign = VAlign::top};
  const float label_height = line_height(ui, label);
  const float reason_height = paragraph_height(ui, room.w, button.reason, small);
  Rect words = room.centred(room.w, label_height + reason_height);
  text_fit(ui, words.take_top(label_height), button.label, label, cap_height(ui, {}));
  paragraph(ui, words, button.reason, small);
}

void draw_label(Ui& ui, const Button& button, Token fore) {
  const float cap = cap_height(ui, {.size = TextSize::body});
  const float pad = button.icon_only ? 0 : std::min(cap * 1.3f, button.at.w * 0.055f);
  Rect room = button.at.inset(button.kind == ButtonKind::link ? 0 : pad, 0);
  if (!button.reason.empty() && button.align == Align::left)
    return draw_invitation(ui, button, room, fore);
  if (!button.reason.empty()) {
    room = room.inset(0, button.at.h * 0.12f);
    const TextStyle small{.size = TextSize::caption, .colour = fore, .align = button.align};
    const float height = paragraph_height(ui, room.w, button.reason, small);
    paragraph(ui, room.take_bottom(height), button.reason, small);
  }
  draw_content(ui, button, room, fore);
}

}  // namespace

bool button(Ui& ui, const Button& button) {
  assert(!button.id.empty() && !button.label.empty());
  const Paint rest = paint_for(ui, button, false);
  const auto touch = ui.interact({.id = button.id,
                                  .label = button.label,
                                  .rect = button.at,
                                  .role = button.role,
                                  .enabled = button.state == ButtonState::ready,
                                  .selected = button.selected || button.kind == ButtonKind::chosen,
                                  .fore = rest.fore,
                                  .ground = rest.ground,
                                  .border = rest.border,
                                  .radius_mm = ui.metrics().button_radius,
                                  .repeats = button.repeats});
  const Paint paint = touch.held ? paint_for(ui, button, true) : rest;
  draw_box(ui, button, paint);
  ui.push_ground(paint.ground);
  draw_label(ui, button, paint.fore);
  ui.pop_ground();
  return touch.activated;
}

int counter(Ui& ui, const Counter& counter) {
  Rect rest = counter.at;
  const float side = std::min(rest.h, rest.w / 3);
  const auto key = [&](const Rect& at, const char* suffix, Icon icon, const char* verb,
                       bool enabled) {
    const std::string id = std::string(counter.id) + suffix;
    const std::string label = ui.tr(verb) + " " + std::string(counter.label);
    return button(
        ui, {.id = id,
             .at = at,
             .label = label,
             .kind = ui.ground_token() == Token::surface ? ButtonKind::sunk : ButtonKind::quiet,
             .icon = icon,
             .icon_only = true,
             .state = enabled ? ButtonState::ready : ButtonState::disabled,
             .repeats = true});
  };
  const bool less = key(rest.take_left(side), ".less", Icon::minus, "One less:", counter.can_less);
  const bool more = key(rest.take_right(side), ".more", Icon::plus, "One more:", counter.can_more);
  figure(ui, rest.inset(0.5f, 0), counter.value,
         {.size = TextSize::heading, .weight = Weight::semibold, .align = Align::centre});
  return more ? 1 : less ? -1 : 0;
}

bool toggle(Ui& ui, const Toggle& toggle) {
  const auto& theme = ui.theme();
  const auto touch = ui.interact({.id = toggle.id,
                                  .label = toggle.label,
                                  .rect = toggle.at,
                                  .role = Role::toggle,
                                  .selected = toggle.on,
                                  .fore = Token::ink,
                                  .ground = Token::surface,
                                  .border = Token::control,
                                  .radius_mm = ui.metrics().button_radius});
  const float radius = ui.metrics().button_radius;
  const Token ground =
      touch.held && !is_high_contrast(theme.palette) ? Token::sunk : Token::surface;
  ui.fill(toggle.at, ground, radius);
  ui.border(toggle.at, toggle.on ? Token::pine : Token::control, radius,
            toggle.on ? 0.5f : theme.control_border_mm);
  ui.push_ground(ground);
  const float cap = cap_height(ui, {.size = TextSize::body});
  Rect rest = toggle.at.inset(cap * 1.2f, 0);
  const float side = cap * 2.1f;
  const Rect box = rest.take_left(side, cap * 1.1f).centred(side, side);
  if (toggle.on) {
    ui.fill(box, Token::pine, side * 0.22f);
    ui.icon(Icon::check, box.centre_x(), box.centre_y(), side * 0.72f, Token::on_pine);
  } else {
    ui.fill(box, Token::surface, side * 0.22f);
    ui.border(box, Token::muted, side * 0.22f, std::max(0.4f, theme.control_border_mm));
  }
  const TextStyle body{.size = TextSize::body, .weight = Weight::semibold};
  const TextStyle small{.size = TextSize::caption, .colour = Token::muted};
  const float label_height = std::min(rest.h, paragraph_height(ui, rest.w, toggle.label, body));
  const float hint_height =
      toggle.hint.empty() ? 0 : paragraph_height(ui, rest.w, toggle.hint, small);
  rest = rest.inset(0, std::max(0.0f, (rest.h - label_height - hint_height) / 2));
  paragraph_fit(ui, rest.take_top(label_height), toggle.label, body, least_cap_mm(ui));
  if (hint_height > 0) paragraph(ui, rest, toggle.hint, small);
  ui.pop_ground();
  return touch.activated;
}

namespace {

/// The largest at which all of them stand in one row.
float cap_of_tabs(Ui& ui, float width, const std::vector<Tab>& tabs) {
  const TextStyle small{.size = TextSize::caption, .weight = Weight::semibold};
  float cap = cap_height(ui, {.size = TextSize::body});
  const auto total = [&] {
    float sum = -ui.metrics().gap;
    for (const Tab& tab : tabs) {
      const TextStyle style{.size = TextSize::body, .weight = Weight::semibold, .cap_mm = cap};
      sum += text_width(ui, tab.label, style) + 3 * cap + ui.metrics().gap;
      if (!tab.badge.empty()) sum += text_width(ui, tab.badge, small) + 1.8f * cap;
    }
    return sum;
  };
  for (const float least = least_cap_mm(ui); total() > width && cap > least;)
    cap = std::max(least, cap * 0.96f);
  return cap;
}

}  // namespace

int tabs(Ui& ui, const Rect& at, const std::vector<Tab>& tabs, int selected) {
  int chosen = -1;
  Rect rest = at;
  const float cap = cap_of_tabs(ui, at.w, tabs);
  const float pad = cap * 1.5f;
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    const auto& tab = tabs[i];
    const bool on = static_cast<int>(i) == selected;
    const TextStyle style{.size = TextSize::body,
                          .weight = Weight::semibold,
                          .colour = on ? Token::pine : Token::muted,
                          .align = Align::left,
                          .cap_mm = cap};
    const float label = text_width(ui, tab.label, style);
    const TextStyle small{.size = TextSize::caption,
                          .weight = Weight::semibold,
                          .colour = Token::rose,
                          .align = Align::centre};
    const float badge = tab.badge.empty() ? 0 : text_width(ui, tab.badge, small) + pad * 1.2f;
    const Rect box = rest.take_left(label + badge + 2 * pad, ui.metrics().gap);
    const Token ground = on ? Token::mint : ui.ground_token();
    const auto touch = ui.interact({.id = tab.id,
                                    .label = tab.label,
                                    .rect = box,
                                    .selected = on,
                                    .fore = style.colour,
                                    .ground = ground,
                                    .border = ground,
                                    .radius_mm = ui.metrics().button_radius});
    if (on || touch.held) ui.fill(box, on ? Token::mint : Token::sunk, ui.metrics().button_radius);
    if (on && is_high_contrast(ui.look().palette)) {
      ui.border(box, Token::control, ui.metrics().button_radius, ui.theme().control_border_mm);
    }
    ui.push_ground(ground);
    Rect inside = box.inset(pad, 0);
    text(ui, inside.take_left(label + 0.2f), tab.label, style);
    ui.pop_ground();
    if (badge > 0) {
      const Rect pill = inside.take_right(badge - pad * 0.3f)
                            .centred(badge - pad * 0.3f, cap_height(ui, small) * 2.2f);
      ui.fill(pill, Token::rose_soft, pill.h / 2);
      ui.push_ground(Token::rose_soft);
      text(ui, pill, tab.badge, small);
      ui.pop_ground();
    }
    if (touch.activated) chosen = static_cast<int>(i);
  }
  return chosen;
}

}  // namespace keepsake::ui
