// A field of the shop's own at joining: chosen from a list, typed on a keypad, or on a keyboard.
#include "kiosk/screens/customer/join_own.hpp"

#include <algorithm>

#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/staff/profile_rows.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

struct Rooms {
  Rect body;
  Rect actions;
};

Rooms rooms_of(Scene& s, const std::string& title) {
  if (!s.staff()) {
    const auto frame = customer_frame(
        s, {.title = s.portrait() ? title : std::string(), .detail = {}, .action_rows = 1});
    return {frame.body, frame.actions};
  }
  Rect body = staff_frame(s, {.title = s.tr("New member"), .detail = {}, .back = s.tr("Back")});
  const Rect actions = body.take_bottom(s.metrics().target, s.metrics().gap);
  return {body, actions};
}

void skip_button(Scene& s, const Rect& at) {
  s.press({.id = "own.skip",
           .at = at,
           .label = s.tr("Skip"),
           .icon = ui::Icon::close,
           .state = s.readiness()},
          flow::PickValue{""});
}

void next_buttons(Scene& s, Rect row) {
  skip_button(s, row.take_left((row.w - s.metrics().gap) * 0.45f, s.metrics().gap));
  s.press({.id = "own.next",
           .at = row,
           .label = s.tr("Next"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::check,
           .state = s.readiness()},
          flow::Submit{});
}

void own_text(Scene& s, const Rect& at, const std::string& title, const flow::FieldEntry& entry) {
  const bool day = entry.keys == flow::Field::day;
  field(s,
        {.id = "own",
         .at = at,
         .label = title,
         .text = day ? typed_day(entry.entry) : entry.entry,
         .placeholder = day ? s.tr("Year, month, day") : std::string(),
         .active = true},
        entry.keys);
}

void choose(Scene& s, const std::string& title, const std::vector<ValueChoice>& choices) {
  Rooms rooms = rooms_of(s, title);
  skip_button(s, rooms.actions);
  if (s.staff() || !s.portrait()) {
    const ui::TextStyle heading{.size = ui::TextSize::heading, .valign = ui::VAlign::top};
    const float high = ui::paragraph_height(s.ui, rooms.body.w, title, heading);
    ui::paragraph_fit(s.ui, rooms.body.take_top(high, s.metrics().gap), title, heading,
                      least_cap(s));
  }
  const std::vector<float> heights(choices.size(), s.metrics().target);
  card_list(s,
            {.id = "own",
             .at = rooms.body,
             .count = choices.size(),
             .row_heights = &heights,
             .empty = {}},
            [&](std::size_t i, const Rect& row) {
              const ValueChoice& each = choices[i];
              const std::string id = "own." + std::to_string(i);
              if (ui::row(s.ui, {.id = id, .at = row, .label = each.label}))
                s.send(flow::PickValue{each.value});
              Rect words = row.inset(s.metrics().pad, 1);
              ui::paragraph_fit(s.ui, words, each.label, {}, least_cap(s));
            });
}

void by_keypad(Scene& s, const std::string& title, const flow::FieldEntry& entry) {
  const auto& m = s.metrics();
  Rooms rooms = rooms_of(s, title);
  next_buttons(s, rooms.actions);
  Rect body = rooms.body;
  const float high = ui::field_height(s.ui, ui::ErrorRoom::no);
  if (s.portrait()) {
    own_text(s, body.take_top(high, m.gap), title, entry);
    return keypad(s, body.take_bottom(std::min(body.h, keypad_height(s, 4))), entry.keys);
  }
  keypad(s, body.take_right(std::max(keypad_width(s), body.w * 0.34f), m.gap + 2), entry.keys);
  own_text(s, body.take_top(std::min(body.h, high)), title, entry);
}

/// On a customer's landscape display a keyboard leaves room for the field alone; "Next" of an empty
/// one leaves it out.
void one_line(Scene& s, const std::string& title, const flow::FieldEntry& entry) {
  const Typing frame = typing_frame(s);
  own_text(s, frame.row, title, entry);
  keyboard(s, frame.keys, s.tr("Next"));
}

void by_keyboard(Scene& s, const std::string& title, const flow::FieldEntry& entry) {
  const auto& m = s.metrics();
  Rooms rooms = rooms_of(s, title);
  next_buttons(s, rooms.actions);
  Rect body = rooms.body;
  own_text(s, body.take_top(ui::field_height(s.ui, ui::ErrorRoom::no), m.gap), title, entry);
  keyboard(s, body.take_bottom(std::min(body.h, keyboard_height(s, body.w))), s.tr("Next"));
}

}  // namespace

void draw_own_field(Scene& s, const flow::FieldEntry& entry) {
  const std::string title = field_label(s, entry.field);
  if (const auto choices = choices_of(s, entry.field); !choices.empty())
    return choose(s, title, choices);
  if (flow::alphabet_of(entry.keys) != flow::Alphabet::text) return by_keypad(s, title, entry);
  step_by_step(s) ? one_line(s, title, entry) : by_keyboard(s, title, entry);
}

}  // namespace keepsake::screens
