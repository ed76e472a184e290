#include "kiosk/ui/field.hpp"

#include <algorithm>
#include <cassert>

#include "kiosk/ui/impl.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake::ui {
namespace {

constexpr std::string_view secret_dot = "\u2022";

std::string shown_text(const Field& field) {
  if (field.mask == FieldMask::none) return std::string(field.text);
  std::string dots;
  for (const char c : field.text) {
    if (!continues_code_point(c)) dots += secret_dot;
  }
  return dots;
}

/// Takes this frame's key off, so that nobody else acts on it.
Edit take_edit(Ui::Impl& ui) {
  Edit out;
  for (const auto& event : ui.keys) {
    if (const auto* typed = get_if<input::Typed>(&event)) {
      out = {Edit::Kind::insert, typed->text};
    } else if (const auto* press = get_if<input::KeyPress>(&event)) {
      if (press->key == input::Key::backspace) out.kind = Edit::Kind::backspace;
      if (press->key == input::Key::del) out.kind = Edit::Kind::clear;
      if (press->key == input::Key::enter) out.kind = Edit::Kind::submit;
      out.burst = press->burst;
    }
  }
  out.by = Edit::By::keyboard;
  if (out) ui.keys.clear();
  return out;
}

/// The longest end of `text` that fits, after an ellipsis.
std::string end_of(Ui& ui, std::string_view text, const TextStyle& style, float width) {
  std::string out;
  do {
    text.remove_prefix(first_code_points(text, 1).size());
    out = "\u2026" + std::string(text);
  } while (!text.empty() && text_width(ui, out, style) > width);
  return out;
}

void draw_text(Ui& ui, const Field& field, Rect inside) {
  TextStyle style{.size = field.size, .weight = Weight::semibold, .align = field.align};
  const float cap = cap_height(ui, style);
  // A narrow box is for what is typed.
  if (field.icon != Icon::none && inside.w > 8 * cap) {
    const Rect at = inside.take_left(cap * 1.7f, cap * 0.8f);
    ui.icon(field.icon, at.centre_x(), at.centre_y(), cap * 1.7f, Token::muted);
  }
  const std::string shown = shown_text(field);
  const float caret = cap * 0.16f;
  const float room = inside.w - caret - cap * 0.2f;
  float width = text_width(ui, shown, style);
  for (const float least = least_cap_mm(ui); width > room && cap_height(ui, style) > least;) {
    style.cap_mm = std::max(least, cap_height(ui, style) * 0.94f);
    width = text_width(ui, shown, style);
  }
  float end = inside.x + width;
  if (shown.empty() && !field.placeholder.empty()) {
    style.weight = Weight::regular;
    style.colour = Token::muted;
    style.size = std::min(style.size, TextSize::body);
    TextStyle least = style;
    least.cap_mm = least_cap_mm(ui);
    // With a label over it the box can do without, where it is too narrow for the words.
    const bool said = !field.label.empty() && text_width(ui, field.placeholder, least) > inside.w;
    if (!said) text_fit(ui, inside, field.placeholder, style, least_cap_mm(ui));
    end = field.align == Align::right ? inside.right() - caret : inside.x;
  } else if (width > room) {
    // The end is what the person is typing: keep it in sight and cut the start.
    const std::string tail = end_of(ui, shown, style, room);
    style.align = Align::left;
    end = inside.x + text(ui, {inside.x, inside.y, room + 0.5f, inside.h}, tail, style);
  } else {
    Rect line = inside;
    if (field.align == Align::right) line.take_right(caret + cap * 0.2f);
    text(ui, line, shown, style);
    if (field.align == Align::centre) end = inside.centre_x() + width / 2;
    if (field.align == Align::right) end = line.right();
  }
  if (field.active) {
    ui.fill({end + cap * 0.12f, inside.centre_y() - cap * 0.95f, std::max(0.3f, caret), cap * 1.9f},
            Token::pine, caret / 2);
  }
}

}  // namespace

bool apply(std::string& text, const Edit& edit, std::size_t max_bytes) {
  switch (edit.kind) {
    case Edit::Kind::none:
    case Edit::Kind::submit:
      break;
    case Edit::Kind::insert:
      if (text.size() + edit.text.size() > max_bytes) return false;
      text += edit.text;
      break;
    case Edit::Kind::backspace:
      text.resize(text.size() - last_code_point_bytes(text));
      break;
    case Edit::Kind::clear:
      text.clear();
      break;
  }
  return true;
}

float field_height(const Ui& ui, ErrorRoom room) {
  const float line = line_height(ui, {.size = TextSize::caption});
  return ui.metrics().target + line * (room == ErrorRoom::yes ? 2.2f : 1.1f);
}

