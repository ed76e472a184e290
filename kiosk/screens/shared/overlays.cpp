// What lies over a screen: the idle warning, and notices that wait to be read.
#include <algorithm>

#include "kiosk/flow/shared/timing.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/notices.hpp"
#include "kiosk/screens/shared/panes.hpp"
#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {

namespace {

using ui::Rect;

struct Warning {
  std::string title;
  std::string text;
  std::int64_t seconds;
  double part;  ///< of the countdown that is left
};

void countdown(Scene& s, const Rect& at, const Warning& warning) {
  ui::TextStyle number{.size = ui::TextSize::number, .align = ui::Align::centre};
  number.cap_mm = std::max(4.1f, at.h * 0.24f);
  ui::ring(s.ui, {.at = at, .part = warning.part, .colour = ui::Token::pine});
  if (at.h >= 16) ui::text_fit(s.ui, at, s.locale().number(warning.seconds), number, 4.05f);
}

/// Large text on a low display: the words beside the ring.
void warning_in_columns(Scene& s, Rect room, const Warning& warning) {
  const float side = std::min(room.h - 2, room.w * 0.26f);
  countdown(s, room.take_left(side, 2 * s.metrics().gap).centred(side, side), warning);
  const ui::TextStyle title{.size = ui::TextSize::title};
  const ui::TextStyle soft{.colour = ui::Token::muted, .valign = ui::VAlign::top};
  const float above = ui::line_height(s.ui, title);
  const float below = ui::paragraph_height(s.ui, room.w, warning.text, soft);
  Rect words = room.centred(room.w, std::min(room.h, above + below + 1));
  ui::text_fit(s.ui, words.take_top(above, 1), warning.title, title, 6);
  ui::paragraph_fit(s.ui, words, warning.text, soft, least_cap(s));
}

}  // namespace

void draw_warning(Scene& s) {
  s.ui.ground(ui::Token::paper);
  const auto& m = s.metrics();
  const std::int64_t left_ms = std::max<std::int64_t>(0, s.visit.idle.gone_at->ms - s.now.at.ms);
  const bool patient =
      s.visit.text == flow::TextSize::large || s.visit.contrast == flow::Contrast::high;
  const double whole_ms =
      static_cast<double>(flow::idle_warning.count()) * (patient ? 2000.0 : 1000.0);
  Rect room = s.ui.screen().inset(m.margin);
  Rect buttons = room.take_bottom(s.portrait() ? 2 * m.target + 20 + m.gap : m.target + 6, m.gap);
  const Rect finish = s.portrait() ? buttons.take_bottom(m.target, m.gap)
                                   : buttons.take_left(buttons.w * 0.32f, m.gap);
  s.press({.id = "finish",
           .at = finish,
           .label = s.tr("Finish"),
           .kind = ui::ButtonKind::sunk,
           .icon = ui::Icon::finish},
          flow::Finish{});
  s.press({.id = "still-here",
           .at = buttons,
           .label = s.tr("I'm still here"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::touch,
           .size = ui::TextSize::title},
          flow::StillHere{});
  const Warning warning{
      s.tr("Are you still there?"),
      s.tr("Touch the screen to continue. Otherwise it will be cleared to protect your data."),
      (left_ms + 999) / 1000, std::clamp(static_cast<double>(left_ms) / whole_ms, 0.0, 1.0)};
  if (!s.portrait() && s.ui.look().text == ui::TextScale::large)
    return warning_in_columns(s, room, warning);
  if (s.portrait()) room.take_top(40);
  const ui::TextStyle soft{
      .colour = ui::Token::muted, .align = ui::Align::centre, .valign = ui::VAlign::top};
  const ui::TextStyle title{.size = ui::TextSize::title, .align = ui::Align::centre};
  const float width = std::min(room.w, s.portrait() ? 200.0f : 180.0f);
  ui::text_fit(s.ui, room.take_top(ui::line_height(s.ui, title), 1), warning.title, title, 6);
  const float high = ui::paragraph_height(s.ui, width, warning.text, soft);
  const Rect words = room.take_top(high, m.gap);
  ui::paragraph_fit(s.ui, {words.centre_x() - width / 2, words.y, width, words.h}, warning.text,
                    soft, least_cap(s));
  const float side = std::min({room.h - 1, room.w * 0.6f, 120.0f});
  countdown(s, room.centred(side, side), warning);
}

namespace {

/// The display is turned to the member.
void draw_member_pin(Scene& s, const std::string& name, const std::string& typed) {
  keypad_pane(s, {.title = s.tr("Type your PIN."),
                  .id = "pin",
                  .label = name,
                  .text = typed,
                  .placeholder = {},
                  .which = flow::Field::pin,
                  .submit = s.tr("Continue"),
                  .icon = ui::Icon::unlock,
                  .error = {},
                  .mask = ui::FieldMask::secret});
}

}  // namespace

void draw_proving(Scene& s, const std::string& known_name) {
  const std::string name = known_name.empty() ? s.tr("Member") : known_name;
  if (s.visit.proving->pin) return draw_member_pin(s, name, *s.visit.proving->pin);
  const int chosen = ui::dialog(
      s.ui, {.title = s.tr("Is this {name}?", {{"name", name}}),
             .text = s.tr("A phone number is not enough here. Scan the member card, let them type "
                          "their PIN, or confirm that you know them or have seen ID. The audit "
                          "trail keeps your name."),
             .icon = ui::Icon::user,
             .tone = ui::Tone::soon,
             .choices = {{.id = "proof.yes",
                          .label = s.tr("Yes, I vouch for them"),
                          .kind = ui::ButtonKind::primary,
                          .icon = ui::Icon::check_circle},
                         {.id = "proof.pin", .label = s.tr("Member’s PIN"), .icon = ui::Icon::lock},
                         {.id = "proof.no", .label = s.tr("Back")}},
             .escape = 2});
  if (chosen == 0) s.send(flow::Submit{});
  if (chosen == 1) s.send(flow::Edit{flow::Field::pin});
  if (chosen == 2) s.send(flow::Back{});
}

void draw_notice(Scene& s, const flow::Notice& notice) {
  const NoticeWords words = notice_words(s.locale(), notice);
  std::string text = words.kept;
  if (!text.empty() && !words.next.empty()) text += " ";
  text += words.next;
  const bool bad = notice.tone == flow::Tone::error;
  const bool good = notice.tone == flow::Tone::good;
  const std::string ok = s.tr("OK");
  const std::vector<ui::DialogChoice> choices = {
      {.id = "notice.ok", .label = ok, .kind = ui::ButtonKind::primary}};
  const int chosen = ui::dialog(s.ui, {.title = words.what,
                                       .text = text,
                                       .icon = bad    ? ui::Icon::warning
                                               : good ? ui::Icon::check_circle
                                                      : ui::Icon::info,
                                       .tone = bad    ? ui::Tone::bad
                                               : good ? ui::Tone::good
                                                      : ui::Tone::soon,
                                       .choices = choices,
                                       .escape = 0});
  if (chosen == 0) s.send(flow::Dismiss{});
}

}  // namespace keepsake::screens
