#include "kiosk/screens/shared/people.hpp"

#include <algorithm>
#include <numeric>

#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

constexpr float face_mm = 4.2f;  // radius

NameAndDetail words_of(const flow::FoundPerson& person) {
  const bool named = !person.name.empty();
  return {named ? person.name : person.detail,
          named ? std::string_view(person.detail) : std::string_view(),
          {.weight = ui::Weight::semibold},
          {.size = ui::TextSize::caption, .colour = ui::Token::muted}};
}

void hits(Scene& s, Rect at, const flow::CustomerSearch& search) {
  if (search.found.empty()) {
    const Rect inside = ui::begin_card(s.ui, at);
    const bool nobody = search.searched && search.words.size() >= 2;
    empty_state(s, inside, nobody ? ui::Icon::question : ui::Icon::users,
                nobody ? s.tr("No match.") : s.tr("Type a name, phone or card number."),
                nobody ? s.tr("Try fewer letters.") : s.tr("The first letters are enough."));
    ui::end_card(s.ui);
    return;
  }
  auto heights = person_heights(s, ui::row_width(s.ui, at.w), search.found);
  const std::size_t count = search.found.size();
  if (search.more)
    heights.push_back(std::max(s.metrics().target,
                               line(s, ui::TextSize::body) + line(s, ui::TextSize::caption) + 3));
  at.h = std::min(at.h, std::accumulate(heights.begin(), heights.end(), 0.5f));
  card_list(
      s, {.id = "people", .at = at, .count = heights.size(), .row_heights = &heights, .empty = {}},
      [&](std::size_t i, const Rect& row) {
        if (i == count) return more_row(s, row, count < flow::people_most);
        const flow::FoundPerson& person = search.found[i];
        const std::string id = "person." + std::to_string(i);
        const std::string& label = person.name.empty() ? person.detail : person.name;
        if (ui::row(s.ui, {.id = id, .at = row, .label = label})) s.send(flow::PickPerson{i});
        person_words(s, row, person);
      });
}

}  // namespace

void person_words(Scene& s, const Rect& row, const flow::FoundPerson& person) {
  Rect room = row.inset(s.metrics().pad, 1);
  const Rect sign = room.take_left(2 * face_mm, 3);
  ui::avatar(s.ui, sign.centre_x(), sign.centre_y(), face_mm, initials(s, person.name));
  const Rect chevron = room.take_right(6, 2);
  s.ui.icon(ui::Icon::next, chevron.centre_x(), chevron.centre_y(), 5, ui::Token::muted);
  name_and_detail(s, room, words_of(person));
}

std::vector<float> person_heights(Scene& s, float width_mm,
                                  const std::vector<flow::FoundPerson>& people) {
  const float words = width_mm - 2 * s.metrics().pad - 2 * face_mm - 11;
  std::vector<float> heights;
  heights.reserve(people.size());
  for (const flow::FoundPerson& person : people)
    heights.push_back(
        std::max(s.metrics().target, name_and_detail_height(s, words, words_of(person)) + 2.5f));
  return heights;
}

void people_search(Scene& s, Rect body, const flow::CustomerSearch& search,
                   const std::optional<ExtraButton>& beside) {
  const auto& m = s.metrics();
  const Rect keys = body.take_bottom(keyboard_height(s, body.w), m.gap);
  // A low display has the label in the box.
  const bool low = s.ui.low();
  const std::string label = s.tr("Name, phone, e-mail or card");
  Rect row = body.take_top(low ? m.target : ui::field_height(s.ui, ui::ErrorRoom::no), m.gap);
  if (beside) {
    const float wide = ui::text_width(s.ui, beside->label, {.weight = ui::Weight::semibold}) + 16;
    const Rect side = row.take_right(std::min(wide, row.w * 0.42f), m.gap);
    s.press({.id = beside->id,
             .at = {side.x, side.bottom() - m.target, side.w, m.target},
             .label = beside->label,
             .icon = beside->icon,
             .size = ui::TextSize::body},
            beside->event);
  }
  field(s,
        {.id = "words",
         .at = row,
         .label = low ? std::string_view() : std::string_view(label),
         .text = search.words,
         .placeholder = low ? label : s.tr("Or scan the card"),
         .icon = ui::Icon::search,
         .active = true},
        flow::Field::search);
  hits(s, body, search);
  keyboard(s, keys, s.tr("Search"));
}

}  // namespace keepsake::screens
