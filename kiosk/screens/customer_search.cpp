// Find a customer as somebody types.
#include <algorithm>

#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

NameAndDetail words_of(const flow::FoundPerson& person) {
  return {person.name.empty() ? std::string_view("?") : std::string_view(person.name),
          person.detail,
          {.weight = ui::Weight::semibold},
          {.size = ui::TextSize::caption, .colour = ui::Token::muted}};
}

void hit(Scene& s, std::size_t index, const Rect& at, const flow::FoundPerson& person) {
  const std::string id = "person." + std::to_string(index);
  if (ui::row(s.ui,
              {.id = id, .at = at, .label = person.name.empty() ? person.detail : person.name}))
    s.send(flow::PickPerson{index});
  Rect room = at.inset(s.metrics().pad, 1);
  const float face = 4.2f;
  const Rect sign = room.take_left(2 * face, 3);
  ui::avatar(s.ui, sign.centre_x(), sign.centre_y(), face,
             person.name.empty() ? std::string("?") : initials(s.locale(), person.name));
  const Rect chevron = room.take_right(6, 2);
  s.ui.icon(ui::Icon::next, chevron.centre_x(), chevron.centre_y(), 5, ui::Token::muted);
  name_and_detail(s, room, words_of(person));
}

void hits(Scene& s, const Rect& at, const flow::CustomerSearch& page) {
  if (page.found.empty()) {
    const Rect inside = ui::begin_card(s.ui, at);
    const bool nobody = page.searched && page.words.size() >= 2;
    empty_state(s, inside, nobody ? ui::Icon::question : ui::Icon::users,
                nobody ? s.tr("Nobody is found by that.") : s.tr("Type a name, a phone or a card."),
                nobody ? s.tr("Try fewer letters.") : s.tr("The beginning of any word is enough."));
    ui::end_card(s.ui);
    return;
  }
  std::vector<float> heights;
  for (const auto& person : page.found)
    heights.push_back(std::max(
        s.metrics().target,
        name_and_detail_height(s, at.w - 2 * s.metrics().pad - 19.4f, words_of(person)) + 2.5f));
  card_list(
      s,
      {.id = "people", .at = at, .count = page.found.size(), .row_heights = &heights, .empty = {}},
      [&](std::size_t i, const Rect& row) { hit(s, i, row, page.found[i]); });
}

}  // namespace

void draw(Scene& s, const flow::CustomerSearch& page) {
  const auto& m = s.metrics();
  Rect body = staff_frame(s, {.title = s.tr("Customers"), .detail = {}, .back = s.tr("Back")});
  const Rect keys = body.take_bottom(keyboard_height(s, body.w), m.gap);
  Rect row = body.take_top(ui::field_height(s.ui, ui::ErrorRoom::no), m.gap);
  if (s.visit().staff && s.visit().staff->manager) {
    const std::string label = s.tr("Same person twice?");
    const float wide = ui::text_width(s.ui, label, {.weight = ui::Weight::semibold}) + 16;
    const Rect side = row.take_right(std::min(wide, row.w * 0.42f), m.gap);
    s.press({.id = "merges",
             .at = {side.x, side.bottom() - m.target, side.w, m.target},
             .label = label,
             .icon = ui::Icon::users,
             .size = ui::TextSize::body},
            flow::Go{flow::Place::merges});
  }
  field(s,
        {.id = "words",
         .at = row,
         .label = s.tr("Name, phone, e-mail or card"),
         .text = page.words,
         .placeholder = s.tr("Or scan the card"),
         .icon = ui::Icon::search,
         .active = true},
        flow::Field::search);
  hits(s, body, page);
  keyboard(s, keys, s.tr("Search"));
}

}  // namespace keepsake::screens
