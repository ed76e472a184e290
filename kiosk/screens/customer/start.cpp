// The tasks.
#include <algorithm>
#include <array>

#include "kiosk/flow/customer/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

struct Task {
  std::string_view id;
  ui::Icon icon;
  ui::Tone tone;
  std::string title;
  std::string detail;
  flow::Place place;
};

/// A card that is a button: sign, words, chevron.
void wide_card(Scene& s, const Rect& at, const Task& task) {
  if (ui::card_button(s.ui, {.id = task.id, .at = at, .label = task.title}))
    s.send(flow::Go{task.place});
  s.ui.push_ground(ui::Token::surface);
  Rect room = at.inset(s.metrics().pad, 2);
  const float side = std::min(at.h - 8, 34.0f);
  Rect sign = room.take_left(side, s.metrics().pad);
  ui::badge(s.ui, sign.centred(side, side), task.icon, task.tone);
  const Rect chevron = room.take_right(8, 3);
  s.ui.icon(ui::Icon::next, chevron.centre_x(), chevron.centre_y(), 10, ui::Token::muted);
  const ui::TextStyle soft{.colour = ui::Token::muted, .valign = ui::VAlign::top};
  const ui::TextStyle strong{.size = ui::TextSize::heading, .valign = ui::VAlign::top};
  const float above = ui::paragraph_height(s.ui, room.w, task.title, strong);
  const float below = ui::paragraph_height(s.ui, room.w, task.detail, soft);
  const bool both = above + below <= room.h;
  Rect words = room.centred(room.w, both ? above + below : std::min(room.h, above));
  words.x = room.x;
  ui::paragraph_fit(s.ui, words.take_top(std::min(above, words.h)), task.title, strong,
                    least_cap(s));
  if (both) ui::paragraph_fit(s.ui, words, task.detail, soft, least_cap(s));
  s.ui.pop_ground();
}

/// What the three have in common, so that none of them looks more important.
struct Standing {
  ui::TextStyle title;
  float sign = 0;  ///< side of the badge; 0: no room for it
};

bool words_fit(Scene& s, std::string_view text, const ui::TextStyle& style, float width) {
  while (!text.empty()) {
    const auto space = text.find(' ');
    if (ui::text_width(s.ui, text.substr(0, space), style) > width) return false;
    text = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
  }
  return true;
}

Standing standing_of(Scene& s, const Rect& card, const std::array<Task, 3>& tasks) {
  const Rect room = card.inset(s.metrics().pad);
  Standing out{.title = {.size = ui::TextSize::heading, .valign = ui::VAlign::top}};
  out.title.cap_mm = ui::cap_height(s.ui, out.title);
  const auto whole = [&] {
    return std::ranges::all_of(
        tasks, [&](const Task& t) { return words_fit(s, t.title, out.title, room.w); });
  };
  while (out.title.cap_mm > least_cap(s) && !whole()) out.title.cap_mm -= 0.1f;
  float highest = 0;
  for (const Task& task : tasks)
    highest = std::max(highest, ui::paragraph_height(s.ui, room.w, task.title, out.title));
  const float free = std::min(26.0f, room.h - highest - 3);
  out.sign = free >= 10 ? free : 0;
  return out;
}

/// The same standing: for three side by side.
void tall_card(Scene& s, const Rect& at, const Task& task, const Standing& look) {
  if (ui::card_button(s.ui, {.id = task.id, .at = at, .label = task.title}))
    s.send(flow::Go{task.place});
  s.ui.push_ground(ui::Token::surface);
  Rect room = at.inset(s.metrics().pad, s.metrics().pad);
  if (look.sign > 0) {
    const Rect strip = room.take_top(look.sign, 3);
    ui::badge(s.ui, {strip.x, strip.y, look.sign, look.sign}, task.icon, task.tone);
  }
  ui::paragraph_fit(s.ui, room, task.title, look.title, least_cap(s));
  s.ui.pop_ground();
}

}  // namespace

void draw(Scene& s, const flow::Start&) {
  // In large text a low display keeps its height for the tasks.
  const bool crowded = !s.portrait() && s.ui.look().text == ui::TextScale::large;
  const std::string question = s.tr("What would you like to do?");
  const auto frame = customer_frame(s, {.title = crowded ? question : s.locale().greeting(s.now),
                                        .detail = crowded ? std::string() : question,
                                        .left = CustomerFrame::Left::sign,
                                        .action_rows = 1});
  const std::array<Task, 3> tasks = {
      Task{"points", ui::Icon::gift, ui::Tone::soon, s.tr("My points"),
           s.tr("Points, purchases and warranties"), flow::Place::identify},
      Task{"join", ui::Icon::user_plus, ui::Tone::good, s.tr("Join"), s.tr("Free, in one minute"),
           flow::Place::join},
      Task{"warranty", ui::Icon::shield, ui::Tone::service, s.tr("Register a warranty"),
           s.tr("Have the box or the item ready"), flow::Place::warranty}};
  Rect body = frame.body;
  if (s.portrait()) {
    body.take_top(6);
    body.h = std::min(body.h, 210.0f);
  }
  const Standing standing = standing_of(s, body.column(0, 3, s.metrics().gap), tasks);
  for (int i = 0; i < 3; ++i) {
    const auto& task = tasks[static_cast<std::size_t>(i)];
    if (s.portrait())
      wide_card(s, body.row(i, 3, s.metrics().gap), task);
    else
      tall_card(s, body.column(i, 3, s.metrics().gap), task, standing);
  }
  Rect row = frame.actions;
  s.press({.id = "staff",
           .at = s.portrait() ? row : row.take_right(std::min(row.w, 70.0f)),
           .label = s.tr("Staff"),
           .kind = ui::ButtonKind::quiet,
           .icon = ui::Icon::lock},
          flow::Go{flow::Place::staff});
}

}  // namespace keepsake::screens
