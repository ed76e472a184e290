// The tasks.
#include <algorithm>
#include <array>

#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/parts.hpp"

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

/// The same standing: for three side by side.
void tall_card(Scene& s, const Rect& at, const Task& task) {
  if (ui::card_button(s.ui, {.id = task.id, .at = at, .label = task.title}))
    s.send(flow::Go{task.place});
  s.ui.push_ground(ui::Token::surface);
  Rect room = at.inset(s.metrics().pad, s.metrics().pad);
  const ui::TextStyle strong{.size = ui::TextSize::heading, .valign = ui::VAlign::top};
  const float above = std::min(room.h, ui::paragraph_height(s.ui, room.w, task.title, strong));
  const float side = std::min(26.0f, room.h - above - 2);
  const bool sign = side >= 10;
  if (sign) {
    const Rect strip = room.take_top(side, 3);
    ui::badge(s.ui, {strip.x, strip.y, side, side}, task.icon, task.tone);
  }
  ui::paragraph_fit(s.ui, room.take_top(above, 1), task.title, strong, least_cap(s));
  s.ui.pop_ground();
}

}  // namespace

void draw(Scene& s, const flow::Start&) {
  const auto frame = customer_frame(s, {.title = s.locale().greeting(s.now),
                                        .detail = s.tr("What would you like to do?"),
                                        .left = CustomerFrame::Left::sign,
                                        .action_rows = 1});
  const std::array<Task, 3> tasks = {
      Task{"points", ui::Icon::gift, ui::Tone::soon, s.tr("My points"),
           s.tr("Points, purchases and warranties"), flow::Place::identify},
      Task{"join", ui::Icon::user_plus, ui::Tone::good, s.tr("Join"), s.tr("Free, in one minute"),
           flow::Place::join},
      Task{"warranty", ui::Icon::shield, ui::Tone::service, s.tr("Register a warranty"),
           s.tr("With the box or the item at hand"), flow::Place::warranty}};
  Rect body = frame.body;
  if (s.portrait()) {
    body.take_top(6);
    body.h = std::min(body.h, 210.0f);
  }
  for (int i = 0; i < 3; ++i) {
    const auto& task = tasks[static_cast<std::size_t>(i)];
    if (s.portrait())
      wide_card(s, body.row(i, 3, s.metrics().gap), task);
    else
      tall_card(s, body.column(i, 3, s.metrics().gap), task);
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
