// One field of a customer being typed or chosen, over their page.
#include <algorithm>

#include "kiosk/flow/staff/state.hpp"
#include "kiosk/screens/shared/panes.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/staff/profile_rows.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

void choose(Scene& s, const std::string& title, const std::vector<ValueChoice>& choices) {
  const auto& m = s.metrics();
  const auto count = static_cast<int>(choices.size());
  const int columns = count > 3 ? 2 : 1;
  const int rows = (count + columns - 1) / columns;
  const float high =
      2 * m.pad + m.target_small + m.gap + static_cast<float>(rows) * (m.target + m.gap);
  Rect room = ui::begin_panel(s.ui, std::min(120.0f, s.ui.screen().w - 8),
                              std::min(high, s.ui.screen().h - 6));
  pane_title(s, room, title, "entry.close");
  for (int i = 0; i < count; ++i) {
    const ValueChoice& each = choices[static_cast<std::size_t>(i)];
    const std::string id = "value." + each.value;
    s.press({.id = id,
             .at = room.cell(i, columns, rows, m.gap),
             .label = each.label,
             .state = s.readiness(),
             .size = ui::TextSize::body},
            flow::PickValue{each.value});
  }
  ui::end_panel(s.ui);
}

void save_button(Scene& s, const Rect& at, const std::string& label) {
  s.press({.id = "save",
           .at = at,
           .label = label,
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::check,
           .state = s.readiness(),
           .size = ui::TextSize::body},
          flow::Submit{});
}

/// The contact itself goes, without another in its place.
void remove_button(Scene& s, const Rect& at, const std::string& field, const ContactTag& tag) {
  s.press({.id = "remove",
           .at = at,
           .label = s.tr("Remove {field}", {{"field", field}}),
           .kind = ui::ButtonKind::danger,
           .icon = ui::Icon::trash,
           .icon_only = true,
           .state = s.readiness()},
          flow::RemoveContact{tag});
}

bool by_keypad(const flow::FieldEntry& entry) {
  return flow::alphabet_of(entry.keys) != flow::Alphabet::text;
}

/// What one types, and how it goes on.
struct Typing {
  std::string title;
  std::string submit;
  std::string placeholder = {};
  std::string label = {};  ///< of the field; empty: the title
};

void type_it(Scene& s, const Typing& typing, const flow::FieldEntry& entry) {
  const std::string& title = typing.title;
  const auto& m = s.metrics();
  const bool pad = by_keypad(entry);
  const float field_h = ui::field_height(s.ui, ui::ErrorRoom::no);
  const float width = pad ? 96.0f : s.ui.screen().w - 6;
  const float keys = pad ? keypad_height(s, 4) : keyboard_height(s, width - 2 * m.pad);
  const float high =
      2 * m.pad + m.target_small + field_h + keys + 3 * m.gap + (pad ? m.target : 0.0f);
  Rect room = ui::begin_panel(s.ui, width, std::min(high, s.ui.screen().h - 4));
  pane_title(s, room, title, "entry.close");
  Rect row = room.take_top(field_h, m.gap);
  if (!pad) {
    const Rect side = row.take_right(34, m.gap);
    save_button(s, {side.x, side.bottom() - m.target, side.w, m.target}, typing.submit);
    if (entry.replaces) {
      const Rect gone = row.take_right(m.target, m.gap);
      remove_button(s, {gone.x, gone.bottom() - m.target, gone.w, m.target}, title,
                    *entry.replaces);
    }
  }
  const bool day = entry.keys == flow::Field::day;
  field(s,
        {.id = "entry",
         .at = row,
         .label = typing.label.empty() ? title : typing.label,
         .text = day ? typed_day(entry.entry) : entry.entry,
         .placeholder = typing.placeholder,
         .active = true},
        entry.keys);
  if (!pad) {
    const bool email = entry.field == name_of(ContactKind::email);
    keyboard(s, room, typing.submit, email ? ui::Keyboard::For::email : ui::Keyboard::For::text);
  } else {
    Rect below = room.take_bottom(m.target, m.gap);
    if (entry.replaces) remove_button(s, below.take_left(m.target, m.gap), title, *entry.replaces);
    save_button(s, below, typing.submit);
    keypad(s, room, entry.keys);
  }
  ui::end_panel(s.ui);
}

}  // namespace

std::string typed_day(std::string_view digits) {
  std::string out(digits);
  if (out.size() > 6) out.insert(6, "-");
  if (out.size() > 4) out.insert(4, "-");
  return out;
}

/// Which level, until when, and why.
void draw_giving(Scene& s, const flow::FieldEntry& entry, const loyalty::TierStanding* tier) {
  using Step = flow::LevelGiving::Step;
  if (entry.giving.step == Step::level) {
    auto choices = choices_of(s, entry.field);
    if (tier != nullptr && tier->given) choices.push_back({"", s.tr("Only as earned")});
    return choose(s, s.tr("Give a level"), choices);
  }
  if (entry.giving.step == Step::day)
    return type_it(s,
                   {s.tr("Last day of the level"), s.tr("Continue"), s.tr("Empty: no last day"),
                    s.tr("Year, month, day")},
                   entry);
  type_it(s, {s.tr("Reason"), s.tr("Save")}, entry);
}

void draw_entry(Scene& s, const flow::FieldEntry& entry, bool has_pin) {
  if (entry.field == flow::pin_field)
    return new_pin_pane(
        s, {.entry = entry.entry, .again = !entry.first.empty(), .removable = has_pin});
  const std::string title = field_label(s, entry.field);
  auto choices = choices_of(s, entry.field);
  // What was chosen of a shop's own field can be taken back.
  if (!choices.empty() && entry.field.starts_with(customer_field::custom))
    choices.push_back({"", s.tr("Not set")});
  const bool day = entry.keys == flow::Field::day;
  if (!choices.empty()) return choose(s, title, choices);
  type_it(s, {title, s.tr("Save"), day ? s.tr("Year, month, day") : std::string()}, entry);
}

}  // namespace keepsake::screens
