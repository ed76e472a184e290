#include "kiosk/screens/shared/panes.hpp"

#include <algorithm>

#include "kiosk/screens/shared/notices.hpp"
#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {

using ui::Rect;

namespace {

/// A title of more words than its row holds at their smallest, such as an article's name, has more.
float title_mm(Scene& s, float width_mm, const std::string& title) {
  ui::TextStyle least{.size = ui::TextSize::title};
  least.cap_mm = least_cap(s);
  const float small = s.metrics().target_small;
  return std::max(small, ui::paragraph_height(s.ui, width_mm - small - 3, title, least) + 0.5f);
}

}  // namespace

void pane_title(Scene& s, Rect& room, const std::string& title, std::string_view close_id) {
  Rect row = room.take_top(title_mm(s, room.w, title), s.metrics().gap);
  Rect close = row.take_right(s.metrics().target_small, 3);
  close.h = s.metrics().target_small;
  s.press({.id = close_id,
           .at = close,
           .label = s.tr("Close"),
           .kind = ui::ButtonKind::sunk,
           .icon = ui::Icon::close,
           .icon_only = true},
          flow::Back{});
  ui::paragraph_fit(s.ui, row, title, {.size = ui::TextSize::title}, least_cap(s));
}

namespace {

/// What is asked about the pane's figure; then it needs no dialog.
std::string question_words(Scene& s) {
  const auto& notice = s.visit.notice;
  if (!notice || notice->tone != flow::Tone::question) return {};
  s.notice_said = true;
  const NoticeWords words = notice_words(s.locale(), *notice);
  return words.next.empty() ? words.what : words.what + " " + words.next;
}

float panel_keys(const Scene& s) { return keypad_height(s, 4) + (s.portrait() ? 10.0f : 0.0f); }

/// Each in a row of its own, with the gaps above.
float extras_mm(const Scene& s, const std::vector<ExtraButton>& extras) {
  return static_cast<float>(extras.size()) * (s.metrics().target + s.metrics().gap);
}

}  // namespace

void keypad_pane(Scene& s, const KeypadPane& pane, const std::vector<ExtraButton>& extras) {
  const auto& m = s.metrics();
  const bool wrong = !pane.error.empty();
  float field_h = ui::field_height(s.ui, wrong ? ui::ErrorRoom::yes : ui::ErrorRoom::no);
  if (wrong && s.ui.low()) field_h += line(s, ui::TextSize::caption);  // its column is narrow
  const float wide = s.portrait() ? 130.0f : s.ui.low() ? 150.0f : 96.0f;
  const float inner = wide - 2 * m.pad;
  const float title = title_mm(s, s.ui.low() ? 0.52f * (inner - 2 * m.gap) : inner, pane.title);
  const float words = title + field_h + m.target + 2 * m.gap;
  const float wanted = s.ui.low() ? std::max(words + extras_mm(s, extras), panel_keys(s))
                                  : words + panel_keys(s) + m.gap;
  Rect room = ui::begin_panel(s.ui, wide, std::min(wanted + 2 * m.pad, s.ui.screen().h - 6));
  // A low display has the keys beside the words.
  const Rect beside =
      s.ui.low() ? room.take_right((room.w - 2 * m.gap) * 0.48f, 2 * m.gap) : Rect{};
  // What is asked about the figure stands over it, where the title was.
  const std::string asked = question_words(s);
  pane_title(s, room, asked.empty() ? pane.title : asked);
  field(s,
        {.id = pane.id,
         .at = room.take_top(field_h, m.gap),
         .label = pane.label,
         .text = pane.text,
         .placeholder = pane.placeholder,
         .error = pane.error,
         .mask = pane.mask,
         .align = ui::Align::right,
         .size = ui::TextSize::heading,
         .active = true},
        pane.which);
  Rect row = room.take_bottom(m.target, m.gap);
  if (s.ui.low()) {
    Rect above = room.take_bottom(extras_mm(s, extras));
    for (const ExtraButton& extra : extras) {
      s.press({.id = extra.id,
               .at = above.take_top(m.target, m.gap),
               .label = extra.label,
               .icon = extra.icon,
               .size = ui::TextSize::body},
              extra.event);
    }
  }
  const float half = (row.w - m.gap) / 2;
  for (std::size_t i = 0; i < extras.size() && !s.ui.low(); ++i) {
    const ExtraButton& extra = extras[i];
    const bool sign = i + 1 < extras.size();  // two of them: the first is its sign alone
    s.press({.id = extra.id,
             .at = row.take_left(sign                ? m.target
                                 : extras.size() > 1 ? half - m.target / 2
                                                     : half,
                                 m.gap),
             .label = extra.label,
             .icon = extra.icon,
             .icon_only = sign,
             .size = ui::TextSize::body},
            extra.event);
  }
  s.press({.id = "pane.ok",
           .at = row,
           .label = pane.submit,
           .kind = ui::ButtonKind::primary,
           .icon = pane.icon,
           .state = s.readiness()},
          flow::Submit{});
  keypad(s, s.ui.low() ? beside : room, pane.which);
  ui::end_panel(s.ui);
}

