// Points history: what changed the balance, in plain words, and when the rest expires.
#include <algorithm>
#include <array>

#include "kiosk/flow/customer/state.hpp"
#include "kiosk/screens/customer/home_parts.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/reasons.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

std::string signed_points(const Scene& s, Points points) {
  const std::string words = s.locale().points(points);
  return points.hundredths > 0 ? "+" + words : words;
}

std::string title_of(const Scene& s, const PointsEntry& entry) {
  switch (entry.kind) {
    case TimelineKind::purchase:
      return entry.text.empty() ? s.tr("Purchase") : entry.text;
    case TimelineKind::returned:
      return s.tr("Items returned");
    case TimelineKind::expired:
      return s.tr("Points expired");
    case TimelineKind::given_up:
      return s.tr("Points given up");
    case TimelineKind::debt_added:
      return s.tr("Owed for what was used twice");
    case TimelineKind::merged:
      return s.tr("Memberships merged");
    case TimelineKind::unmerged:
      return s.tr("Merge undone");
    default:
      break;
  }
  if (!entry.rewards.empty()) return reward_name(s, entry.rewards.front().reward);
  if (!entry.rules.empty()) return rule_name(s, entry.rules.front().rule);
  return s.tr("Bonus points");
}

void add(std::string& all, const std::string& part) {
  if (!all.empty()) all += "; ";
  all += part;
}

/// "Welcome +50, Every tenth visit +50"; a plain rate has no name and needs none.
void add_rules(const Scene& s, const PointsEntry& entry, std::string& all) {
  if (entry.earned.hundredths == 0) return;
  if (entry.kind == TimelineKind::returned)
    return add(all, s.tr("{points} deducted",
                         {{"points", points_words_of(s, {-entry.earned.hundredths})}}));
  std::string rules;
  if (entry.rules.size() > 1)
    for (const RulePoints& each : entry.rules)
      rules.append(rules.empty() ? "" : ", ")
          .append(rule_name(s, each.rule))
          .append(" ")
          .append(signed_points(s, each.points));
  add(all, rules.empty() ? s.tr("{points} earned", {{"points", points_words_of(s, entry.earned)}})
                         : s.tr("{points} earned: {rules}",
                                {{"points", points_words_of(s, entry.earned)}, {"rules", rules}}));
}

void add_spending(const Scene& s, const PointsEntry& entry, std::string& all) {
  if (entry.spent.hundredths < 0)
    return add(all, s.tr("{points} returned",
                         {{"points", points_words_of(s, {-entry.spent.hundredths})}}));
  std::int64_t left = entry.spent.hundredths;
  for (const RewardUse& each : entry.rewards) {
    if (each.cost.hundredths == 0) continue;
    left -= each.cost.hundredths;
    add(all, s.tr("{points} used: {reward}", {{"points", points_words_of(s, each.cost)},
                                              {"reward", reward_name(s, each.reward)}}));
  }
  if (left > 0) add(all, s.tr("{points} used to pay", {{"points", points_words_of(s, {left})}}));
}

void add_debt(const Scene& s, const PointsEntry& entry, std::string& all) {
  if (entry.owed.hundredths > 0)
    add(all,
        s.tr("{points} already spent, now owed", {{"points", points_words_of(s, entry.owed)}}));
  if (entry.owed.hundredths < 0)
    add(all, s.tr("{points} used for points owed",
                  {{"points", points_words_of(s, {-entry.owed.hundredths})}}));
}

std::string reason_of(const Scene& s, const PointsEntry& entry) {
  std::string all;
  add_rules(s, entry, all);
  add_spending(s, entry, all);
  add_debt(s, entry, all);
  if (entry.kind == TimelineKind::expired) add(all, s.tr("Not used in time."));
  if (entry.kind == TimelineKind::given_up) add(all, s.tr("Given up when membership ended."));
  return all;
}

struct StoryRow {
  std::string title;
  std::string day;
  std::string reason;
  std::string change;
  std::string after;  ///< the balance it left
  ui::Token colour = ui::Token::ink;
};

std::vector<StoryRow> rows_of(const Scene& s, const flow::PointsWhy& why) {
  std::vector<StoryRow> rows;
  std::int64_t balance = why.standing.overview.balance.hundredths;
  for (const PointsEntry& entry : why.entries) {
    StoryRow row;
    row.title = title_of(s, entry);
    row.day = s.locale().date_long(entry.at.date());
    if (entry.amount) row.day += " \u00b7 " + s.locale().money(*entry.amount);
    row.reason = reason_of(s, entry);
    row.change = signed_points(s, entry.change);
    row.after = "= " + s.locale().points({balance});
    row.colour = entry.change.hundredths > 0   ? ui::Token::pine
                 : entry.change.hundredths < 0 ? ui::Token::rose
                                               : ui::Token::ink;
    balance -= entry.change.hundredths;
    rows.push_back(std::move(row));
  }
  return rows;
}

const ui::TextStyle change_style{.size = ui::TextSize::heading, .align = ui::Align::right};
const ui::TextStyle reason_style{
    .size = ui::TextSize::caption, .colour = ui::Token::ink, .valign = ui::VAlign::top};
const ui::TextStyle after_style{
    .size = ui::TextSize::caption, .colour = ui::Token::muted, .align = ui::Align::right};

NameAndDetail head_of(const StoryRow& row) {
  return {row.title,
          row.day,
          {.weight = ui::Weight::semibold},
          {.size = ui::TextSize::caption, .colour = ui::Token::muted}};
}

float figure_width(Scene& s, const StoryRow& row) {
  return std::max(ui::text_width(s.ui, row.change, change_style),
                  ui::text_width(s.ui, row.after, after_style)) +
         0.5f;
}

