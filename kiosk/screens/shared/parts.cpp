#include "kiosk/screens/shared/parts.hpp"

#include <algorithm>
#include <cmath>

#include "kiosk/flow/sale/quoting.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

bool decimal(flow::Field which) { return flow::alphabet_of(which) == flow::Alphabet::decimal; }

/// What a key means to flow, whose decimals always have a point.
void edited(Scene& s, const ui::Edit& edit, flow::Field which) {
  const auto hand = edit.by == ui::Edit::By::keyboard ? flow::Hand::keyboard : flow::Hand::finger;
  switch (edit.kind) {
    case ui::Edit::Kind::none:
      return;
    case ui::Edit::Kind::insert:
      return s.send(flow::Type{decimal(which) && edit.text == "," ? "." : edit.text, hand});
    case ui::Edit::Kind::backspace:
      return s.send(flow::Erase{});
    case ui::Edit::Kind::clear:
      return s.send(flow::ClearField{});
    case ui::Edit::Kind::submit:
      return s.send(flow::Submit{hand, edit.burst});
  }
}

ui::KeyboardLayout layout_for(const Scene& s) {
  if (s.visit.script == flow::KeyScript::latin) return ui::KeyboardLayout::latin;
  return ui::layout_of(s.locale().language());
}

flow::KeyPage page_of(ui::KeyboardPage page) {
  switch (page) {
    case ui::KeyboardPage::letters:
      return flow::KeyPage::letters;
    case ui::KeyboardPage::shifted:
      return flow::KeyPage::shifted;
    case ui::KeyboardPage::accents:
      return flow::KeyPage::accents;
    case ui::KeyboardPage::accents_shifted:
      return flow::KeyPage::accents_shifted;
    case ui::KeyboardPage::digits:
      break;
  }
  return flow::KeyPage::digits;
}

ui::KeyboardPage page_of(flow::KeyPage page) {
  switch (page) {
    case flow::KeyPage::letters:
      return ui::KeyboardPage::letters;
    case flow::KeyPage::shifted:
      return ui::KeyboardPage::shifted;
    case flow::KeyPage::accents:
      return ui::KeyboardPage::accents;
    case flow::KeyPage::accents_shifted:
      return ui::KeyboardPage::accents_shifted;
    case flow::KeyPage::digits:
      break;
  }
  return ui::KeyboardPage::digits;
}

/// Customers 15 mm, where the display is high enough 17; staff 10.
float key_size(const Scene& s) {
  if (s.staff()) return s.portrait() ? 14.0f : s.ui.low() ? 9.2f : 10.5f;
  return s.portrait() ? 17.0f : 15.0f;
}

/// The keyboard may use the margins where its keys would be too narrow otherwise.
Rect wide(const Scene& s, const Rect& at) {
  if (!step_by_step(s)) return at;
  return {2, at.y, s.ui.screen().w - 4, at.h};
}

ui::Keyboard keyboard_of(const Scene& s, const Rect& at, std::string_view submit,
                         ui::Keyboard::For purpose) {
  const bool email = purpose == ui::Keyboard::For::email;
  return {.id = "keys",
          .at = at,
          .layout = email ? ui::KeyboardLayout::latin : layout_for(s),
          .page = page_of(s.visit.keys),
          .purpose = purpose,
          .submit = submit,
          .can_swap_script = !email && s.locale().language() == Language::uk};
}

}  // namespace

const ActiveProgramme& Scene::programme() const {
  return visit.staff ? *flow::programme_of(till, context) : *context.active;
}

std::string Scene::moment(Instant t) const {
  const LocalTime when = local(t);
  if (when.date() == today()) return locale().time(when);
  return tr("{date}, {time}",
            {{"date", locale().date_day_month(when.date())}, {"time", locale().time(when)}});
}

void field(Scene& s, const ui::Field& look, flow::Field which) {
  const ui::FieldResult result = ui::field(s.ui, look);
  if (result.edit) edited(s, result.edit, which);
  if (result.chosen && !look.active) s.send(flow::Edit{which});
}

void keyboard(Scene& s, const Rect& at, std::string_view submit, ui::Keyboard::For purpose) {
  const ui::KeyboardResult result =
      ui::keyboard(s.ui, keyboard_of(s, wide(s, at), submit, purpose));
  if (result.page) s.send(flow::ShowKeys{page_of(*result.page)});
  if (result.swap_script) s.send(flow::SwapScript{});
  // A letter and the page it leads back to come together; flow turns the page by itself.
  if (result.edit.kind == ui::Edit::Kind::insert) s.touch.reset();
  edited(s, result.edit, flow::Field::name);
}

