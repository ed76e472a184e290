#include "kiosk/ui/list.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "kiosk/ui/impl.hpp"

namespace keepsake::ui {
namespace {

/// Where each row begins; ends[i] is the end of row i.
class Rows {
 public:
  explicit Rows(const List& list) : list_(list) {
    if (list.row_heights == nullptr) return;
    assert(list.row_heights->size() == list.count);
    ends_.resize(list.count);
    std::partial_sum(list.row_heights->begin(), list.row_heights->end(), ends_.begin());
  }
  float top(std::size_t i) const {
    if (ends_.empty()) return list_.row_mm * static_cast<float>(i);
    return i == 0 ? 0 : ends_[std::min(i, ends_.size()) - 1];
  }
  float total() const { return top(list_.count); }
  /// The row that lies at y.
  std::size_t at(float y) const {
    if (list_.count == 0) return 0;
    if (ends_.empty()) {
      const auto i = static_cast<std::size_t>(std::max(0.0f, y) / std::max(0.1f, list_.row_mm));
      return std::min(i, list_.count - 1);
    }
    const auto found = std::upper_bound(ends_.begin(), ends_.end(), y);
    return std::min(static_cast<std::size_t>(found - ends_.begin()), list_.count - 1);
  }

 private:
  const List& list_;
  std::vector<float> ends_;
};

/// A row that lacks no more than this share of its height is as good as whole: its text is there.
constexpr float lacking = 0.1f;

/// What of the view is whole rows when nothing is scrolled; all of it when one row is higher.
float whole_rows(const Rows& rows, std::size_t count, float view_mm) {
  float end = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const float high = rows.top(i + 1) - rows.top(i);
    if (rows.top(i + 1) - lacking * high > view_mm) break;
    end = std::min(rows.top(i + 1), view_mm);
  }
  return end > 0 ? end : view_mm;
}

/// A widget that the keyboard stands on and that the edge cuts is moved into sight.
void follow_focus(Ui::Impl& ui, Ui::Scroll& scroll, const Rect& view, float row_mm) {
  if (!ui.focus_visible) return;
  const auto* widget = ui.last.find(ui.focus_id);
  if (widget == nullptr || !widget->partial || distance(widget->rect, view) > 0) return;
  scroll.offset_mm += widget->rect.centre_y() > view.centre_y() ? row_mm : -row_mm;
}

enum class Page { stay, up, down };

/// `first` and `last` are the rows in sight; rows that the lower edge cuts count as below it.
struct Seen {
  std::size_t first, last;
  bool above;
};

/// The two page buttons and the range, in one row below the list; on a low display, which has no
/// height to give, in a column beside it.
struct Controls {
  Rect up, down, range;
  bool beside = false;
};

bool stands_beside(const Ui& ui, const Rect& at) {
  const auto& m = ui.metrics();
  return ui.low() && at.h >= 2 * m.target_small + m.gap;
}

Controls cut_controls(Ui& ui, Rect& view) {
  const auto& m = ui.metrics();
  if (stands_beside(ui, view)) {
    Rect bar = view.take_right(m.target_small + 2 * m.gap);
    const float ends = std::min(m.gap / 2, (bar.h - 2 * m.target_small - m.gap) / 2);
    bar = bar.inset(m.gap, ends);
    const Rect up = bar.take_top(m.target_small, m.gap);
    return {up, bar.take_bottom(m.target_small, m.gap), bar, true};
  }
  Rect bar = view.take_bottom(m.target_small + m.gap).inset(m.gap, m.gap / 2);
  const float unit = std::min(bar.w * 0.36f, m.target * 3.6f);
  const Rect down = bar.take_right(unit, m.gap);
  const Rect up = bar.take_right(unit, m.gap);
  return {up, down, bar};
}

/// "1–3 / 12", in a narrow column on two lines; the smallest column does without.
void say_range(Ui& ui, const List& list, const Controls& controls, const Seen& seen) {
  const auto number = [&](std::size_t n) {
    return ui.locale().number(static_cast<std::int64_t>(n));
  };
  const std::string rows =
      number(seen.first + 1) +
      (seen.last > seen.first ? "\u2013" + number(seen.last + 1) : std::string());
  const std::string of = "/ " + number(list.count);
  const TextStyle style{.size = TextSize::caption,
                        .colour = Token::muted,
                        .align = controls.beside ? Align::centre : Align::left};
  const float least = least_cap_mm(ui);
  if (!controls.beside) return void(text_fit(ui, controls.range, rows + " " + of, style, least));
  const TextStyle smallest{.size = TextSize::caption, .cap_mm = least};
  const float line = line_height(ui, smallest);
  const float wide = std::max(text_width(ui, rows, smallest), text_width(ui, of, smallest));
  if (2 * line > controls.range.h || wide > controls.range.w) return;
  Rect both = controls.range.centred(controls.range.w, std::min(controls.range.h, 2.6f * line));
  text_fit(ui, both.take_top(both.h / 2), rows, style, least);
  text_fit(ui, both, of, style, least);
}

Page page_buttons(Ui& ui, const List& list, const Controls& controls, const Seen& seen) {
  const auto [first, last, above] = seen;
  Page out = Page::stay;
  const auto& locale = ui.locale();
  const std::size_t below = list.count - 1 - last;
  const auto key = [&](const Rect& at, const char* suffix, const std::string& label, Icon icon,
                       bool enabled) {
    const std::string id = std::string(list.id) + suffix;
    return button(ui, {.id = id,
                       .at = at,
                       .label = label,
                       .icon = icon,
                       .icon_only = controls.beside,
                       .state = enabled ? ButtonState::ready : ButtonState::disabled,
                       .size = TextSize::body,
                       .repeats = true});
  };
  const std::string more =
      below > 0 ? locale.trn("{n} more below", "{n} more below", static_cast<std::int64_t>(below))
                : ui.tr("End of list");
  if (key(controls.up, ".up", ui.tr("Scroll up"), Icon::arrow_up, above)) out = Page::up;
  if (key(controls.down, ".down", more, Icon::arrow_down, below > 0)) out = Page::down;
  say_range(ui, list, controls, seen);
  if (ui.key(input::Key::page_up)) out = Page::up;
  if (ui.key(input::Key::page_down)) out = Page::down;
  return out;
}

void turn_page(Ui::Scroll& scroll, const Rows& rows, float view_mm, Page page) {
  if (page == Page::stay) return;
  scroll.flick.reset();
  if (page == Page::down) {
    // The first row that was not wholly visible comes to the top.
    const auto next = rows.at(scroll.offset_mm + view_mm + 0.05f);
    const float there = rows.top(next);
    scroll.offset_mm = there > scroll.offset_mm + 0.05f ? there : scroll.offset_mm + view_mm;
    return;
  }
  const float above = scroll.offset_mm - view_mm;
  const auto first = rows.at(std::max(0.0f, above));
  scroll.offset_mm = above <= 0 ? 0 : rows.top(first + (rows.top(first) < above - 0.05f ? 1 : 0));
}

}  // namespace