float row_height(Scene& s, float width, const StoryRow& row) {
  const float inside = width - 2 * s.metrics().pad;
  const float words = inside - figure_width(s, row) - 4;
  float high = name_and_detail_height(s, words, head_of(row));
  high = std::max(high, line(s, ui::TextSize::heading) + line(s, ui::TextSize::caption));
  if (!row.reason.empty()) high += ui::paragraph_height(s.ui, inside, row.reason, reason_style) + 1;
  return high + (s.portrait() ? 9.0f : 4.5f);
}

void story_row(Scene& s, const Rect& at, const StoryRow& row) {
  Rect room = at.inset(s.metrics().pad, s.portrait() ? 4.0f : 2.0f);
  if (!row.reason.empty()) {
    const float high = ui::paragraph_height(s.ui, room.w, row.reason, reason_style) + 0.1f;
    ui::paragraph_fit(s.ui, room.take_bottom(high, 1), row.reason, reason_style, least_cap(s));
  }
  Rect figures = room.take_right(figure_width(s, row), 4);
  ui::TextStyle change = change_style;
  change.colour = row.colour;
  const float above = line(s, ui::TextSize::heading);
  Rect both = figures.centred(figures.w, above + line(s, ui::TextSize::caption));
  ui::text(s.ui, both.take_top(above), row.change, change);
  ui::text(s.ui, both, row.after, after_style);
  name_and_detail(s, room, head_of(row));
}

void story(Scene& s, Rect at, const flow::PointsWhy& why) {
  const auto rows = rows_of(s, why);
  if (rows.empty()) {
    const Rect inside = ui::begin_card(s.ui, at);
    const bool loading = !s.visit.asked.empty();
    empty_state(s, inside, ui::Icon::clock,
                loading ? s.tr("Loading details.") : s.tr("No points activity yet."),
                loading ? std::string() : s.tr("Show your card when you pay."));
    ui::end_card(s.ui);
    return;
  }
  if (why.more) {
    const float high = s.metrics().target_small;
    s.press({.id = "older",
             .at = at.take_bottom(high, s.metrics().gap),
             .label = s.tr("Show earlier"),
             .icon = ui::Icon::clock,
             .size = ui::TextSize::body},
            flow::ShowOlder{});
  }
  std::vector<float> heights;
  heights.reserve(rows.size());
  const float wide = ui::row_width(s.ui, at.w);
  for (const StoryRow& row : rows) heights.push_back(row_height(s, wide, row));
  card_list(s,
            {.id = "story", .at = at, .count = rows.size(), .row_heights = &heights, .empty = {}},
            [&](std::size_t i, const Rect& row) { story_row(s, row, rows[i]); });
}

/// The next to expire first, in words.
void expiry(Scene& s, const Rect& at, const flow::PointsWhy& why) {
  const auto& lots = why.standing.overview.lapsing;
  if (lots.empty()) {
    const Rect inside = ui::begin_card(s.ui, at);
    empty_state(s, inside, ui::Icon::calendar, s.tr("You have no points at the moment."),
                debt_words(s, why.standing.overview));
    ui::end_card(s.ui);
    return;
  }
  std::vector<std::string> points, days;
  for (const loyalty::Lapsing& lot : lots) {
    points.push_back(points_words_of(s, lot.points));
    days.push_back(lot.last_day
                       ? s.tr("valid until {date}, {when}",
                              {{"date", s.locale().date_long(*lot.last_day)},
                               {"when", s.locale().relative_days(*lot.last_day, s.today())}})
                       : s.tr("These do not expire."));
  }
  const auto words = [&](std::size_t i) {
    return NameAndDetail{
        points[i],
        days[i],
        {.weight = ui::Weight::semibold},
        {.size = ui::TextSize::caption,
         .colour = i == 0 && lots[0].last_day ? ui::Token::amber_ink : ui::Token::muted}};
  };
  std::vector<float> heights;
  const float wide = ui::row_width(s.ui, at.w) - 2 * s.metrics().pad;
  for (std::size_t i = 0; i < lots.size(); ++i)
    heights.push_back(name_and_detail_height(s, wide, words(i)) + (s.portrait() ? 10.0f : 5.0f));
  card_list(s, {.id = "lots", .at = at, .count = lots.size(), .row_heights = &heights, .empty = {}},
            [&](std::size_t i, const Rect& row) {
              name_and_detail(s, row.inset(s.metrics().pad, 1), words(i));
            });
}

}  // namespace

void draw(Scene& s, const flow::PointsWhy& why) {
  // On a low display the tabs stand beside Finish, unless large text needs the width.
  const bool beside = !s.portrait() && !s.ui.low() && s.ui.look().text == ui::TextScale::normal;
  const std::string number = s.locale().points_words(why.standing.overview.balance);
  const std::string title =
      s.portrait() ? s.tr("How we got to {points}", {{"points", number}}) : std::string();
  const auto frame = customer_frame(
      s, {.title = title,
          .detail = s.portrait() ? s.tr("Points earned, used and expired.") : std::string(),
          .action_rows = beside ? 1 : 0});
  Rect body = frame.body;
  const std::string story_label = s.tr("Points history");
  const std::string expiry_label = s.tr("When they expire");
  const int chosen = ui::tabs(
      s.ui, beside ? frame.actions : body.take_top(s.metrics().target_small, s.metrics().gap),
      {{.id = "tab.story", .label = story_label}, {.id = "tab.expiry", .label = expiry_label}},
      why.tab == flow::WhyTab::story ? 0 : 1);
  if (chosen >= 0) s.send(flow::ShowWhy{chosen == 0 ? flow::WhyTab::story : flow::WhyTab::expiry});
  why.tab == flow::WhyTab::story ? story(s, body, why) : expiry(s, body, why);
}

}  // namespace keepsake::screens