void new_pin_pane(Scene& s, const PinPane& pane) {
  std::vector<ExtraButton> extras;
  if (pane.removable && !pane.again)
    extras.push_back({"pin.remove", s.tr("Remove PIN"), ui::Icon::trash, flow::RemovePin{}});
  keypad_pane(s,
              {.title = pane.again ? s.tr("The same PIN once more") : s.tr("Choose your PIN"),
               .id = "pin",
               .label = s.tr("4 to 8 digits"),
               .text = pane.entry,
               .placeholder = {},
               .which = flow::Field::pin,
               .submit = pane.again ? s.tr("Save") : s.tr("Continue"),
               .icon = ui::Icon::check,
               .error = {},
               .mask = ui::FieldMask::secret},
              extras);
}

ExtraButton serial_button(Scene& s, std::string label, bool refused) {
  if (refused && s.visit.staff && s.visit.staff->manager)
    return {"submit", s.tr("It reads like this"), ui::Icon::check, flow::StandsSo{}};
  return {"submit", std::move(label), ui::Icon::shield, flow::Submit{}};
}

void keyboard_pane(Scene& s, const KeyboardPane& pane) {
  const auto& m = s.metrics();
  const float field_h = ui::field_height(s.ui, ui::ErrorRoom::no);
  const float high = 2 * m.pad + m.target_small + field_h +
                     keyboard_height(s, s.ui.screen().w - 12 - 2 * m.pad) + m.target + 3 * m.gap;
  Rect room = ui::begin_panel(s.ui, std::min(s.ui.screen().w - 12, 230.0f),
                              std::min(high, s.ui.screen().h - 4));
  pane_title(s, room, pane.title);
  Rect row = room.take_top(field_h, m.gap);
  const Rect ok = row.take_right(row.w * 0.34f, m.gap);
  s.press({.id = "pane.ok",
           .at = {ok.x, ok.bottom() - m.target, ok.w, m.target},
           .label = pane.submit,
           .kind = ui::ButtonKind::primary,
           .icon = pane.icon,
           .state = s.readiness(),
           .size = ui::TextSize::body},
          pane.event);
  field(s,
        {.id = pane.id,
         .at = row,
         .label = pane.label,
         .text = pane.text,
         .placeholder = pane.placeholder,
         .icon = pane.sign,
         .active = true},
        pane.which);
  keyboard(s, room.take_bottom(std::min(room.h, keyboard_height(s, room.w))), s.tr("OK"));
  ui::end_panel(s.ui);
}

ListPanel begin_list_panel(Scene& s, const std::string& title) {
  const auto& m = s.metrics();
  const Rect screen = s.ui.screen();
  Rect room = ui::begin_panel(s.ui, std::min(screen.w - 12, 165.0f),
                              std::min(screen.h - 6, s.portrait() ? 250.0f : 150.0f));
  pane_title(s, room, title);
  ListPanel panel;
  panel.buttons = room.take_bottom(m.target + 1, m.gap);
  panel.room = room;
  return panel;
}

bool basket_row(Scene& s, const Rect& at, const BasketRow& row) {
  const std::string words = row.others > 0
                                ? s.locale().trn("{name} and {n} more", "{name} and {n} more",
                                                 row.others, {{"name", row.first}})
                                : row.first;
  const bool chosen = ui::row(s.ui, {.id = row.id, .at = at, .label = words});
  Rect room = at.inset(s.metrics().pad, 0.6f);
  const std::string total = s.locale().amount(row.total);
  const ui::TextStyle figure{
      .size = ui::TextSize::heading, .weight = ui::Weight::semibold, .align = ui::Align::right};
  ui::text(s.ui, room.take_right(ui::text_width(s.ui, total, figure) + 0.5f, 3), total, figure);
  name_and_detail(s, room,
                  {words,
                   row.detail,
                   {.weight = ui::Weight::semibold},
                   {.size = ui::TextSize::caption, .colour = ui::Token::muted}});
  return chosen;
}

float two_lines(const Scene& s) {
  return std::max(s.metrics().target_small + 4,
                  line(s, ui::TextSize::body) + line(s, ui::TextSize::caption) + 3.4f);
}

}  // namespace keepsake::screens