FieldResult field(Ui& ui, const Field& field) {
  assert(!field.id.empty());
  Rect rest = field.at;
  const TextStyle small{.size = TextSize::caption, .colour = Token::muted};
  const float line = line_height(ui, small);
  if (!field.label.empty()) {
    // On a low display the label gives way, the box stays as high as a finger needs.
    const float most = field.at.h - ui.metrics().target_small;
    TextStyle least = small;
    least.cap_mm = least_cap_mm(ui);
    const float lines = paragraph_height(ui, field.at.w, field.label, least);
    const bool one_line = text_width(ui, field.label, least) <= field.at.w;
    const Rect label = rest.take_top(std::min(one_line ? line * 1.1f : lines + 0.1f, most));
    if (one_line && most >= line)
      text_fit(ui, label, field.label, small, least.cap_mm);
    else
      paragraph_fit(ui, label, field.label, small, least.cap_mm);
  }
  const bool wrong = !field.error.empty();
  // Alone it fills its place; with words around it, it is as high as a button.
  const bool alone = field.label.empty() && !wrong;
  const Rect box = rest.take_top(alone ? rest.h : std::min(rest.h, ui.metrics().target));
  const Token edge = wrong ? Token::rose : field.active ? Token::pine : Token::control;
  const std::string_view label = field.label.empty() ? field.placeholder : field.label;
  const auto touch = ui.interact({.id = field.id,
                                  .label = label,
                                  .rect = box,
                                  .role = Role::field,
                                  .enabled = field.enabled,
                                  .selected = field.active,
                                  .fore = Token::ink,
                                  .ground = Token::surface,
                                  .border = edge,
                                  .radius_mm = ui.metrics().button_radius,
                                  .leads_on = field.leads_on});
  const float radius = std::min(ui.metrics().button_radius, box.h * 0.28f);
  const Token ground = field.enabled ? Token::surface : Token::sunk;
  ui.fill(box, ground, radius);
  const float thin = ui.theme().control_border_mm;
  ui.border(box, edge, radius, field.active || wrong ? std::max(0.5f, thin * 1.5f) : thin);
  ui.push_ground(ground);
  draw_text(ui, field, box.inset(cap_height(ui, {.size = TextSize::body}) * 1.2f, 0));
  ui.pop_ground();
  if (wrong) {
    const float cap = cap_height(ui, small);
    Rect below = rest;
    below.take_top(cap * 0.4f);
    const Rect sign = below.take_left(cap * 1.8f, cap * 0.6f);
    ui.icon(Icon::warning, sign.centre_x(), below.y + line / 2, cap * 1.6f, Token::rose);
    paragraph(ui, below, field.error,
              {.size = TextSize::caption, .colour = Token::rose, .valign = VAlign::top});
  }
  FieldResult out;
  out.chosen = touch.activated || (touch.focused && !field.active);
  if (field.active && field.enabled) out.edit = take_edit(ui.impl());
  return out;
}

namespace {

/// Where a key stands: 0 to 9 are the digits 1 to 0, then the separator and the way back.
enum Key : int { zero = 9, separator_key = 10, back_key = 11 };

struct Place {
  int row, column;
};

/// As on a telephone; where there is no height for its four rows, 0 and the two signs stand in a
/// column beside 1 to 9.
Place place_of(int key, bool three_rows) {
  if (key < zero) return {key / 3, key % 3};
  if (!three_rows) return {3, key == zero ? 1 : key == separator_key ? 0 : 2};
  return {key == back_key ? 0 : key == separator_key ? 1 : 2, 3};
}

}  // namespace

Edit keypad(Ui& ui, const Keypad& pad) {
  Edit out;
  const auto state = pad.enabled ? ButtonState::ready : ButtonState::disabled;
  const float gap = std::max(3.0f, ui.metrics().gap * 0.8f);
  const float least = least_key_mm(ui.audience());
  const bool three_rows = ui.low() && pad.at.h + 0.1f < 4 * least + 3 * gap;
  const int rows = (three_rows ? 3 : 4) + (pad.submit.empty() ? 0 : 1);
  const auto key = [&](int cell, std::string_view suffix, std::string_view label, Icon icon) {
    const std::string id = std::string(pad.id) + "." + std::string(suffix);
    const Place place = place_of(cell, three_rows);
    return button(
        ui, {.id = id,
             .at = pad.at.row(place.row, rows, gap).column(place.column, three_rows ? 4 : 3, gap),
             .label = label,
             .icon = icon,
             .icon_only = icon != Icon::none,
             .state = state,
             .size = TextSize::title,
             .role = Role::key});
  };
  static constexpr std::string_view names = "1234567890";
  for (int i = 0; i < 10; ++i) {
    const auto digit = names.substr(static_cast<std::size_t>(i), 1);
    if (key(i, digit, digit, Icon::none)) out = {Edit::Kind::insert, std::string(digit)};
  }
  if (!pad.separator.empty() && key(separator_key, "sep", pad.separator, Icon::none)) {
    out = {Edit::Kind::insert, std::string(pad.separator)};
  }
  if (key(back_key, "back", ui.tr("Delete"), Icon::erase)) out.kind = Edit::Kind::backspace;
  if (!pad.submit.empty()) {
    const std::string id = std::string(pad.id) + ".ok";
    if (button(ui, {.id = id,
                    .at = pad.at.row(rows - 1, rows, gap),
                    .label = pad.submit,
                    .kind = ButtonKind::primary,
                    .state = state,
                    .role = Role::key})) {
      out.kind = Edit::Kind::submit;
    }
  }
  if (out || !pad.enabled) return out;
  const auto typed = take_edit(ui.impl());
  const bool digits = std::all_of(typed.text.begin(), typed.text.end(), [&](char c) {
    return is_digit(c) || pad.separator.find(c) != std::string_view::npos;
  });
  return digits ? typed : Edit{};
}

}  // namespace keepsake::ui