void list(Ui& ui, const List& list, const std::function<void(std::size_t, const Rect&)>& row) {
  const Rows rows(list);
  const float radius = ui.metrics().card_radius;
  if (list.card) ui.fill(list.at, Token::surface, radius);
  if (list.card) ui.border(list.at, Token::line, radius, ui.theme().card_border_mm);
  if (list.count == 0) {
    paragraph(ui, list.at.inset(ui.metrics().pad), list.empty,
              {.colour = Token::muted, .align = Align::centre});
    return;
  }
  Rect view = list.card ? list.at.inset(ui.theme().card_border_mm) : list.at;
  Controls controls;
  const bool scrolls = rows.total() > view.h + 0.05f;
  if (scrolls) {
    controls = cut_controls(ui, view);
    view.h = whole_rows(rows, list.count, view.h);
  }
  const float limit = std::max(0.0f, rows.total() - view.h);
  auto& scroll = ui.scroll(list.id, view, limit);
  if (list.stick_to_end && list.count > scroll.count && scroll.count > 0) {
    scroll.offset_mm = limit;
  }
  if (list.stick_to_end && scroll.count == 0) scroll.offset_mm = limit;
  scroll.count = list.count;
  follow_focus(ui.impl(), scroll, view, list.row_mm > 0 ? list.row_mm : view.h / 4);
  scroll.offset_mm = std::clamp(scroll.offset_mm, 0.0f, limit);

  const auto first = rows.at(scroll.offset_mm + 0.05f);
  const auto last = rows.at(scroll.offset_mm + view.h - 0.05f);
  if (list.card) ui.impl().row_corners = list.at;
  ui.clip_push(view);
  for (std::size_t i = first; i <= last; ++i) {
    const Rect at{view.x, view.y + rows.top(i) - scroll.offset_mm, view.w,
                  rows.top(i + 1) - rows.top(i)};
    row(i, at);
  }
  for (std::size_t i = first; list.separators && i <= last; ++i) {  // over the grounds of both rows
    const bool closes = i + 1 < list.count || rows.total() < view.h;
    if (closes) hairline(ui, view.x, view.y + rows.top(i + 1) - scroll.offset_mm, view.w);
  }
  ui.clip_pop();
  ui.impl().row_corners.reset();
  if (!scrolls) return;
  hairline(ui, view.x, view.bottom(), view.w);
  const float last_mm = rows.top(last + 1) - rows.top(last);
  const bool cut = rows.top(last + 1) - lacking * last_mm > scroll.offset_mm + view.h + 0.1f;
  const Seen seen{first, cut && last > first ? last - 1 : last, scroll.offset_mm > 0.05f};
  turn_page(scroll, rows, view.h, page_buttons(ui, list, controls, seen));
  scroll.offset_mm = std::clamp(scroll.offset_mm, 0.0f, limit);
}

float row_width(const Ui& ui, float list_width_mm) {
  const auto& m = ui.metrics();
  if (!ui.low()) return list_width_mm;
  return list_width_mm - m.target_small - 2 * m.gap - 2 * ui.theme().card_border_mm;
}

bool row(Ui& ui, const Row& row) {
  assert(!row.id.empty() && !row.label.empty());
  const Token ground = row.selected ? Token::amber_soft : row.ground;
  const auto touch = ui.interact({.id = row.id,
                                  .label = row.label,
                                  .rect = row.at,
                                  .role = Role::item,
                                  .selected = row.selected,
                                  .fore = Token::ink,
                                  .ground = ground,
                                  .border = ground});
  const Token shown = touch.held ? Token::sunk : ground;
  const auto& card = ui.impl().row_corners;
  const float radius = ui.metrics().card_radius - ui.theme().card_border_mm;
  const bool first = card && row.at.y < card->y + radius;
  const bool last = card && row.at.bottom() > card->bottom() - radius;
  if (first && !last) {
    ui.fill_top(intersection(row.at, card->inset(ui.theme().card_border_mm)), shown, radius);
  } else if (last) {
    // Its own ground is the card's, whose border stays.
    if (shown != Token::surface)
      ui.fill(intersection(row.at, card->inset(ui.theme().card_border_mm)), shown, radius);
  } else {
    ui.fill(row.at, shown);
  }
  if (row.selected && is_high_contrast(ui.look().palette)) {
    ui.fill({row.at.x, row.at.y, 1.5f, row.at.h}, Token::ink);
  }
  return touch.activated;
}

}  // namespace keepsake::ui
