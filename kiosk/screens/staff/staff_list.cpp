// Who works at the store's tills, and one of them taken on or changed.
#include <algorithm>
#include <numeric>

#include "kiosk/flow/staff/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/panes.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/people.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

std::string role_words(const Scene& s, bool manager) {
  return manager ? s.tr("Manager") : s.tr("Cashier");
}

flow::FoundPerson person_of(const Scene& s, const StaffEntry& entry) {
  const std::string role = role_words(s, entry.member.manager);
  return {
      {}, entry.member.name, entry.has_pin ? role : s.tr("{role}, no PIN yet", {{"role", role}})};
}

void everybody(Scene& s, Rect at, const flow::StaffList& list) {
  std::vector<flow::FoundPerson> people;
  people.reserve(list.staff.size());
  for (const StaffEntry& each : list.staff) people.push_back(person_of(s, each));
  const auto heights = person_heights(s, ui::row_width(s.ui, at.w), people);
  // As high as its rows, and the card's border around them.
  at.h = std::min(at.h,
                  std::accumulate(heights.begin(), heights.end(), 2 * s.ui.theme().card_border_mm));
  card_list(s,
            {.id = "staff", .at = at, .count = people.size(), .row_heights = &heights, .empty = {}},
            [&](std::size_t i, const Rect& row) {
              const std::string id = "staff." + std::to_string(i);
              if (ui::row(s.ui, {.id = id, .at = row, .label = people[i].name}))
                s.send(flow::OpenStaffMember{i});
              person_words(s, row, people[i]);
            });
}

void list_page(Scene& s, const flow::StaffList& list) {
  const auto& m = s.metrics();
  Rect body = staff_frame(s, {.title = s.tr("Staff"), .detail = {}, .back = s.tr("Back")});
  s.press({.id = "staff.add",
           .at = body.take_bottom(m.target + 2, m.gap),
           .label = s.tr("Add staff member"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::user_plus,
           .state = list.loaded ? ui::ButtonState::ready : ui::ButtonState::disabled},
          flow::AddStaffMember{});
  if (list.loaded) return everybody(s, body, list);
  const Rect inside = ui::begin_card(s.ui, body);
  empty_state(s, inside, ui::Icon::users, s.tr("Loading details."));
  ui::end_card(s.ui);
}

void name_field(Scene& s, const Rect& at, const flow::StaffForm& form) {
  const bool low = s.ui.low();
  const std::string label = s.tr("Name");
  field(s,
        {.id = "name",
         .at = at,
         .label = low ? std::string_view() : std::string_view(label),
         .text = form.name,
         .placeholder = low ? std::string_view(label) : std::string_view(),
         .icon = ui::Icon::user,
         .active = !form.pin && !form.removing},
        flow::Field::name);
}

void roles(Scene& s, const Rect& at, const flow::StaffForm& form) {
  const auto choice = [&](int column, std::string_view id, bool manager) {
    const bool chosen = form.manager == manager;
    s.press({.id = id,
             .at = at.column(column, 2, s.metrics().gap),
             .label = role_words(s, manager),
             .kind = chosen ? ui::ButtonKind::chosen : ui::ButtonKind::quiet,
             .icon = chosen ? ui::Icon::check : ui::Icon::none,
             .size = ui::TextSize::body,
             .selected = chosen},
            flow::ChooseRole{manager});
  };
  choice(0, "role.cashier", false);
  choice(1, "role.manager", true);
}

std::string save_words(const Scene& s, const flow::StaffForm& form) {
  return form.id.empty() ? s.tr("Continue") : s.tr("Save");
}

void save_button(Scene& s, const Rect& at, const flow::StaffForm& form) {
  const bool fresh = form.id.empty();
  s.press({.id = "staff.save",
           .at = at,
           .label = save_words(s, form),
           .kind = ui::ButtonKind::primary,
           .icon = fresh ? ui::Icon::none : ui::Icon::check,
           .icon_right = fresh ? ui::Icon::next : ui::Icon::none,
           .state = s.readiness(),
           .size = ui::TextSize::body},
          flow::Submit{});
}

/// What is done with somebody who works here already.
void pin_and_remove(Scene& s, Rect row) {
  const auto& m = s.metrics();
  s.press({.id = "staff.remove",
           .at = row.take_right(m.target, m.gap),
           .label = s.tr("staff", "Remove"),
           .kind = ui::ButtonKind::danger,
           .icon = ui::Icon::trash,
           .icon_only = true,
           .state = s.readiness()},
          flow::AskRemoveMember{});
  s.press({.id = "staff.pin",
           .at = row,
           .label = s.tr("New PIN"),
           .icon = ui::Icon::lock,
           .state = s.readiness(),
           .size = ui::TextSize::body},
          flow::OpenPin{});
}

void ask_remove(Scene& s, const flow::StaffForm& form) {
  const std::string text = s.tr(
      "{name} can no longer sign in at any till of this store. Everything they recorded stays.",
      {{"name", form.name}});
  const std::string yes = s.tr("staff", "Remove");
  const std::string no = s.tr("Leave as is");
  const int chosen = ui::dialog(
      s.ui, {.title = s.tr("Remove this staff member?"),
             .text = text,
             .icon = ui::Icon::trash,
             .tone = ui::Tone::bad,
             .choices = {{.id = "remove.no", .label = no, .kind = ui::ButtonKind::primary},
                         {.id = "remove.yes",
                          .label = yes,
                          .kind = ui::ButtonKind::danger,
                          .icon = ui::Icon::trash}},
             .escape = 0});
  if (chosen == 0) s.send(flow::Back{});
  if (chosen == 1) s.send(flow::Submit{});
}

void form_page(Scene& s, const flow::StaffForm& form) {
  const auto& m = s.metrics();
  const bool low = s.ui.low();
  Rect body = staff_frame(s, {.title = form.id.empty() ? s.tr("New staff member") : s.tr("Staff"),
                              .detail = {},
                              .back = s.tr("Back")});
  const float keys = keyboard_height(s, body.w);
  Rect pad = body.take_bottom(low ? keys : keys + 4, m.gap);
  // Two rows of two columns: who it is, and what is done with them.
  const float side = body.w * 0.38f;
  Rect upper = body.take_top(low ? m.target : ui::field_height(s.ui, ui::ErrorRoom::no), m.gap);
  Rect lower = body.take_top(m.target);
  if (!form.id.empty()) {
    const Rect right = upper.take_right(side, m.gap);
    pin_and_remove(s, {right.x, right.bottom() - m.target, right.w, m.target});
  }
  name_field(s, upper, form);
  save_button(s, lower.take_right(side, m.gap), form);
  roles(s, lower, form);
  keyboard(s, pad, save_words(s, form));
  if (form.pin)
    new_pin_pane(s, {.entry = form.pin->entry, .again = !form.pin->first.empty()});
  else if (form.removing)
    ask_remove(s, form);
}

}  // namespace

void draw(Scene& s, const flow::StaffList& list) {
  list.form ? form_page(s, *list.form) : list_page(s, list);
}

}  // namespace keepsake::screens
