#include "kiosk/screens/shared/cover.hpp"

#include <algorithm>
#include <array>

#include "kiosk/flow/customer/touches.hpp"
#include "kiosk/screens/shared/parts.hpp"

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

std::string period_words(const Scene& s, const Period& period) {
  if (period.none()) return {};
  switch (period.unit) {
    case PeriodUnit::day:
      return s.trn("{n} day", "{n} days", period.count);
    case PeriodUnit::week:
      return s.trn("{n} week", "{n} weeks", period.count);
    case PeriodUnit::month:
      return s.trn("{n} month", "{n} months", period.count);
    case PeriodUnit::year:
      return s.trn("{n} year", "{n} years", period.count);
  }
  return {};
}

std::string warranty_words(const Scene& s, const Article& article) {
  if (article.sold_by != SoldBy::piece) return {};
  const Period& period = article.cover.period;
  if (period.none())
    return takes_serial(article, flow::statutory_of(s.context)) ? s.tr("statutory cover")
                                                                : std::string();
  switch (period.unit) {
    case PeriodUnit::day:
      return s.trn("{n} day's warranty", "{n} days' warranty", period.count);
    case PeriodUnit::week:
      return s.trn("{n} week's warranty", "{n} weeks' warranty", period.count);
    case PeriodUnit::month:
      return s.trn("{n} month's warranty", "{n} months' warranty", period.count);
    case PeriodUnit::year:
      return s.trn("{n} year's warranty", "{n} years' warranty", period.count);
  }
  return {};
}

ui::Chip cover_chip(Scene& s, const Cover& cover, std::string& words) {
  const CoverState state = cover_state(cover, s.today());
  const int days = days_left(cover, s.today());
  switch (state) {
    case CoverState::ended:
      words = s.tr("expired");
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
  std::string until = s.tr("until {date}", {{"date", s.locale().date_short(cover.end)}});
  const ui::TextStyle strong{.size = ui::TextSize::caption, .weight = ui::Weight::semibold};
  ui::TextStyle least = strong;
  least.cap_mm = least_cap(s);
  // At the end of the line the date alone is enough.
  if (ui::text_width(s.ui, until, least) > words.w) until = s.locale().date_short(cover.end);
  const float wide = ui::text_width(s.ui, until, strong);
  ui::text_fit(s.ui,
               {std::max(words.x, words.right() - wide - 0.2f), words.y,
                std::min(words.w, wide + 0.2f), words.h},
               until, {.size = strong.size, .weight = strong.weight, .align = ui::Align::right},
               least_cap(s));
  if (ui::text_width(s.ui, from, soft) + wide + 4 <= words.w)
    ui::text(s.ui, {words.x, words.y, words.w - wide - 3, words.h}, from, soft);
  return room.h - rest.h;
}

namespace {

struct Item {
  std::string detail;
  std::string state;
  ui::Chip chip;
  NameAndDetail words;
};

Item item_of(Scene& s, const WarrantySummary& warranty, flow::Privacy privacy) {
  Item item;
  const std::string serial = privacy == flow::Privacy::shown ? warranty.serial_typed
                                                             : masked_serial(warranty.serial_typed);
  item.detail = warranty.disputed               ? s.tr("being checked by head office")
                : warranty.serial_typed.empty() ? s.tr("by its receipt")
                                                : s.tr("S/N {serial}", {{"serial", serial}});
  item.chip = cover_chip(s, warranty.cover, item.state);
  item.words = {warranty.article_name,
                {},
                {.size = ui::TextSize::heading},
                {.size = ui::TextSize::caption,
                 .colour = warranty.disputed ? ui::Token::rose : ui::Token::muted}};
  return item;
}

float chip_room(Scene& s, const Item& item, float width) {
  ui::Chip chip = item.chip;
  chip.text = item.state;
  return std::min(ui::chip_width(s.ui, chip), width * 0.4f);
}

/// Of a slim row, for the chip and the timeline.
float foot_share(const Scene& s) { return s.ui.low() ? 0.5f : 0.42f; }

float badge_side(const Scene& s) { return s.portrait() ? 26.0f : 16.0f; }

/// With the gap beside it; a low display has the width for the name.
float badge_mm(const Scene& s) {
  if (!slim(s)) return badge_side(s) + 6;
  return s.ui.low() ? 0 : badge_side(s) + s.metrics().pad * 0.7f;
}

float words_width(Scene& s, const Item& item, float width) {
  const float pad = s.metrics().pad;
  if (slim(s)) return (width - 2 * pad) * (1 - foot_share(s)) - pad - badge_mm(s);
  return width - 2 * pad - badge_mm(s) - chip_room(s, item, width) - 4;
}

}  // namespace

float cover_row_height(Scene& s, float width_mm, const WarrantySummary& warranty) {
  Item item = item_of(s, warranty, flow::Privacy::shown);
  item.words.detail = item.detail;
  const float words = name_and_detail_height(s, words_width(s, item, width_mm), item.words);
  const float chip = 3.1f * ui::cap_height(s.ui, {.size = ui::TextSize::caption});
  if (slim(s)) return std::max(words, cover_line_height(s) + chip + 1) + 5;
  return std::max({words, badge_side(s), chip}) + 4 + cover_line_height(s) + 2 * s.metrics().pad;
}

void cover_row(Scene& s, const Rect& room, const WarrantySummary& warranty, flow::Privacy privacy) {
  Item item = item_of(s, warranty, privacy);
  item.words.detail = item.detail;
  item.chip.text = item.state;
  const ui::Tone tone = item.chip.tone;
  const float pad = s.metrics().pad;
  Rect rest = room.inset(pad, slim(s) ? 2.5f : pad);
  Rect foot = slim(s) ? rest.take_right(rest.w * foot_share(s), pad)
                      : rest.take_bottom(cover_line_height(s), 4);
  const float side = std::min(rest.h - 1, badge_side(s));
  const float gap = badge_mm(s) - badge_side(s);
  if (gap > 0)
    ui::badge(s.ui, rest.take_left(badge_side(s), gap).centred(side, side),
              icon_of_category(warranty.category), tone);
  if (slim(s)) {
    ui::chip(s.ui, foot.take_top(foot.h - cover_line_height(s) - 1, 1), item.chip);
  } else {
    ui::chip(s.ui, rest.take_right(chip_room(s, item, room.w), 4), item.chip);
  }
  name_and_detail(s, rest, item.words);
  cover_line(s, foot, warranty.cover);
}

}  // namespace keepsake::screens
