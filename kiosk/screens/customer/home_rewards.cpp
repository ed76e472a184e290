// Rewards: what can be had now, what comes next, and the codes that were handed over.
#include <algorithm>

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/customer/state.hpp"
#include "kiosk/screens/customer/home_parts.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/reasons.hpp"

namespace keepsake::screens {
namespace {

using loyalty::Reach;
using ui::Rect;

std::string tier_names(const Scene& s, const std::vector<std::string>& ids) {
  std::string all;
  for (const std::string& each : ids)
    all.append(all.empty() ? "" : ", ").append(tier_name(s, each));
  return all;
}

float chip_height(const Scene& s) {
  return 3.9f * ui::cap_height(s.ui, {.size = ui::TextSize::caption});
}

/// The sign of how near it is: shape, word and colour together.
ui::Chip chip_of(const Scene& s, const loyalty::RewardInReach& reward, std::string& words) {
  ui::Chip chip{.text = {}, .align = ui::Align::right};
  switch (reward.reach) {
    case Reach::now:
      words = s.tr("Available now");
      chip.tone = ui::Tone::good;
      chip.icon = ui::Icon::check;
      break;
    case Reach::points_missing:
      words = s.tr("{points} more", {{"points", points_words_of(s, reward.missing)}});
      chip.tone = ui::Tone::soon;
      chip.icon = ui::Icon::arrow_up;
      break;
    case Reach::another_tier:
      words = s.tr("For {tier}", {{"tier", tier_names(s, reward.tiers)}});
      chip.icon = ui::Icon::star;
      break;
    case Reach::used_up:
      words = s.tr("Used");
      chip.icon = ui::Icon::check;
      break;
    case Reach::gone:
      words = s.tr("None left");
      chip.icon = ui::Icon::close;
      break;
  }
  chip.text = words;
  return chip;
}

std::string detail_of(const Scene& s, const loyalty::RewardInReach& reward) {
  std::string words = reward.cost.hundredths > 0 ? points_words_of(s, reward.cost) : s.tr("Free");
  if (reward.left && *reward.left > 0)
    words += " \u00b7 " + s.trn("{n} left", "{n} left", *reward.left);
  if (reward.until)
    words +=
        " \u00b7 " + s.tr("until {date}", {{"date", s.locale().date_day_month(*reward.until)}});
  return words;
}

struct RowWords {
  std::string name;
  std::string detail;
  std::string sign;
  ui::Chip chip;
};

NameAndDetail text_of(const RowWords& row) {
  return {row.name,
          row.detail,
          {.weight = ui::Weight::semibold},
          {.size = ui::TextSize::caption, .colour = ui::Token::muted}};
}

/// Rewards first, then the codes.
std::vector<RowWords> rows_of(Scene& s, float width, const MemberStanding& standing) {
  std::vector<RowWords> rows(standing.overview.rewards.size() + standing.vouchers.size());
  std::size_t at = 0;
  for (const auto& reward : standing.overview.rewards) {
    RowWords& row = rows[at++];
    row.name = reward_name(s, reward.id);
    row.detail = detail_of(s, reward);
    row.chip = chip_of(s, reward, row.sign);
    if (ui::chip_width(s.ui, row.chip) > width - 2 * s.metrics().pad) {
      row.sign = s.tr("Not for your level");
      row.chip.text = row.sign;
    }
  }
  for (const HeldVoucher& each : standing.vouchers) {
    RowWords& row = rows[at++];
    row.name = each.code;
    row.detail = reward_name(s, each.reward);
    row.sign = s.tr("Yours");
    row.chip = {.text = row.sign,
                .tone = ui::Tone::service,
                .icon = ui::Icon::ticket,
                .align = ui::Align::right};
  }
  return rows;
}

/// The sign stands beside the words, or under them where it would leave them no room.
struct RowShape {
  float words_w = 0;
  float words_h = 0;
  float chip_w = 0;
  bool below = false;
  float height = 0;
};

RowShape shape_of(Scene& s, float width, const RowWords& row) {
  RowShape out;
  const float inside = width - 2 * s.metrics().pad;
  const float chip_high = chip_height(s);
  ui::TextStyle small = text_of(row).detail_style;
  small.cap_mm = least_cap(s);
  out.chip_w = ui::chip_width(s.ui, row.chip);
  out.below = out.chip_w > inside * 0.42f ||
              ui::text_width(s.ui, row.detail, small) > inside - out.chip_w - 3.5f;
  out.words_w = out.below ? inside : inside - out.chip_w - 3;
  out.words_h = name_and_detail_height(s, out.words_w, text_of(row));
  out.height = out.words_h + (out.below ? chip_high + 1 : 0) + (s.portrait() ? 9.0f : 4.5f);
  return out;
}

void draw_row(Scene& s, const Rect& at, const RowWords& row, const RowShape& shape) {
  Rect room = at.inset(s.metrics().pad, s.portrait() ? 4.0f : 2.0f);
  ui::Chip chip = row.chip;
  if (shape.below) {
    const Rect words = room.take_top(shape.words_h, 1);
    chip.align = ui::Align::left;
    ui::chip(s.ui, room, chip);
    return name_and_detail(s, words, text_of(row));
  }
  ui::chip(s.ui, room.take_right(shape.chip_w, 3), chip);
  name_and_detail(s, room, text_of(row));
}

/// A reward as a card: how near, its name, what is left afterwards.
void reach_card(Scene& s, const Rect& at, const loyalty::RewardInReach& reward, Points balance) {
  Rect room = ui::begin_card(s.ui, at);
  std::string words;
  ui::Chip chip = chip_of(s, reward, words);
  chip.align = ui::Align::left;
  const std::string cost = points_words_of(s, reward.cost);
  if (reward.reach == Reach::now) chip.text = cost;
  if (ui::chip_width(s.ui, chip) > room.w) {  // points by the million: the figure alone
    words = s.locale().points(reward.reach == Reach::now ? reward.cost : reward.missing);
    chip.text = words;
  }
  ui::chip(s.ui, room.take_top(chip_height(s), 2), chip);
  std::string below = cost;
  const Points kept{balance.hundredths - reward.cost.hundredths};
  if (reward.reach == Reach::now)
    below = s.tr("You will have {points} left", {{"points", points_words_of(s, kept)}});
  const ui::TextStyle soft{.size = ui::TextSize::caption, .colour = ui::Token::muted};
  const float caption = line(s, ui::TextSize::caption);
  ui::TextStyle small = soft;
  small.cap_mm = least_cap(s);
  if (ui::text_width(s.ui, below, small) > room.w) below = s.locale().points(kept);
  if (room.h > line(s, ui::TextSize::heading) + 1.1f * caption)
    ui::text_fit(s.ui, room.take_bottom(caption), below, soft, least_cap(s));
  ui::paragraph_fit(s.ui, room, reward_name(s, reward.id),
                    {.size = ui::TextSize::heading, .valign = ui::VAlign::top}, least_cap(s));
  ui::end_card(s.ui);
}

}  // namespace

void within_reach(Scene& s, Rect room, const MemberStanding& standing) {
  const auto& rewards = standing.overview.rewards;
  // The best that can be had, and the nearest that cannot.
  std::vector<const loyalty::RewardInReach*> two;
  const loyalty::RewardInReach* best = nullptr;
  const loyalty::RewardInReach* next = nullptr;
  for (const auto& each : rewards) {
    if (each.reach == Reach::now) best = &each;
    if (each.reach == Reach::points_missing && next == nullptr) next = &each;
  }
  for (const auto* each : {best, next})
    if (each != nullptr) two.push_back(each);
  if (two.empty()) return;
  const ui::TextStyle title{.size = ui::TextSize::heading};
  const float above = ui::line_height(s.ui, title);
  if (room.h < above + 40) return;
  ui::text_fit(s.ui, room.take_top(above, 2),
               best != nullptr ? s.tr("Available now") : s.tr("Your next reward"), title,
               least_cap(s));
  room.h = std::min(room.h, 74.0f);
  for (std::size_t i = 0; i < two.size(); ++i)
    reach_card(s, room.column(static_cast<int>(i), static_cast<int>(two.size()), s.metrics().gap),
               *two[i], standing.overview.spendable());
}

void rewards_tab(Scene& s, const Rect& at, const flow::CustomerHome& home) {
  const std::string none = s.tr("No rewards at the moment.");
  std::vector<RowWords> rows;
  const float wide = ui::row_width(s.ui, at.w);
  if (home.standing) rows = rows_of(s, wide, *home.standing);
  if (rows.empty()) {
    const Rect inside = ui::begin_card(s.ui, at);
    empty_state(s, inside, ui::Icon::gift, none, s.tr("You can pay with points at the till."));
    ui::end_card(s.ui);
    return;
  }
  std::vector<RowShape> shapes;
  std::vector<float> heights;
  shapes.reserve(rows.size());
  heights.reserve(rows.size());
  for (const RowWords& row : rows) {
    shapes.push_back(shape_of(s, wide - 2 * s.ui.theme().card_border_mm, row));
    heights.push_back(shapes.back().height);
  }
  card_list(s,
            {.id = "rewards.list",
             .at = at,
             .count = rows.size(),
             .row_heights = &heights,
             .empty = none},
            [&](std::size_t i, const Rect& row) { draw_row(s, row, rows[i], shapes[i]); });
}

}  // namespace keepsake::screens