float keyboard_height(const Scene& s, float width_mm) {
  const Rect at = wide(s, {s.metrics().margin, 0, width_mm, 0});
  const float least =
      ui::keyboard_height(s.ui, keyboard_of(s, at, "x", ui::Keyboard::For::text), at.w);
  if (step_by_step(s)) {
    // Larger keys where header and field leave the height for them.
    const float keys = std::round((least + 3) / 18);
    const float size = (s.ui.screen().h - 85 - (keys - 1) * 3) / keys;
    return std::max(least, keys * std::min(size, 20.0f) + (keys - 1) * 3);
  }
  if (s.ui.low()) return least;
  const float rows = std::round((least + 3) / ((s.staff() ? 9.0f : 15.0f) + 3));
  return rows * key_size(s) + (rows - 1) * 3;
}

void keypad(Scene& s, const Rect& at, flow::Field which, std::string_view submit) {
  const std::string separator = decimal(which) ? std::string(1, s.locale().decimal_separator())
                                : which == flow::Field::phone ? "+"
                                                              : "";
  edited(
      s,
      ui::keypad(
          s.ui, {.id = "pad", .at = at, .separator = separator, .submit = submit, .enabled = true}),
      which);
}

float keypad_height(const Scene& s, int rows) {
  const auto n = static_cast<float>(rows);
  return n * key_size(s) + (n - 1) * s.metrics().gap;
}

float keypad_width(const Scene& s) {
  const float gap = s.metrics().gap;
  if (s.ui.low() && !s.staff()) return 4 * (key_size(s) + 1) + 3 * gap;  // in three rows
  return 3 * (key_size(s) + 5) + 2 * gap;
}

std::string typed_amount(const Locale& locale, std::string_view entry) {
  const auto point = entry.find('.');
  const std::string_view whole = entry.substr(0, point);
  std::int64_t value = 0;
  for (const char c : whole) value = value * 10 + (c - '0');  // flow::Field limits it to 14 digits
  std::string text = whole.empty() ? "0" : locale.number(value);
  if (point == std::string_view::npos) return text;
  text += locale.decimal_separator();
  text += entry.substr(point + 1);
  return text;
}

void card_list(Scene& s, const ui::List& list,
               const std::function<void(std::size_t, const Rect&)>& row) {
  ui::List on_card = list;
  on_card.card = true;
  s.ui.push_ground(ui::Token::surface);
  ui::list(s.ui, on_card, row);
  s.ui.pop_ground();
}

void more_row(Scene& s, const Rect& at, bool can_go_on) {
  const std::string title = can_go_on ? s.tr("Show more matches") : s.tr("There are more matches");
  const std::string advice = can_go_on ? s.tr("Or type more letters.") : s.tr("Type more letters.");
  if (can_go_on && ui::row(s.ui, {.id = "more", .at = at, .label = title}))
    s.send(flow::ShowMore{});
  name_and_detail(s, at.inset(s.metrics().pad, 0.6f),
                  {title,
                   advice,
                   {.weight = ui::Weight::semibold},
                   {.size = ui::TextSize::caption, .colour = ui::Token::muted}});
}

float line(const Scene& s, ui::TextSize size) { return ui::line_height(s.ui, {.size = size}); }

float least_cap(const Scene& s) { return ui::least_cap_mm(s.ui); }

namespace {

float small_line(Scene& s) {
  ui::TextStyle small{};
  small.cap_mm = least_cap(s);
  return ui::line_height(s.ui, small);
}

/// How high the name is at its smallest; 0 when it fits one line.
float lines_mm(Scene& s, float width, const NameAndDetail& words) {
  ui::TextStyle small = words.name_style;
  small.cap_mm = least_cap(s);
  if (ui::text_width(s.ui, words.name, small) <= width) return 0;
  return std::max(2 * small_line(s), ui::paragraph_height(s.ui, width, words.name, small));
}

/// The least that shows all of the line about it: one line at its smallest, or on a narrow row more.
float least_detail_mm(Scene& s, float width, const NameAndDetail& words) {
  ui::TextStyle small = words.detail_style;
  small.cap_mm = least_cap(s);
  if (ui::text_width(s.ui, words.detail, small) <= width) return small_line(s);
  return std::max(2 * small_line(s), ui::paragraph_height(s.ui, width, words.detail, small));
}

float detail_mm(Scene& s, float width, const NameAndDetail& words) {
  if (words.detail.empty()) return 0;
  return std::max(ui::line_height(s.ui, words.detail_style), least_detail_mm(s, width, words));
}

/// Of both, when the name takes `lines` at its smallest.
float wanted_mm(Scene& s, float width_mm, const NameAndDetail& words, float lines) {
  const float detail = detail_mm(s, width_mm, words);
  const float name = ui::line_height(s.ui, words.name_style);
  if (s.ui.look().text == ui::TextScale::large) {
    // Who asks for large text gets a name on lines rather than a small one.
    ui::TextStyle large = words.name_style;
    large.cap_mm = std::max(least_cap(s), 0.76f * ui::cap_height(s.ui, large));
    if (ui::text_width(s.ui, words.name, large) > width_mm)
      lines = std::max(lines, ui::paragraph_height(s.ui, width_mm, words.name, large));
  }
  return (lines > 0 ? std::max(name, lines + 0.4f) : name) + detail;
}

}  // namespace

