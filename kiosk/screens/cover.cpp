#include "kiosk/screens/cover.hpp"

#include <algorithm>
#include <array>

#include "kiosk/screens/parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

/// A slim row in landscape: words left, timeline right.
bool slim(const Scene& s) { return !s.portrait(); }

ui::Tone tone_of(CoverState state) {
  switch (state) {
    case CoverState::ends_soon:
      return ui::Tone::soon;
    case CoverState::ended:
      return ui::Tone::plain;
    case CoverState::not_begun:
    case CoverState::running:
      break;
  }
  return ui::Tone::good;
}

}  // namespace

std::string masked_serial(std::string_view serial) {
  const auto tail = serial.size() > 4 ? serial.substr(serial.size() - 4) : serial;
  return "\u00B7\u00B7\u00B7\u00B7" + std::string(tail);
}

ui::Icon icon_of_category(std::string_view category) {
  struct Known {
    std::string_view word;
    ui::Icon icon;
  };
  // Catalogues name categories freely; these are the words that tell the kind of thing.
  static constexpr std::array<Known, 14> known = {{{"kitchen", ui::Icon::cup},
                                                   {"coffee", ui::Icon::cup},
                                                   {"laundry", ui::Icon::shower},
                                                   {"wash", ui::Icon::shower},
                                                   {"comput", ui::Icon::laptop},
                                                   {"laptop", ui::Icon::laptop},
                                                   {"audio", ui::Icon::headphones},
                                                   {"sound", ui::Icon::headphones},
                                                   {"phone", ui::Icon::mobile},
                                                   {"light", ui::Icon::lamp},
                                                   {"tv", ui::Icon::screen},
                                                   {"photo", ui::Icon::camera},
                                                   {"game", ui::Icon::gamepad},
                                                   {"power", ui::Icon::plug}}};
  std::string lower(category);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  for (const Known& entry : known)
    if (lower.find(entry.word) != std::string::npos) return entry.icon;
  return ui::Icon::cube;
}

ui::Chip cover_chip(Scene& s, const Cover& cover, std::string& words) {
  const CoverState state = cover_state(cover, s.today());
  const int days = days_left(cover, s.today());
  switch (state) {
    case CoverState::ended:
      words = s.tr("ended");
      break;
    case CoverState::not_begun:
      words = s.tr("from {date}", {{"date", s.locale().date_short(cover.start)}});
      break;
    case CoverState::ends_soon:
    case CoverState::running:
      words = s.trn("{n} day left", "{n} days left", days);
      break;
  }
  return {.text = words,
          .tone = tone_of(state),
          .icon = state == CoverState::ended       ? ui::Icon::close
                  : state == CoverState::ends_soon ? ui::Icon::clock
                                                   : ui::Icon::shield,
          .align = ui::Align::right};
}

float cover_line_height(const Scene& s) {
  return (s.portrait() ? 9.0f : 5.0f) + 1 + line(s, ui::TextSize::caption);
}

float cover_line(Scene& s, const Rect& room, const Cover& cover) {
  Rect rest = room;
  const auto days = [](Date d) { return static_cast<double>(to_days(d)); };
  const double span = std::max(1.0, days(cover.end) - days(cover.start) + 1);
  ui::timeline(s.ui, {.at = rest.take_top(s.portrait() ? 9.0f : 5.0f, 1),
                      .today = (days(s.today()) - days(cover.start)) / span,
                      .over = cover_state(cover, s.today()) == CoverState::ended});
  const Rect words = rest.take_top(line(s, ui::TextSize::caption));
  const ui::TextStyle soft{.size = ui::TextSize::caption, .colour = ui::Token::muted};
  const std::string from = s.locale().date_short(cover.start);
  const std::string until = s.tr("to {date}", {{"date", s.locale().date_short(cover.end)}});
  const ui::TextStyle strong{.size = ui::TextSize::caption, .weight = ui::Weight::semibold};
  const float wide = ui::text_width(s.ui, until, strong);
  ui::text(s.ui, {words.right() - wide - 0.2f, words.y, wide + 0.2f, words.h}, until,
           {.size = strong.size, .weight = strong.weight, .align = ui::Align::right});
  if (ui::text_width(s.ui, from, soft) + wide + 4 <= words.w)
    ui::text(s.ui, {words.x, words.y, words.w - wide - 3, words.h}, from, soft);
  return room.h - rest.h;
}

float cover_row_height(const Scene& s) {
  const float words = line(s, ui::TextSize::heading) + line(s, ui::TextSize::caption);
  if (slim(s)) return std::max(words, cover_line_height(s) + line(s, ui::TextSize::caption)) + 5;
  return std::max(words, 24.0f) + 4 + cover_line_height(s) + 2 * s.metrics().pad;
}

namespace {

/// Name and serial, each on one line; a name too long for it becomes smaller, then two lines.
void item_words(Scene& s, Rect room, const WarrantySummary& warranty, flow::Privacy privacy) {
  const ui::TextStyle strong{.size = ui::TextSize::heading};
  const float both = line(s, ui::TextSize::heading) + line(s, ui::TextSize::caption);
  Rect words = room.centred(room.w, std::min(both, room.h));
  words.x = room.x;
  ui::text_fit(s.ui, words.take_top(line(s, ui::TextSize::heading)), warranty.article_name, strong,
               ui::cap_height(s.ui, {.size = ui::TextSize::caption}) * 0.7f);
  const std::string serial = privacy == flow::Privacy::shown ? warranty.serial_typed
                                                             : masked_serial(warranty.serial_typed);
  const std::string detail = warranty.disputed ? s.tr("being checked by head office")
                                               : s.tr("S/N {serial}", {{"serial", serial}});
  ui::text_fit(s.ui, words, detail,
               {.size = ui::TextSize::caption,
                .colour = warranty.disputed ? ui::Token::rose : ui::Token::muted},
               ui::cap_height(s.ui, {.size = ui::TextSize::caption}) * 0.7f);
}

}  // namespace

void cover_row(Scene& s, const Rect& room, const WarrantySummary& warranty, flow::Privacy privacy) {
  std::string words;
  const ui::Chip chip = cover_chip(s, warranty.cover, words);
  const ui::Tone tone = chip.tone;
  const float pad = s.metrics().pad;
  if (slim(s)) {
    Rect rest = room.inset(pad, 2.5f);
    Rect right = rest.take_right(rest.w * 0.42f, pad);
    const float side = std::min(rest.h - 2, 16.0f);
    ui::badge(s.ui, rest.take_left(side, pad * 0.7f).centred(side, side),
              icon_of_category(warranty.category), tone);
    item_words(s, rest, warranty, privacy);
    Rect top = right.take_top(right.h - cover_line_height(s));
    ui::chip(s.ui, top, chip);
    cover_line(s, right, warranty.cover);
    return;
  }
  Rect rest = room.inset(pad, pad);
  Rect foot = rest.take_bottom(cover_line_height(s), 4);
  const float side = std::min(rest.h, 26.0f);
  ui::badge(s.ui, rest.take_left(side, 6).centred(side, side), icon_of_category(warranty.category),
            tone);
  const Rect sign = rest.take_right(std::min(ui::chip_width(s.ui, chip), rest.w * 0.5f), 4);
  ui::chip(s.ui, sign, chip);
  item_words(s, rest, warranty, privacy);
  cover_line(s, foot, warranty.cover);
}

}  // namespace keepsake::screens