float name_and_detail_height(Scene& s, float width_mm, const NameAndDetail& words) {
  return wanted_mm(s, width_mm, words, lines_mm(s, width_mm, words));
}

void name_and_detail(Scene& s, const Rect& room, const NameAndDetail& words) {
  const float lines = lines_mm(s, room.w, words);
  const float wanted = wanted_mm(s, room.w, words, lines);
  Rect box = room.centred(room.w, std::min(room.h, wanted));
  box.x = room.x;
  const float least_name = lines > 0 ? lines : small_line(s);
  // A row of a list that is too low for both says the name.
  const float least_detail = least_detail_mm(s, room.w, words);
  const bool wraps = least_detail > small_line(s);
  const bool both = least_name + least_detail <= box.h + 0.1f;
  if (!words.detail.empty() && ((lines <= 0 && !wraps) || both)) {
    const float high = detail_mm(s, room.w, words);
    const Rect below = box.take_bottom(std::min(high, std::max(least_detail, box.h - least_name)));
    if (wraps)
      ui::paragraph_fit(s.ui, below, words.detail, words.detail_style, least_cap(s));
    else
      ui::text_fit(s.ui, below, words.detail, words.detail_style, least_cap(s));
  }
  const bool on_lines = s.ui.look().text == ui::TextScale::large && box.h >= 2 * small_line(s);
  if (lines > 0 || on_lines)
    ui::paragraph_fit(s.ui, box, words.name, words.name_style, least_cap(s));
  else
    ui::text_fit(s.ui, box, words.name, words.name_style, least_cap(s));
}

float longest_word_mm(Scene& s, std::string_view text, ui::TextStyle style) {
  style.cap_mm = least_cap(s);
  float longest = 0;
  while (!text.empty()) {
    const auto space = std::min(text.find(' '), text.size());
    longest = std::max(longest, ui::text_width(s.ui, text.substr(0, space), style));
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return longest;
}

void card_title(Scene& s, Rect& room, std::string_view title) {
  const ui::TextStyle style{.size = ui::TextSize::heading};
  ui::text(s.ui, room.take_top(line(s, ui::TextSize::heading), s.metrics().pad / 3), title, style);
}

void empty_state(Scene& s, const Rect& room, ui::Icon icon, std::string_view text,
                 std::string_view hint) {
  const float width = std::min(room.w - 4, s.staff() ? 130.0f : 200.0f);
  const ui::TextStyle strong{.size = ui::TextSize::body,
                             .weight = ui::Weight::semibold,
                             .align = ui::Align::centre,
                             .valign = ui::VAlign::top};
  const ui::TextStyle soft{.size = ui::TextSize::body,
                           .colour = ui::Token::muted,
                           .align = ui::Align::centre,
                           .valign = ui::VAlign::top};
  ui::TextStyle least = soft;
  least.cap_mm = least_cap(s);
  // Where both have no room, what it is about says enough.
  if (room.h < 2 * ui::line_height(s.ui, least) + 1) hint = {};
  const float text_h = std::min(room.h * (hint.empty() ? 1.0f : 0.5f),
                                ui::paragraph_height(s.ui, width, text, strong));
  const float hint_h =
      hint.empty() ? 0
                   : std::min(room.h - text_h - 1, ui::paragraph_height(s.ui, width, hint, soft));
  const float sign = 4 * ui::cap_height(s.ui, strong);
  const bool with_sign = text_h + hint_h + sign + 4 <= room.h;
  const float total = text_h + hint_h + (with_sign ? sign + 3 : 0) + 1;
  Rect box = room.centred(width, total);
  if (with_sign) {
    const Rect at = box.take_top(sign, 3);
    s.ui.icon(icon, at.centre_x(), at.centre_y(), sign * 0.8f, ui::Token::muted);
  }
  ui::paragraph_fit(s.ui, box.take_top(text_h, 1), text, strong, least_cap(s));
  if (!hint.empty()) ui::paragraph_fit(s.ui, box, hint, soft, least_cap(s));
}

void icon_line(Scene& s, const Rect& room, ui::Icon icon, std::string_view text,
               const ui::TextStyle& style) {
  Rect rest = room;
  const float em = 1.5f * ui::cap_height(s.ui, style);
  const Rect at = rest.take_left(em, em * 0.35f);
  s.ui.icon(icon, at.centre_x(), at.centre_y(), em, style.colour);
  ui::text_fit(s.ui, rest, text, style, least_cap(s));
}

std::string initials(const Scene& s, std::string_view whole) {
  std::string_view name = ui::shown(s.ui, whole);
  std::string out;
  int letters = 0;
  bool start = true;
  while (!name.empty() && letters < 2) {
    const std::string_view before = name;
    const char32_t c = take_code_point(name);
    const std::string_view bytes = before.substr(0, before.size() - name.size());
    if (start && c != U' ') {
      out += bytes;
      ++letters;
    }
    start = c == U' ' || c == U'-';
  }
  return s.locale().upper(out);
}

}  // namespace keepsake::screens
